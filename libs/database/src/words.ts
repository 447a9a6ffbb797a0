import type { DataSource, EntityManager } from 'typeorm';
import { quoteIdentifier } from './copy';
import { Transactions, execute, query, sqlState } from './transaction';

export interface WordIndexTables {
  /** `id` (key of `of`), `customer_id`, `words tsvector`; indexes on `(customer_id, id)` and, by GIN, on `words`. */
  readonly table: string;
  /** What is found: `id`, a UUIDv7, and `customer_id`. */
  readonly of: string;
}

export interface WordSearch {
  /** Each as its pieces, which are joined in the text or words of their own. Letters and digits only. */
  readonly words: readonly (readonly string[])[];
  /** Undefined: of all customers. */
  readonly customerId?: string;
  /** Only ids beyond this one and before that one; both are left out themselves. */
  readonly after?: string;
  readonly before?: string;
  readonly oldestFirst?: boolean;
  /** Of `Date.now()`: later nothing is looked at any more. */
  readonly untilMs: number;
}

export interface IndexedText {
  readonly id: string;
  /** As `indexedWords` of libs/persian gives them. */
  readonly words: readonly string[];
}

/** A search was not through at its time. */
export class SlowSearchError extends Error {
  override readonly name = 'SlowSearchError';
}

/** Rows that are looked at before the index is asked: a word that many have is among them often enough. */
const firstLook = 500;
/** As many found by the index can be sorted; a word that more have is looked for row by row. */
const sortedMax = 5_000;
/** Where so many are among the first, a further look finds a page of them sooner than the index. */
const seldom = 3;
const pageSize = 500;
const furtherLook = 8_000;
const firstUuid = '00000000-0000-0000-0000-000000000000';
const lastUuid = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

/**
 * Rows by the beginnings of words of their texts, in the order of their ids. The words are folded by us and stored as
 * they are, so neither a parser nor the locale of the database has a say. They have a table of their own: rows that are
 * written often do not carry them along, and it is filled while the rest works.
 */
export class WordIndex {
  private readonly table: string;
  private readonly of: string;
  private readonly transactions: Transactions;

  constructor(
    private readonly dataSource: DataSource,
    { table, of }: WordIndexTables,
  ) {
    this.table = quoteIdentifier(table);
    this.of = quoteIdentifier(of);
    this.transactions = new Transactions(dataSource);
  }

  /** The words of these rows from now on; of rows that are gone nothing is kept. */
  async put(tx: EntityManager, texts: readonly IndexedText[]): Promise<void> {
    await this.write(tx, texts, 'UPDATE SET words = excluded.words');
  }

  /** The same where there are none yet. @returns how many there were none of */
  add(on: EntityManager | DataSource, texts: readonly IndexedText[]): Promise<number> {
    return this.write(on, texts, 'NOTHING');
  }

  private write(
    on: EntityManager | DataSource,
    texts: readonly IndexedText[],
    known: string,
  ): Promise<number> {
    return execute(
      on,
      `INSERT INTO ${this.table} (id, customer_id, words)
       SELECT o.id, o.customer_id, array_to_tsvector(string_to_array(t.words, ' '))
       FROM unnest($1::uuid[], $2::text[]) AS t (id, words) JOIN ${this.of} o ON o.id = t.id
       ON CONFLICT (id) DO ${known}`,
      [texts.map(({ id }) => id), texts.map(({ words }) => words.join(' '))],
    );
  }

  /**
   * Ids of what has all the words, a page after the other, in order. What is frequent is met by walking from the newest
   * (or oldest) on; what is rare by the index. Of what is neither, each page costs a walk of some thousand rows.
   * @throws SlowSearchError, at the latest a second after `untilMs`
   */
  async *find(search: WordSearch): AsyncGenerator<readonly string[]> {
    const condition = tsqueryOf(search.words);
    let { before = lastUuid, after = firstUuid } = search;
    const goOn = (last: string): void => {
      if (search.oldestFirst) after = last;
      else before = last;
    };
    const look = async (rows: number): Promise<boolean> => {
      const { ids, seen, last } = await this.walk(search, condition, { after, before }, rows);
      if (last !== null) goOn(last);
      found = ids;
      return seen === rows;
    };
    let found: readonly string[] = [];
    let more = await look(firstLook);
    yield found;
    if (more && found.length >= seldom) {
      more = await look(furtherLook);
      yield found;
    }
    if (!more) return;
    for (;;) {
      const { ids, total } = await this.ask(search, condition, { after, before });
      if (total > sortedMax) break;
      yield ids;
      const last = ids.at(-1);
      if (total <= ids.length || last === undefined) return;
      goOn(last);
    }
    while (more) {
      more = await look(furtherLook);
      yield found;
    }
  }

  /**
   * All that have the words, in order; undefined where these are too many (5,000) to go on with: look for
   * `tsqueryOf(words)` on the way through something else then. @throws SlowSearchError
   */
  async few(search: WordSearch): Promise<readonly string[] | undefined> {
    const { before = lastUuid, after = firstUuid } = search;
    const { ids, total } = await this.ask(search, tsqueryOf(search.words), { after, before }, sortedMax);
    return total > sortedMax ? undefined : ids;
  }

  /** Of the next `rows` rows those that have the words; how many there were, and the last of them. */
  private async walk(
    { customerId, oldestFirst, untilMs }: WordSearch,
    condition: string,
    { after, before }: Range,
    rows: number,
  ): Promise<{ ids: string[]; seen: number; last: string | null }> {
    const order = oldestFirst ? 'ASC' : 'DESC';
    const [row] = await inTime(untilMs, () =>
      query<{ ids: string[]; seen: number; last: string | null }>(
        this.dataSource,
        `WITH looked AS MATERIALIZED (
           SELECT id, words @@ $1::tsquery AS has FROM ${this.table}
           WHERE id > $2 AND id < $3${customerId === undefined ? '' : ' AND customer_id = $4'}
           ORDER BY id ${order} LIMIT ${rows})
         SELECT ARRAY(SELECT id FROM looked WHERE has ORDER BY id ${order}) AS ids,
           (SELECT count(*)::int FROM looked) AS seen,
           (SELECT id FROM looked ORDER BY id ${oldestFirst ? 'DESC' : 'ASC'} LIMIT 1) AS last`,
        [condition, after, before, ...(customerId === undefined ? [] : [customerId])],
      ),
    );
    return row ?? { ids: [], seen: 0, last: null };
  }

  /** The first of those that the index knows, and how many it knows: at most one more than can be sorted. */
  private async ask(
    { customerId, oldestFirst, untilMs }: WordSearch,
    condition: string,
    { after, before }: Range,
    most = pageSize,
  ): Promise<{ ids: string[]; total: number }> {
    const [row] = await inTime(untilMs, () =>
      this.transactions.run(async (tx) => {
        // How many rows have the beginning of a word the planner cannot know: it would rather read the whole table.
        await tx.query(
          'SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = off; SET LOCAL jit = off',
        );
        return query<{ ids: string[]; total: number }>(
          tx,
          `WITH known AS MATERIALIZED (
             SELECT id FROM ${this.table}
             WHERE words @@ $1::tsquery AND id > $2 AND id < $3${customerId === undefined ? '' : ' AND customer_id = $4'}
             LIMIT ${sortedMax + 1})
           SELECT ARRAY(SELECT id FROM known ORDER BY id ${oldestFirst ? 'ASC' : 'DESC'} LIMIT ${most}) AS ids,
             (SELECT count(*)::int FROM known) AS total`,
          [condition, after, before, ...(customerId === undefined ? [] : [customerId])],
        );
      }),
    );
    return row ?? { ids: [], total: 0 };
  }
}

interface Range {
  readonly after: string;
  readonly before: string;
}

/** Statements end with the deadline of their request; many short ones must end, too. */
async function inTime<T>(untilMs: number, act: () => Promise<T>): Promise<T> {
  if (Date.now() > untilMs) throw new SlowSearchError('the search was not through in its time');
  try {
    return await act();
  } catch (error) {
    if (sqlState(error) === '57014') throw new SlowSearchError('the search was cancelled', { cause: error });
    throw error;
  }
}

/** Text of a tsquery: each of the words begins a word, joined or by all of its pieces. */
export function tsqueryOf(words: WordSearch['words']): string {
  const beginning = (word: string): string => `'${word.replaceAll(/['\\]/g, (sign) => sign + sign)}':*`;
  return words
    .map((pieces) =>
      pieces.length === 1
        ? pieces.map(beginning).join('')
        : `(${beginning(pieces.join(''))} | (${pieces.map(beginning).join(' & ')}))`,
    )
    .join(' & ');
}
