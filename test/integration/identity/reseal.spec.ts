import { createCipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { createDataSource, execute, query, reseal, uuidv7 } from '@peyk/database';
import type { ResealedColumn } from '@peyk/database';
import type { DataSource } from 'typeorm';
import { PersonalData } from '../../../apps/identity/src/accounts/personal-data';
import type { IdentityConfig } from '../../../apps/identity/src/config';
import { databaseOptions } from '../../../apps/identity/src/data-source';
import { sealedColumns } from '../../../apps/identity/src/sealed-columns';
import { SigningKeysService } from '../../../apps/identity/src/keys/signing-keys.service';
import { IdentitySpec, specConfig, startReplica } from './replica';

const keyText = (): string => randomBytes(32).toString('base64');
const [first, second] = [keyText(), keyText()];
const secret = randomBytes(24).toString('hex');
const secretText = Buffer.from(secret).toString('base64');
/** More than two pages. */
const people = 450;

/** As identity sealed before keys had versions. */
function sealedBefore(purpose: string, name: string, plain: Buffer): Buffer {
  const key = Buffer.from(hkdfSync('sha256', secret, '', `peyk ${purpose}`, 32));
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(name));
  const body = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), body]);
}

const rowsOf = (columns: readonly ResealedColumn[]): Record<string, ResealedColumn['rows']> =>
  Object.fromEntries(columns.map(({ table, column, rows }) => [`${table}.${column}`, rows]));

describe('the key of sealed data could not be changed', () => {
  let identity: IdentitySpec;
  let source: DataSource;
  const id = uuidv7();
  const configOf = (keys: string): IdentityConfig =>
    specConfig(identity.config.databaseUrl, identity.config.hashSecret, { SEAL_KEYS: keys });

  beforeAll(async () => {
    identity = await IdentitySpec.start({ SEAL_KEYS: `1:${first},0:${secretText}` });
    source = await createDataSource(
      databaseOptions({ databaseUrl: identity.config.databaseUrl, databasePoolMax: 2 }),
    ).initialize();
    await execute(
      source,
      `INSERT INTO accounts (id, name, roles, scopes, mobile_sealed) VALUES ($1, 'Sara', '{}', '{}', $2)`,
      [id, sealedBefore('identity personal-data', `${id} mobile`, Buffer.from('989121234567'))],
    );
    const personal = new PersonalData(identity.config);
    const ids = Array.from({ length: people }, () => uuidv7());
    await execute(
      source,
      `INSERT INTO accounts (id, name, roles, scopes, national_code_sealed)
       SELECT id, 'Ali', '{}', '{}', sealed FROM unnest($1::uuid[], $2::bytea[]) AS n (id, sealed)`,
      [ids, ids.map((of) => personal.seal(of, 'nationalCode', '0012345679'))],
    );
  });
  afterAll(async () => {
    await source.destroy();
    await identity.stop();
  });

  it('does not start without a key that something is sealed under, and names it', async () => {
    await expect(startReplica(configOf(`2:${second},0:${secretText}`))).rejects.toThrow(
      /SEAL_KEYS: key 1 is missing, and rows of signing_keys.private_key|sealed under key version 1, which/,
    );
    await expect(startReplica(configOf(`1:${first}`))).rejects.toThrow(
      'SEAL_KEYS: key 0 is missing, and rows of accounts.mobile_sealed are sealed under it',
    );
    await expect(startReplica(configOf(`1:${first},0:${keyText()}`))).rejects.toThrow(
      'SEAL_KEYS: key 0 is not the one that sealed accounts.mobile_sealed',
    );
  });

  it('seals anew page by page while identity runs, says what is left, and is safe to repeat', async () => {
    const all = configOf(`2:${second},1:${first},0:${secretText}`);
    const replica = await startReplica(all);
    try {
      const done = await reseal(source, sealedColumns(all));
      expect(rowsOf(done)).toEqual({
        'signing_keys.private_key': { 2: 1 },
        'accounts.national_code_sealed': { 2: people },
        'accounts.mobile_sealed': { 2: 1 },
        'one_time_codes.mobile_sealed': {},
        'contact_changes.before_sealed': {},
        'import_chunks.sealed': {},
      });
      expect(done.map(({ resealed }) => resealed)).toEqual([1, people, 1, 0, 0, 0]);
      expect((await reseal(source, sealedColumns(all))).map(({ resealed }) => resealed)).toEqual([
        0, 0, 0, 0, 0, 0,
      ]);
      await expect(replica.get(SigningKeysService).current()).resolves.toMatchObject({
        kid: expect.any(String) as string,
      });
    } finally {
      await replica.close();
    }
  });

  it('then the old keys can go, and what was sealed opens as before', async () => {
    const config = configOf(`2:${second}`);
    const replica = await startReplica(config);
    const [row] = await query<{ sealed: Buffer }>(
      source,
      'SELECT mobile_sealed AS sealed FROM accounts WHERE id = $1',
      [id],
    );
    expect(replica.get(PersonalData).open(id, 'mobile', row?.sealed ?? Buffer.of())).toBe('989121234567');
    await replica.close();
  });

  it('every column that identity seals is among those that are sealed anew', async () => {
    const columns = await query<{ name: string }>(
      source,
      `SELECT table_name || '.' || column_name AS name FROM information_schema.columns
       WHERE table_schema = 'public' AND (column_name LIKE '%sealed%' OR column_name = 'private_key')`,
    );
    expect(columns.map(({ name }) => name).sort()).toEqual(
      sealedColumns(identity.config)
        .map(({ table, column }) => `${table}.${column}`)
        .sort(),
    );
  });
});
