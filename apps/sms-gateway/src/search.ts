import { DomainError, searchSeconds } from '@peyk/contracts';
import { SlowSearchError, endingAt, execute, query, sqlState, uuidv7LowerBound } from '@peyk/database';
import type { IndexedText, WordIndex } from '@peyk/database';
import type { DataSource } from 'typeorm';

/** Runs a search, which knows when it has to be through. Throws search.tooSlow. */
export async function searching<T>(search: (untilMs: number) => Promise<T>): Promise<T> {
  const untilMs = Date.now() + searchSeconds * 1_000;
  try {
    return await endingAt(untilMs, () => search(untilMs));
  } catch (error) {
    if (error instanceof SlowSearchError || sqlState(error) === '57014')
      throw new DomainError('search.tooSlow', { seconds: searchSeconds });
    throw error;
  }
}

const filledAtOnce = 500;
/** Rows that were being written when a pass began are met by the next one. */
const passSlackMs = 3_600_000;
const firstUuid = '00000000-0000-0000-0000-000000000000';

/**
 * Fills an index of words from the newest row on, down to where it is known to be complete: rows of before there was
 * one, and those that a program of an older release wrote beside this one.
 */
export class WordFiller {
  private readonly passes = new Map<string, { readonly startedMs: number; before: string }>();

  constructor(private readonly dataSource: DataSource) {}

  /** A page of it. Answers whether there is more to do now. */
  async step(
    name: string,
    index: WordIndex,
    read: (range: {
      before: string;
      after: string;
      most: number;
    }) => Promise<readonly { readonly id: string; readonly text?: IndexedText }[]>,
  ): Promise<boolean> {
    const startedMs = Date.now();
    const pass = this.passes.get(name) ?? {
      startedMs,
      before: uuidv7LowerBound(new Date(startedMs + passSlackMs)),
    };
    this.passes.set(name, pass);
    const [mark] = await query<{ upto: string }>(
      this.dataSource,
      'SELECT upto FROM word_marks WHERE name = $1',
      [name],
    );
    const rows = await read({ before: pass.before, after: mark?.upto ?? firstUuid, most: filledAtOnce });
    const texts = rows.flatMap(({ text }) => (text ? [text] : []));
    if (texts.length > 0) await index.add(this.dataSource, texts);
    pass.before = rows.at(-1)?.id ?? pass.before;
    if (rows.length === filledAtOnce) return true;
    this.passes.delete(name);
    await execute(
      this.dataSource,
      'INSERT INTO word_marks VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET upto = excluded.upto',
      [name, uuidv7LowerBound(new Date(pass.startedMs - passSlackMs))],
    );
    return false;
  }
}
