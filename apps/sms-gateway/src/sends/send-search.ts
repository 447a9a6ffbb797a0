import { Injectable } from '@nestjs/common';
import { WordIndex, query } from '@peyk/database';
import { indexedWords, isSeen, searchedWords } from '@peyk/persian';
import { Scheduled } from '@peyk/platform';
import { DataSource } from 'typeorm';
import type { EntityManager, SelectQueryBuilder } from 'typeorm';
import { WordFiller, searching } from '../search';
import type { Send } from './send.entity';

type SendText = Pick<Send, 'id' | 'title' | 'body' | 'lane'>;

/** A one-time code is for its recipient alone: of that lane only the title is found. */
function wordsOf({ id, title, body, lane }: SendText): { id: string; words: string[] } {
  return { id, words: indexedWords(lane === 'otp' ? title : `${title}\n${body}`) };
}

/** Sends by words of title and text. */
@Injectable()
export class SendSearch {
  private readonly index: WordIndex;
  private readonly filler: WordFiller;

  constructor(private readonly dataSource: DataSource) {
    this.index = new WordIndex(dataSource, { table: 'send_words', of: 'sends' });
    this.filler = new WordFiller(dataSource);
  }

  /** In the transaction that writes the send. */
  async put(tx: EntityManager, send: SendText): Promise<void> {
    await this.index.put(tx, [wordsOf(send)]);
  }

  /**
   * As many as `most` of those that `sends` asks for (alias `s`, ordered by id) and, where `text` shows anything, that
   * have a word for each of its words. `range`: what is known of their ids, exclusive. Throws search.tooSlow.
   */
  page(
    sends: SelectQueryBuilder<Send>,
    text: string | undefined,
    range: { customerId?: string; after?: string; before?: string; oldestFirst?: boolean },
    most: number,
  ): Promise<Send[]> {
    if (text === undefined || !isSeen(text)) return sends.take(most).getMany();
    const words = searchedWords(text);
    if (words.length === 0) return Promise.resolve([]);
    return searching(async (untilMs) => {
      const found: Send[] = [];
      for await (const ids of this.index.find({ ...range, words, untilMs })) {
        if (ids.length === 0) continue;
        const page = sends.clone().andWhere('s.id = ANY(:ids)', { ids });
        found.push(...(await page.take(most - found.length).getMany()));
        if (found.length >= most) break;
      }
      return found;
    });
  }

  /** A page of the sends that have no words yet. Answers whether there is more to do now. */
  @Scheduled({
    name: 'words of sends',
    does: 'Fills the index of words of sends that were written before it, or by an older release.',
    everyMs: 6 * 3_600_000,
    runsIn: 'one replica',
    pauseMs: 50,
  })
  fill(): Promise<boolean> {
    return this.filler.step('sends', this.index, async ({ before, after, most }) => {
      const rows = await query<SendText & { isNew: boolean }>(
        this.dataSource,
        `SELECT s.id, s.lane, w.id IS NULL AS "isNew", CASE WHEN w.id IS NULL THEN s.title ELSE '' END AS title,
           CASE WHEN w.id IS NULL THEN s.body ELSE '' END AS body
         FROM (SELECT id, lane, title, body FROM sends WHERE id > $1 AND id < $2 ORDER BY id DESC LIMIT $3) s
         LEFT JOIN send_words w ON w.id = s.id ORDER BY s.id DESC`,
        [after, before, most],
      );
      return rows.map((row) => ({ id: row.id, ...(row.isNew && { text: wordsOf(row) }) }));
    });
  }
}
