import { copyRows, query, rawClient, Transactions, type CopyValue } from '@peyk/database';
import fc from 'fast-check';
import type { DataSource, EntityManager } from 'typeorm';
import { fixtureSource } from './fixture';
import { asAdmin, dropScratch, scratchUrl } from './scratch';

describe('copyRows', () => {
  const url = scratchUrl();
  let source: DataSource;
  let transactions: Transactions;
  const columns = ['at', 'text', 'number', 'flag', 'time'];
  const copy = (rows: Iterable<readonly CopyValue[]>): Promise<number> =>
    transactions.run(async (tx) => copyRows(await rawClient(tx), 'rows "odd" name', columns, rows));
  const stored = (): Promise<object[]> =>
    query(source, 'SELECT text, number, flag, time FROM "rows ""odd"" name" ORDER BY at');

  beforeAll(async () => {
    await asAdmin((client) => client.query(`CREATE DATABASE ${new URL(url).pathname.slice(1)}`));
    source = await fixtureSource(url, 2).initialize();
    transactions = new Transactions(source);
    await query(
      source,
      'CREATE TABLE "rows ""odd"" name" (at int primary key, text text, number float8, flag bool, time timestamptz)',
    );
  });
  beforeEach(() => query(source, 'TRUNCATE "rows ""odd"" name"'));
  afterAll(async () => {
    await source.destroy();
    await dropScratch(url);
  });

  it('stores any text, number and date as it was', async () => {
    const nasty = ['', '\\N', '\\.', '\\', 'a\tb\nc\rd\\n', 'سلام\u200cدنیا 😀', '"\'', ' ', '\u007f\u0001'];
    const time = new Date(Date.UTC(2026, 2, 20, 23, 59, 59, 123));
    expect(await copy(nasty.map((text, at) => [at, text, at / 3, at % 2 === 0, time]))).toBe(nasty.length);
    expect(await stored()).toEqual(
      nasty.map((text, at) => ({ text, number: at / 3, flag: at % 2 === 0, time })),
    );
    expect(await copy([[100, null, null, null, null]])).toBe(1);
    expect((await stored()).at(-1)).toEqual({ text: null, number: null, flag: null, time: null });
  });

  it('stores whatever fast-check thinks of', async () => {
    const text = fc.string({ unit: 'grapheme-composite' }).filter((value) => !value.includes('\0'));
    await fc.assert(
      fc.asyncProperty(fc.array(text, { maxLength: 50 }), async (texts) => {
        await query(source, 'TRUNCATE "rows ""odd"" name"');
        await copy(texts.map((value, at) => [at, value, null, null, null]));
        expect((await stored()).map((row) => (row as { text: string }).text)).toEqual(texts);
      }),
      { numRuns: 30 },
    );
  });

  it('lets the rest of the program run meanwhile', async () => {
    let turns = 0;
    const ticking = setInterval(() => (turns += 1), 1);
    function* many(): Generator<CopyValue[]> {
      for (let at = 0; at < 100_000; at += 1) yield [at, 'x', at, true, null];
    }
    await copy(many());
    clearInterval(ticking);
    expect(turns).toBeGreaterThan(10);
  });

  it('takes no rows, and more rows than fit the sending buffer', async () => {
    expect(await copy([])).toBe(0);
    function* many(): Generator<CopyValue[]> {
      for (let at = 0; at < 20_000; at += 1) yield [at, 'x'.repeat(200), at, true, null];
    }
    expect(await copy(many())).toBe(20_000);
    expect(
      await query(source, 'SELECT count(*), sum(length(text))::bigint AS long FROM "rows ""odd"" name"'),
    ).toEqual([{ count: 20_000, long: 4_000_000 }]);
  });

  it.each<[string, () => Iterable<CopyValue[]>, string]>([
    [
      'a broken constraint',
      () => [
        [1, 'a', 1, true, null],
        [1, 'b', 1, true, null],
      ],
      'rows "odd" name_pkey',
    ],
    ['a wrong type', () => [[1, 'a', 'no number', true, null]], 'invalid input syntax'],
    ['a zero byte', () => [[1, '\0', 1, true, null]], 'invalid byte sequence'],
    ['a short row', () => [[1, 'a']], '2 values for 5 columns'],
    [
      'rows that end in an error',
      function* () {
        yield [1, 'a', 1, true, null];
        throw new Error('source broke');
      },
      'source broke',
    ],
    [
      'a refusal while millions more would come',
      function* () {
        for (let at = 0; at < 3_000_000; at += 1) yield [at % 100, 'x'.repeat(100), 1, true, null];
      },
      'pkey',
    ],
  ])('%s is thrown, nothing is stored, and the connection is good', async (_name, rows, message) => {
    let backend: unknown;
    const failed = transactions.run(async (tx) => {
      backend = await pid(tx);
      await copyRows(await rawClient(tx), 'rows "odd" name', columns, rows());
    });
    await expect(failed).rejects.toThrow(message);
    expect(await stored()).toEqual([]);
    expect(await transactions.run(pid)).toEqual(backend);
    expect(await copy([[1, 'a', 1, true, null]])).toBe(1);
  });

  it('fails, and does not hang, when the server goes away in the middle', async () => {
    const failed = transactions.run(async (tx) => {
      const [backend] = await pid(tx);
      function* rows(): Generator<CopyValue[]> {
        for (let at = 0; at < 2_000_000; at += 1) yield [at, 'x'.repeat(500), 1, true, null];
      }
      const copying = copyRows(await rawClient(tx), 'rows "odd" name', columns, rows());
      await Promise.all([
        copying,
        asAdmin((client) => client.query('SELECT pg_terminate_backend($1)', [backend?.pid])),
      ]);
    });
    await expect(failed).rejects.toThrow(/terminat|reset|EPIPE|closed/i);
    expect(await stored()).toEqual([]);
  });

  const pid = (tx: EntityManager): Promise<{ pid: number }[]> => query(tx, 'SELECT pg_backend_pid() AS pid');
});
