import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { Pool } from 'pg';
import type { PoolClient } from 'pg';
import { say } from './bench-context';
import type { Bench } from './bench-context';
import type { Figures } from './benches';
import { quantile, round } from './measure';

const manyWallets = 10_000;
const startRials = 1_000_000_000;
const verify = resolve(__dirname, '../../dist/apps/billing/src/ledger-verify.js');

/**
 * The life of a hold with the statements of billing and in its role - place, capture, release with its event, each
 * committed - over so many connections, on one wallet and on 10,000; beside it the least that a balance can cost, a bare
 * UPDATE of one row, over the same connections in the same run.
 */
export async function ledger(
  bench: Bench,
  { seconds = 10, clients = 8 }: { seconds?: number; clients?: number },
): Promise<Figures> {
  const pool = new Pool({ connectionString: bench.system.databaseUrl('billing'), max: clients });
  try {
    const many = await wallets(pool, manyWallets);
    await pool.query(
      `CREATE TABLE bare_balances (id int PRIMARY KEY, rials bigint NOT NULL) WITH (fillfactor = 50)`,
    );
    await pool.query(
      `INSERT INTO bare_balances SELECT n, ${startRials} FROM generate_series(0, ${manyWallets - 1}) AS n`,
    );
    await pool.query('GRANT SELECT, UPDATE ON bare_balances TO peyk_billing_service');
    await pool.query('VACUUM ANALYZE');
    const wallet = (count: number) => many[Math.floor(Math.random() * count)] ?? '';
    const life = (count: number) => (client: PoolClient) => holdLife(client, wallet(count));
    const bare = (count: number) => async (client: PoolClient) => {
      const id = Math.floor(Math.random() * count);
      await client.query('UPDATE bare_balances SET rials = rials - 1 WHERE id = $1', [id]);
    };
    const run = (what: string, once: (client: PoolClient) => Promise<void>): Promise<Pace> =>
      pace(pool, what, clients, seconds, once);
    const hotWallet = await run('holds on one wallet', life(1));
    const hotBare = await run('bare updates of one row', bare(1));
    const wide = await run('holds on 10,000 wallets', life(manyWallets));
    const wideBare = await run('bare updates of 10,000 rows', bare(manyWallets));
    const settings = await pool.query<{ value: string }>(
      `SELECT current_setting('fsync') || '/' || current_setting('synchronous_commit') AS value`,
    );
    const env = await bench.system.environment('billing');
    const audit = await promisify(execFile)(process.execPath, [verify], { env });
    return {
      clients,
      seconds,
      hotWallet,
      hotBare,
      manyWallets: wide,
      manyBare: wideBare,
      // Three commits a life.
      hotCommitsToBare: round((3 * hotWallet.perSecond) / hotBare.perSecond, 2),
      manyCommitsToBare: round((3 * wide.perSecond) / wideBare.perSecond, 2),
      fsyncAndCommit: settings.rows[0]?.value ?? '',
      audit: JSON.parse(audit.stdout) as Figures,
    };
  } finally {
    await pool.end();
  }
}

/** Customers with credit. */
async function wallets(pool: Pool, count: number): Promise<string[]> {
  const customers = Array.from({ length: count }, () => randomUUID());
  await pool.query(
    `SELECT ledger_credit(gen_random_uuid(), 'credit', customer, $2, 'bench') FROM unnest($1::uuid[]) AS customer`,
    [customers, startRials],
  );
  return customers;
}

/** Place, capture a part, release the rest: three commits. */
async function holdLife(client: PoolClient, customerId: string): Promise<void> {
  const holdId = randomUUID();
  await client.query(`SELECT * FROM ledger_place_hold($1, $2, 100, 'send', now() + interval '1 hour')`, [
    holdId,
    customerId,
  ]);
  await client.query('BEGIN');
  await client.query('SELECT ledger_charge($1, $2, $3, 60, $4, 0)', [
    holdId,
    customerId,
    randomUUID(),
    randomUUID(),
  ]);
  await client.query('COMMIT');
  await client.query('BEGIN');
  await client.query(`SELECT ledger_end_hold($1, 'released')`, [holdId]);
  await client.query('SELECT * FROM holds WHERE id = $1', [holdId]);
  await client.query(
    `INSERT INTO outbox (id, aggregate, name, version, payload, headers)
       VALUES (gen_random_uuid(), 'hold:' || $1::text, 'billing.bench.ended', 1, '{}', '{}')`,
    [holdId],
  );
  await client.query('COMMIT');
}

interface Pace {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

async function pace(
  pool: Pool,
  what: string,
  clients: number,
  seconds: number,
  once: (client: PoolClient) => Promise<void>,
): Promise<Pace> {
  say(what);
  const took: number[] = [];
  const startedAt = performance.now();
  const until = startedAt + seconds * 1_000;
  const worker = async (): Promise<void> => {
    const client = await pool.connect();
    try {
      await client.query('SET ROLE peyk_billing_service');
      while (performance.now() < until) {
        const from = performance.now();
        await once(client);
        took.push(performance.now() - from);
      }
      await client.query('RESET ROLE');
    } finally {
      client.release();
    }
  };
  await Promise.all(Array.from({ length: clients }, worker));
  const elapsed = (performance.now() - startedAt) / 1_000;
  return {
    perSecond: round(took.length / elapsed),
    p50Ms: round(quantile(took, 0.5), 1),
    p99Ms: round(quantile(took, 0.99), 1),
  };
}
