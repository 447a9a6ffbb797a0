import { createDataSource, query, reserved, Transactions } from '@peyk/database';
import { scratchDatabase, testServers } from '@peyk/testing';
import type { ScratchDatabase } from '@peyk/testing';
import { Client } from 'pg';
import type { DataSource } from 'typeorm';
import { Wallet } from './fixture';

let database: ScratchDatabase;
let source: DataSource;

beforeAll(async () => {
  database = await scratchDatabase(testServers().databaseUrl);
  source = await createDataSource({
    url: database.url,
    entities: [Wallet],
    migrations: [],
    poolMax: 2,
    reservedPoolMax: 1,
    applicationName: 'peyk-reserved-spec',
  }).initialize();
  await query(
    source,
    'CREATE TABLE wallets (id uuid PRIMARY KEY, balance_rials bigint DEFAULT 0, history bigint[])',
  );
});
afterAll(async () => {
  await source.destroy();
  await database.drop();
});

describe(reserved.name, () => {
  it('finds a connection while readers have all of theirs', async () => {
    const gate = new Client({ connectionString: database.url });
    await gate.connect();
    await gate.query('SELECT pg_advisory_lock(1)');
    let read = 0;
    const readers = Array.from({ length: 6 }, () =>
      query(source, 'SELECT pg_advisory_xact_lock_shared(1)').then(() => (read += 1)),
    );
    const [row] = await reserved(() =>
      query<{ name: string }>(source, `SELECT current_setting('application_name') AS name`),
    );
    const wallets = await reserved(() =>
      new Transactions(source).run((tx) => tx.getRepository(Wallet).find()),
    );
    expect(read).toBe(0);
    await gate.end();
    expect(row).toEqual({ name: 'peyk-reserved-spec reserved' });
    expect(wallets).toEqual([]);
    await Promise.all(readers);
  });

  it('is left to nobody else', async () => {
    const long = reserved(() => query(source, 'SELECT pg_sleep(0.5)'));
    const [row] = await query<{ name: string }>(source, `SELECT current_setting('application_name') AS name`);
    expect(row).toEqual({ name: 'peyk-reserved-spec' });
    await long;
  });
});
