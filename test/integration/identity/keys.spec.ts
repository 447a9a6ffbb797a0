import { generateKeyPairSync, randomBytes } from 'node:crypto';
import type { INestMicroservice } from '@nestjs/common';
import { identityKeysRpc } from '@peyk/contracts/identity';
import { createMessaging } from '@peyk/messaging';
import { testServiceKeys } from '@peyk/testing';
import { decode, sign } from 'jsonwebtoken';
import { SigningKeysService } from '../../../apps/identity/src/keys/signing-keys.service';
import { IdentitySpec, migrated, specConfig, startReplica } from './replica';
import { dropScratch } from '../database/scratch';

describe('signing keys', () => {
  let identity: IdentitySpec;
  beforeAll(async () => {
    identity = await IdentitySpec.start();
  });
  afterAll(() => identity.stop());

  it('IDN-219 another program verifies an access token by the published keys', async () => {
    const { id, username, password, name } = await identity.account({ roles: ['sms_customer', 'admin'] });
    const { accessToken } = await identity.signIn(username, password);
    expect(await identity.caller.authenticator.authenticate(accessToken)).toEqual({
      kind: 'user',
      accountId: id,
      sessionId: (decode(accessToken) as { sid: string }).sid,
      name,
      roles: ['sms_customer', 'admin'],
      scopes: {},
      stamp: 1,
    });
  });

  it('publishes public keys only', async () => {
    const { keys } = await identity.call(identityKeysRpc.list, {});
    expect(keys).toHaveLength(1);
    expect(Object.keys(keys[0] ?? {}).sort()).toEqual(['kid', 'publicKey']);
    expect(keys[0]?.publicKey).toMatch(/^-----BEGIN PUBLIC KEY-----/);
    const [row] = await identity.sql<{ private_key: Buffer }>('SELECT private_key FROM signing_keys');
    // PKCS 8 names the curve; sealed bytes show nothing of it.
    expect(row?.private_key.includes(Buffer.from('2a8648ce3d030107', 'hex'))).toBe(false);
  });

  it('refuses tokens of a strange key, without signature, and signed with the public key as a secret', async () => {
    const { username, password } = await identity.account();
    const { accessToken } = await identity.signIn(username, password);
    const { keys } = await identity.call(identityKeysRpc.list, {});
    const key = keys[0] ?? { kid: '', publicKey: '' };
    const claims = { ...(decode(accessToken) as object), roles: ['admin'] };
    const strange = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
    const encode = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');
    const [head = '', , signature = ''] = accessToken.split('.');
    const forged = [
      sign(claims, strange, { algorithm: 'ES256', keyid: key.kid }),
      sign(claims, strange, { algorithm: 'ES256', keyid: 'another' }),
      sign(claims, key.publicKey.slice(0, 60), { algorithm: 'HS256', keyid: key.kid }),
      `${encode({ alg: 'none', kid: key.kid })}.${encode(claims)}.`,
      `${encode({ alg: 'ES256', kid: key.kid })}.${encode(claims)}.${signature}`,
      `${head}.${encode(claims)}.${signature}`,
    ];
    for (const token of forged)
      await expect(identity.caller.authenticator.authenticate(token)).rejects.toMatchObject({
        code: 'access.tokenInvalid',
      });
  });

  it('keeps verifying with a key that was just retired, and drops it later', async () => {
    const kids = async (): Promise<string[]> =>
      (await identity.call(identityKeysRpc.list, {})).keys.map(({ kid }) => kid);
    const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const insert = (kid: string, from: string, retired: string | null): Promise<object[]> =>
      identity.sql(
        `INSERT INTO signing_keys (kid, public_key, private_key, active_from, retired_at)
         VALUES ($1, $2, '', now() + $3::interval, now() + $4::interval)`,
        [kid, publicKey.export({ type: 'spki', format: 'pem' }), from, retired],
      );
    const [current] = await kids();
    await insert('coming', '1 hour', null);
    await insert('retired', '-2 days', '-19 minutes');
    await insert('gone', '-2 days', '-21 minutes');
    expect(await kids()).toEqual(['coming', current, 'retired']);
  });
});

describe('rotation', () => {
  let identity: IdentitySpec;
  beforeAll(async () => {
    identity = await IdentitySpec.start();
  });
  afterAll(() => identity.stop());

  it('IDN-219 publishes the next key before it signs, and signs with one key all the time', async () => {
    const keys = identity.app.get(SigningKeysService);
    expect(await keys.rotate()).toBe(0);
    await identity.sql(`UPDATE signing_keys SET active_from = now() - interval '31 days'`);
    const made = await Promise.all([keys.rotate(), keys.rotate(), keys.rotate()]);
    expect(made.reduce((sum, n) => sum + n, 0)).toBe(1);
    const signing = async (at: string): Promise<number> =>
      (
        await identity.sql(
          `SELECT FROM signing_keys WHERE active_from <= now() + $1::interval
             AND (retired_at IS NULL OR retired_at > now() + $1::interval)`,
          [at],
        )
      ).length;
    expect((await identity.call(identityKeysRpc.list, {})).keys).toHaveLength(2);
    for (const at of ['0', '19 minutes', '21 minutes', '10 days']) expect(await signing(at)).toBe(1);
    expect(await keys.rotate()).toBe(0);
  });
});

describe('first start', () => {
  let url = '';
  const replicas: INestMicroservice[] = [];
  beforeAll(async () => {
    url = await migrated();
  });
  afterAll(async () => {
    await Promise.all(replicas.map((replica) => replica.close()));
    await dropScratch(url);
  });

  it('makes one key for replicas that start together, and refuses to start under other SEAL_KEYS', async () => {
    const config = specConfig(url);
    replicas.push(...(await Promise.all([1, 2, 3].map(() => startReplica(config)))));
    const caller = createMessaging({ service: 'spec', ...config, ...testServiceKeys('api-gateway') });
    caller.logger.level = 'fatal';
    await caller.broker.ready();
    const { keys } = await caller.rpc.call(identityKeysRpc.list, {}, 'nobody');
    await caller.broker.close();
    expect(keys).toHaveLength(1);
    const other = specConfig(url, undefined, { SEAL_KEYS: `1:${randomBytes(32).toString('base64')}` });
    await expect(startReplica(other)).rejects.toThrow(/SEAL_KEYS/);
  });
});
