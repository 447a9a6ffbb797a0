import {
  AbortedTransactionError,
  execute,
  query,
  rawClient,
  runMigrations,
  sqlState,
  Transactions,
  uuidv7,
  violatedConstraint,
} from '@peyk/database';
import type { DataSource, EntityManager } from 'typeorm';
import { fixtureSource, Wallet } from './fixture';
import { asAdmin, dropScratch, scratchUrl } from './scratch';

describe(Transactions.name, () => {
  const url = scratchUrl();
  let source: DataSource;
  let transactions: Transactions;
  const balances = (): Promise<{ balance: number }[]> =>
    query(source, 'SELECT balance_rials AS balance FROM wallets ORDER BY 1');
  const insert = (on: DataSource | EntityManager, balance: number): Promise<number> =>
    execute(on, 'INSERT INTO wallets (id, balance_rials) VALUES ($1, $2)', [uuidv7(), balance]);

  beforeAll(async () => {
    source = fixtureSource(url, 4);
    await runMigrations(source, { createDatabase: true });
    transactions = new Transactions(source);
  });
  beforeEach(() => query(source, 'TRUNCATE wallets CASCADE'));
  afterAll(async () => {
    await source.destroy();
    await dropScratch(url);
  });

  it('commits all or nothing', async () => {
    const result = await transactions.run(async (tx) => {
      await insert(tx, 1);
      return 'done';
    });
    expect(result).toBe('done');
    const failed = transactions.run(async (tx) => {
      await insert(tx, 2);
      throw new Error('no');
    });
    await expect(failed).rejects.toThrow('no');
    expect(await balances()).toEqual([{ balance: 1 }]);
  });

  it('does not report success when a failed statement was swallowed inside', async () => {
    const swallowed = transactions.run(async (tx) => {
      await insert(tx, 1);
      await tx.query('SELECT 1 / 0').catch(() => undefined);
    });
    await expect(swallowed).rejects.toThrow(AbortedTransactionError);
    expect(await balances()).toEqual([]);
  });

  it('repeats on a serialization failure as often as asked', async () => {
    await insert(source, 0);
    let attempts = 0;
    let reads = 0;
    let twoRead = (): void => undefined;
    const read = new Promise<void>((resolve) => (twoRead = resolve));
    const increment = (): Promise<void> =>
      transactions.run(
        async (tx) => {
          attempts += 1;
          const [row] = await query<{ balance: number }>(tx, 'SELECT balance_rials AS balance FROM wallets');
          // Two at least meet, however busy the machine is.
          reads += 1;
          if (reads === 2) twoRead();
          await read;
          await execute(tx, 'UPDATE wallets SET balance_rials = $1', [(row?.balance ?? 0) + 1]);
        },
        { isolation: 'SERIALIZABLE', retrySerialization: 20 },
      );
    await Promise.all(Array.from({ length: 8 }, increment));
    expect(await balances()).toEqual([{ balance: 8 }]);
    expect(attempts).toBeGreaterThan(8);
  });

  it('hands the failure over when no repeat is asked', async () => {
    await insert(source, 0);
    let other = true;
    const failed = transactions.run(
      async (tx) => {
        await query(tx, 'SELECT * FROM wallets');
        if (other) await execute(source, 'UPDATE wallets SET balance_rials = 7');
        other = false;
        await execute(tx, 'UPDATE wallets SET balance_rials = 9');
      },
      { isolation: 'REPEATABLE READ' },
    );
    const error: unknown = await failed.catch((caught: unknown) => caught);
    expect(sqlState(error)).toBe('40001');
    expect(await balances()).toEqual([{ balance: 7 }]);
  });

  it('gives every connection back, after any outcome', async () => {
    for (let round = 0; round < 10; round += 1) {
      await transactions.run((tx) => tx.query('SELECT 1'));
      await transactions.run((tx) => tx.query('SELECT no_such_column')).catch(() => undefined);
      await transactions
        .run(async (tx) => {
          const client = await rawClient(tx);
          await asAdmin((admin) =>
            admin.query(`SELECT pg_terminate_backend($1)`, [
              (client as unknown as { processID: number }).processID,
            ]),
          );
          await tx.query('SELECT 1');
        })
        .catch(() => undefined);
    }
    const open = await asAdmin((admin) =>
      admin.query(
        `SELECT state FROM pg_stat_activity WHERE application_name = 'peyk-spec' AND state <> 'idle'`,
      ),
    );
    expect(open.rows).toEqual([]);
    await Promise.all(Array.from({ length: 12 }, () => transactions.run((tx) => insert(tx, 3))));
    expect(await balances()).toHaveLength(12);
  });

  it('names the broken constraint', async () => {
    const id = uuidv7();
    await execute(source, 'INSERT INTO wallets (id) VALUES ($1)', [id]);
    const error: unknown = await execute(source, 'INSERT INTO wallets (id) VALUES ($1)', [id]).catch(
      (caught: unknown) => caught,
    );
    expect(sqlState(error)).toBe('23505');
    expect(violatedConstraint(error)).toBe('wallets_pkey');
  });

  it('reads rows of RETURNING and counts changed rows', async () => {
    await insert(source, 1);
    await insert(source, 2);
    const rows = await query(
      source,
      'UPDATE wallets SET balance_rials = balance_rials + 1 RETURNING balance_rials AS b',
    );
    expect(rows).toEqual(expect.arrayContaining([{ b: 2 }, { b: 3 }]));
    expect(await execute(source, 'DELETE FROM wallets WHERE balance_rials > 2')).toBe(1);
    expect(await query(source, 'DELETE FROM wallets WHERE false RETURNING id')).toEqual([]);
    expect(await query(source.manager, 'SELECT $1::int AS one', [1])).toEqual([{ one: 1 }]);
  });

  it('reads bigint as a number, exactly or not at all, from SQL and in entities', async () => {
    const safest = Number.MAX_SAFE_INTEGER;
    await execute(source, 'INSERT INTO wallets VALUES ($1, $2, $3)', [uuidv7(), safest, [1, null, safest]]);
    expect(await query(source, 'SELECT balance_rials, history, count(*) OVER () FROM wallets')).toEqual([
      { balance_rials: safest, history: [1, null, safest], count: 1 },
    ]);
    expect((await source.getRepository(Wallet).find())[0]?.balanceRials).toBe(safest);
    await execute(source, 'UPDATE wallets SET balance_rials = $1', ['9007199254740993']);
    await expect(query(source, 'SELECT balance_rials FROM wallets')).rejects.toThrow('does not fit');
    expect(await query(source, 'SELECT 1 AS alive')).toEqual([{ alive: 1 }]);
  });

  it('ends a statement that takes too long', async () => {
    const failed = transactions.run(async (tx) => {
      await tx.query('SET LOCAL statement_timeout = 50');
      await tx.query('SELECT pg_sleep(5)');
    });
    expect(sqlState(await failed.catch((caught: unknown) => caught))).toBe('57014');
    expect(await query(source, 'SHOW statement_timeout')).toEqual([{ statement_timeout: '30s' }]);
  });
});
