import {
  ensureMonthlyPartitions,
  execute,
  query,
  runMigrations,
  Transactions,
  uuidv7LowerBound,
  type PartitionRange,
} from '@peyk/database';
import type { DataSource } from 'typeorm';
import { fixtureSource } from './fixture';
import { dropScratch, scratchUrl } from './scratch';

describe('ensureMonthlyPartitions', () => {
  const url = scratchUrl();
  let source: DataSource;
  let transactions: Transactions;
  const ensure = (table: string, range: PartitionRange): Promise<string[]> =>
    transactions.run((tx) => ensureMonthlyPartitions(tx, table, range));

  beforeAll(async () => {
    source = fixtureSource(url, 8);
    await runMigrations(source, { createDatabase: true });
    transactions = new Transactions(source);
    await query(
      source,
      `CREATE TABLE receipts (at timestamptz NOT NULL, parts int NOT NULL DEFAULT 1 CHECK (parts > 0)) PARTITION BY RANGE (at)`,
    );
  });
  afterAll(async () => {
    await source.destroy();
    await dropScratch(url);
  });

  it('makes the missing months over the turn of the year, once', async () => {
    const range = { from: new Date('2026-11-30T23:59:59.999Z'), months: 3, keyKind: 'timestamptz' } as const;
    const names = ['receipts_202611', 'receipts_202612', 'receipts_202701'];
    expect(await ensure('receipts', range)).toEqual(names);
    expect(await ensure('receipts', range)).toEqual([]);
    expect(await ensure('receipts', { ...range, months: 4 })).toEqual(['receipts_202702']);
    for (const at of [
      '2026-11-01T00:00:00Z',
      '2026-11-30T23:59:59.999999Z',
      '2026-12-01T00:00:00Z',
      '2027-02-28T23:59:59Z',
    ]) {
      await execute(source, 'INSERT INTO receipts (at) VALUES ($1)', [at]);
    }
    const where = await query(
      source,
      'SELECT tableoid::regclass::text AS name, parts FROM receipts ORDER BY at',
    );
    expect(where.map((row) => (row as { name: string }).name)).toEqual([
      'receipts_202611',
      'receipts_202611',
      'receipts_202612',
      'receipts_202702',
    ]);
    await expect(execute(source, `INSERT INTO receipts (at) VALUES ('2027-03-01Z')`)).rejects.toThrow(
      'no partition',
    );
    await expect(execute(source, `INSERT INTO receipts VALUES ('2026-12-01Z', 0)`)).rejects.toThrow(
      'check constraint',
    );
  });

  it('bounds a UUIDv7 key by the time in it, with indexes and keys of the table', async () => {
    const from = new Date('2026-12-05T00:00:00Z');
    await ensure('messages', { from, months: 2, keyKind: 'uuidv7' });
    const january = new Date('2027-01-01T00:00:00Z');
    const first = uuidv7LowerBound(january).replace('-0000-0000-', '-7000-8000-');
    const last = uuidv7LowerBound(new Date(january.getTime() - 1)).replace(
      '-0000-0000-000000000000',
      '-7fff-bfff-ffffffffffff',
    );
    for (const id of [first, last])
      await execute(source, 'INSERT INTO messages (id, part) VALUES ($1, 1)', [id]);
    expect(
      await query(source, 'SELECT id, tableoid::regclass::text AS name FROM messages ORDER BY id'),
    ).toEqual([
      { id: last, name: 'messages_202612' },
      { id: first, name: 'messages_202701' },
    ]);
    await expect(execute(source, 'INSERT INTO messages (id, part) VALUES ($1, 2)', [first])).rejects.toThrow(
      'unique',
    );
  });

  it('lets eight do it at once', async () => {
    const range = { from: new Date('2030-01-15T00:00:00Z'), months: 6, keyKind: 'timestamptz' } as const;
    const made = await Promise.all(Array.from({ length: 8 }, () => ensure('receipts', range)));
    expect(made.flat().sort()).toEqual(
      ['01', '02', '03', '04', '05', '06'].map((month) => `receipts_2030${month}`),
    );
  });

  it('does not wait for readers and writers of the table', async () => {
    await transactions.run(async (tx) => {
      await execute(tx, `INSERT INTO receipts (at) VALUES ('2026-11-15Z')`);
      await query(tx, 'SELECT count(*) FROM receipts');
      await transactions.run(async (other) => {
        await other.query(`SET LOCAL lock_timeout = 1000`);
        const range = { from: new Date('2040-01-01Z'), months: 1, keyKind: 'timestamptz' } as const;
        expect(await ensureMonthlyPartitions(other, 'receipts', range)).toEqual(['receipts_204001']);
      });
    });
  });

  it('refuses a month that was detached, and bounds that make no sense', async () => {
    const range = { from: new Date('2050-01-01Z'), months: 1, keyKind: 'timestamptz' } as const;
    await ensure('receipts', range);
    await query(source, 'ALTER TABLE receipts DETACH PARTITION receipts_205001');
    await expect(ensure('receipts', range)).rejects.toThrow('receipts_205001 exists and is not a partition');
    for (const months of [0, 121, 1.5, NaN]) {
      await expect(ensure('receipts', { ...range, months })).rejects.toThrow(RangeError);
    }
  });
});
