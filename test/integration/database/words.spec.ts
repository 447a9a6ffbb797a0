import { SlowSearchError, Transactions, WordIndex, createDataSource, query, uuidv7 } from '@peyk/database';
import type { WordSearch } from '@peyk/database';
import { indexedWords, searchedWords } from '@peyk/persian';
import { scratchDatabase, testServers } from '@peyk/testing';
import type { ScratchDatabase } from '@peyk/testing';
import type { DataSource } from 'typeorm';

jest.setTimeout(90_000);
const [huge, small] = ['0198f000-0000-7000-8000-00000000000a', '0198f000-0000-7000-8000-00000000000b'];
const rows = 30_000;

let database: ScratchDatabase;
let source: DataSource;
let index: WordIndex;
/** Statements of the searches, with their parameters. */
const asked: { sql: string; parameters: unknown[] }[] = [];

beforeAll(async () => {
  database = await scratchDatabase(testServers().databaseUrl);
  source = await createDataSource({
    url: database.url,
    entities: [],
    migrations: [],
    poolMax: 2,
    applicationName: 'peyk-words-spec',
  }).initialize();
  await query(source, 'CREATE TABLE notes (id uuid PRIMARY KEY, customer_id uuid NOT NULL)');
  await query(
    source,
    'CREATE TABLE note_words (id uuid PRIMARY KEY REFERENCES notes ON DELETE CASCADE, customer_id uuid NOT NULL, words tsvector NOT NULL)',
  );
  await query(source, 'CREATE INDEX ON note_words (customer_id, id)');
  // One in a hundred is of the small customer. Every third row has a frequent word, one in ten thousand a rare one, the
  // oldest 8,000 one that only old ones have.
  await query(
    source,
    `INSERT INTO notes SELECT (lpad(to_hex(no), 8, '0') || '-0000-7000-8000-000000000000')::uuid,
       CASE WHEN no % 100 = 7 THEN $2::uuid ELSE $1::uuid END FROM generate_series(1, ${rows}) AS no`,
    [huge, small],
  );
  await query(
    source,
    `INSERT INTO note_words SELECT id, customer_id, array_to_tsvector(array_remove(ARRAY['پیام', md5(no::text),
       CASE WHEN no % 3 = 0 THEN 'تخفیف' END, CASE WHEN no % 10000 = 5 THEN 'یلدا' END, CASE WHEN no <= 8000 THEN 'قدیمی' END,
       CASE WHEN no % 100 = 7 THEN 'راز' END], NULL))
     FROM (SELECT *, row_number() OVER (ORDER BY id) AS no FROM notes) n`,
  );
  await query(source, 'CREATE INDEX note_words_idx ON note_words USING gin (words) WITH (fastupdate = off)');
  await query(source, 'VACUUM ANALYZE note_words');
  index = new WordIndex(source, { table: 'note_words', of: 'notes' });
});
afterAll(async () => {
  await source.destroy();
  await database.drop();
});
beforeEach(() => {
  asked.length = 0;
});

const find = (text: string, over: Partial<WordSearch> = {}): AsyncGenerator<readonly string[]> =>
  index.find({ words: searchedWords(text), untilMs: Date.now() + 60_000, ...over });
async function all(text: string, over: Partial<WordSearch> = {}): Promise<number[]> {
  const found: number[] = [];
  for await (const ids of find(text, over)) found.push(...ids.map((id) => parseInt(id.slice(0, 8), 16)));
  return found;
}
const numbers = (keep: (no: number) => boolean): number[] =>
  Array.from({ length: rows }, (_, at) => rows - at).filter(keep);
const isSmall = (no: number): boolean => no % 100 === 7;

describe(WordIndex, () => {
  it('finds what is rare, frequent, in between, only old, or nowhere, newest first', async () => {
    expect(await all('یلدا')).toEqual([20_005, 10_005, 5]);
    expect(await all('تخفیف')).toEqual(numbers((no) => no % 3 === 0));
    expect(await all('راز')).toEqual(numbers(isSmall));
    expect(await all('قدیم')).toEqual(numbers((no) => no <= 8_000));
    expect(await all('زمستان')).toEqual([]);
    expect(await all('تخفیف قدیمی')).toEqual(numbers((no) => no % 3 === 0 && no <= 8_000));
  });

  it('of one customer, between two ids, the oldest first', async () => {
    const id = (no: number): string => `${no.toString(16).padStart(8, '0')}-0000-7000-8000-000000000000`;
    expect(await all('پیام', { customerId: small })).toEqual(numbers(isSmall));
    expect(await all('راز', { customerId: huge })).toEqual([]);
    const part = { after: id(100), before: id(20_100) };
    expect(await all('راز', part)).toEqual(numbers((no) => isSmall(no) && no > 100 && no < 20_100));
    expect(await all('پیام', { ...part, customerId: small, oldestFirst: true })).toEqual(
      numbers((no) => isSmall(no) && no > 100 && no < 20_100).reverse(),
    );
    expect(await all('تخفیف', { oldestFirst: true })).toEqual(numbers((no) => no % 3 === 0).reverse());
  });

  it('asks the index for a word that is rare or nowhere, whatever the planner takes a beginning for', async () => {
    const runners = Object.getPrototypeOf(source.createQueryRunner()) as {
      query: (sql: string, parameters?: unknown[]) => Promise<unknown>;
    };
    const spy = jest.spyOn(runners, 'query').mockClear();
    await all('یلدا');
    await all('زمستان', { customerId: huge });
    for (const [sql, parameters = []] of spy.mock.calls) asked.push({ sql, parameters });
    spy.mockRestore();
    const looks = asked.filter(({ sql }) => sql.includes('looked'));
    const questions = asked.filter(({ sql }) => sql.includes('known'));
    // The first 500, and then the index: no further row is looked at.
    expect([looks.length, questions.length]).toEqual([2, 2]);
    for (const { sql, parameters } of questions) {
      const plan = await new Transactions(source).run(async (tx) => {
        await tx.query('SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = off');
        return query<{ 'QUERY PLAN': string }>(tx, `EXPLAIN ${sql}`, parameters);
      });
      expect(plan.map((line) => line['QUERY PLAN']).join('\n')).toContain(
        'Bitmap Index Scan on note_words_idx',
      );
    }
  });

  it('what somebody types is never a query of its own', async () => {
    for (const text of [
      "' | '",
      'یلدا | تخفیف',
      "یلدا':* | 'پیام",
      '!یلدا',
      'یلدا <-> پیام',
      '\\',
      "''",
      'یلدا\u0000',
    ]) {
      const found = await all(text, {
        words: searchedWords(text).length > 0 ? searchedWords(text) : [['ندارد']],
      });
      expect([text, found.length <= 3]).toEqual([text, true]);
    }
    const raw = [["a' | 'پیام"], ["\\'"], ["'"], ["x'", 'y\\']];
    for (const word of raw) expect(await all('', { words: [word] })).toEqual([]);
    expect(await all('ی '.repeat(5_000) + 'یلدا')).toHaveLength(3);
  });

  it('keeps the words of what is there: new ones in place of old ones, none of what is gone', async () => {
    const [id, gone] = [uuidv7(), uuidv7()];
    await query(source, 'INSERT INTO notes VALUES ($1, $2)', [id, small]);
    const put = (text: string): Promise<void> =>
      new Transactions(source).run((tx) =>
        index.put(tx, [
          { id, words: indexedWords(text) },
          { id: gone, words: ['هیچ'] },
        ]),
      );
    const found = async (text: string): Promise<number> => (await all(text, { customerId: small })).length;
    await put('می\u200cشود');
    expect([await found('میشود'), await found('شود'), await found('می شود'), await found('هیچ')]).toEqual([
      1, 1, 1, 0,
    ]);
    await put('');
    expect(await found('میشود')).toBe(0);
    expect(await index.add(source, [{ id, words: ['دیگر'] }])).toBe(0);
    expect(await found('دیگر')).toBe(0);
    await query(source, 'DELETE FROM notes WHERE id = $1', [id]);
    expect(await query(source, 'SELECT FROM note_words WHERE id = $1', [id])).toEqual([]);
  });

  it('ends at its time, between two statements too', async () => {
    await expect(all('یلدا', { untilMs: Date.now() - 1 })).rejects.toThrow(SlowSearchError);
    const untilMs = Date.now() + 60_000;
    const search = find('قدیمی', { untilMs });
    await search.next();
    const clock = jest.spyOn(Date, 'now').mockReturnValue(untilMs + 1);
    await expect(search.next()).rejects.toThrow(SlowSearchError);
    clock.mockRestore();
  });
});
