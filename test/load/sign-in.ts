import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { Authenticator, userTokenAudience, userTokenIssuer } from '@peyk/messaging';
import { ServiceKeys } from '@peyk/platform';
import { testServiceKeys } from '@peyk/testing';
import type { Revocations } from '@peyk/messaging';
import { sign } from 'jsonwebtoken';
import { demo } from '../support/system';
import { say } from './bench-context';
import type { Bench } from './bench-context';
import type { Figures } from './benches';
import { cpuSeconds, quantile, round, sleep } from './measure';

const accounts = 500;
const password = demo.customer.password;

/**
 * Sign-ins over HTTP, argon2id with OWASP's parameters, by so many clients that each begin the next when the last is
 * answered, each time with another account, while somebody else reads GET /me fifty times a second. Then what it costs
 * to verify an access token, as every service does.
 */
export async function signIn(
  bench: Bench,
  { seconds = 20, clients = 8 }: { seconds?: number; clients?: number },
): Promise<Figures> {
  // They share the hash of a demo account: making 500 would take longer than the bench.
  await bench.system.sql(
    'identity',
    `WITH new AS (
       INSERT INTO accounts (id, name, roles, password_hash, password_set_at)
       SELECT gen_random_uuid(), 'سنجش ' || n, '{sms_customer}',
         (SELECT password_hash FROM accounts WHERE id = $1), now()
       FROM generate_series(1, ${accounts}) AS n RETURNING id
     )
     INSERT INTO usernames (username, account_id, kind)
     SELECT 'bench-' || row_number() OVER (), id, 'chosen' FROM new`,
    [demo.customer.id],
  );
  // Programs have just started: their first requests would count as slow ones.
  await readMe(bench, () => sleep(3_000));
  const alone = await readMe(bench, () => sleep(10_000));
  const before = cpuOf(bench);
  say(`${clients} clients sign in for ${seconds} s`);
  const took: number[] = [];
  let failed = 0;
  let next = 0;
  const startedAt = performance.now();
  const beside = await readMe(bench, async () => {
    const until = startedAt + seconds * 1_000;
    const client = async (): Promise<void> => {
      while (performance.now() < until) {
        const from = performance.now();
        next = (next % accounts) + 1;
        const answer = await fetch(`${bench.system.baseUrl}/sessions`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ username: `bench-${next}`, password }),
        });
        await answer.arrayBuffer();
        if (answer.status === 201) took.push(performance.now() - from);
        else failed += 1;
      }
    };
    await Promise.all(Array.from({ length: clients }, client));
  });
  const elapsed = (performance.now() - startedAt) / 1_000;
  return {
    clients,
    signInsPerSecond: round(took.length / elapsed, 1),
    p50Ms: round(quantile(took, 0.5)),
    p99Ms: round(quantile(took, 0.99)),
    failed,
    otherRequests: beside,
    otherRequestsAlone: alone,
    identityCpuMsPerSignIn: round(((cpuOf(bench) - before) * 1_000) / took.length, 1),
    wrongPassword: await guesses(bench),
    tokens: await tokens(),
  };
}

/** Median time of the refusal: a username that exists, and one that nobody has, in turn; each name once. */
async function guesses(bench: Bench): Promise<{ knownP50Ms: number; unknownP50Ms: number }> {
  const took = { known: [] as number[], unknown: [] as number[] };
  for (let turn = 1; turn <= 60; turn += 1) {
    // They all come from one address, which would have to wait after 20.
    if (turn % 8 === 1) await bench.system.sql('identity', 'DELETE FROM address_failures');
    for (const who of ['known', 'unknown'] as const) {
      const username = who === 'known' ? `bench-${turn}` : `nobody-${turn}`;
      const from = performance.now();
      const answer = await fetch(`${bench.system.baseUrl}/sessions`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ username, password: 'Spring-1405' }),
      });
      await answer.arrayBuffer();
      if (answer.status !== 401) throw new Error(`a wrong password was answered ${answer.status}`);
      took[who].push(performance.now() - from);
    }
  }
  return {
    knownP50Ms: round(quantile(took.known, 0.5), 1),
    unknownP50Ms: round(quantile(took.unknown, 0.5), 1),
  };
}

/** Reads the own account every 20 ms, without waiting for the answer before, while `meanwhile` runs. */
async function readMe(
  bench: Bench,
  meanwhile: () => Promise<unknown>,
): Promise<{ requests: number; p50Ms: number; p99Ms: number; worstMs: number }> {
  const took: number[] = [];
  const asked: Promise<void>[] = [];
  const timer = setInterval(() => {
    const from = performance.now();
    asked.push(
      bench.api.request('GET', '/me').then(() => {
        took.push(performance.now() - from);
      }),
    );
  }, 20);
  await meanwhile().finally(() => clearInterval(timer));
  await Promise.all(asked);
  return {
    requests: took.length,
    p50Ms: round(quantile(took, 0.5), 1),
    p99Ms: round(quantile(took, 0.99), 1),
    worstMs: round(Math.max(...took), 1),
  };
}

function cpuOf(bench: Bench): number {
  return cpuSeconds(bench.system.program('identity').child.pid ?? 0);
}

/** Microseconds to verify an access token that this service sees for the first time, and one that it knows. */
async function tokens(): Promise<{ coldMicros: number; knownMicros: number }> {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
  const nothingRefused = { check: () => Promise.resolve() } as unknown as Revocations;
  const make = (): string =>
    sign(
      { sid: randomUUID(), name: 'شرکت نمونه', roles: ['sms_customer'], scopes: {}, stamp: 1 },
      privateKey,
      {
        algorithm: 'ES256',
        keyid: 'k1',
        issuer: userTokenIssuer,
        audience: userTokenAudience,
        subject: randomUUID(),
        expiresIn: 600,
      },
    );
  const { serviceKey, servicePublicKeys } = testServiceKeys('spec');
  const authenticator = new Authenticator(
    new ServiceKeys(serviceKey, servicePublicKeys),
    async () => pem,
    nothingRefused,
  );
  const warm = Array.from({ length: 200 }, make);
  for (const token of warm) await authenticator.authenticate(token);
  const made = Array.from({ length: 2_000 }, make);
  const time = async (): Promise<number> => {
    const from = performance.now();
    for (const token of made) await authenticator.authenticate(token);
    return round(((performance.now() - from) * 1_000) / made.length, 1);
  };
  return { coldMicros: await time(), knownMicros: await time() };
}
