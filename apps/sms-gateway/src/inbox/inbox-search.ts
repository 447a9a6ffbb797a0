import { Injectable } from '@nestjs/common';
import { WordIndex, query } from '@peyk/database';
import { indexedWords } from '@peyk/persian';
import { Scheduled } from '@peyk/platform';
import { DataSource } from 'typeorm';
import type { EntityManager } from 'typeorm';
import { WordFiller } from '../search';
import type { InboxMessage } from './inbox.entity';

type MessageText = Pick<InboxMessage, 'id' | 'body'>;

/** Received messages by words of their texts. */
@Injectable()
export class InboxSearch {
  readonly index: WordIndex;
  private readonly filler: WordFiller;

  constructor(private readonly dataSource: DataSource) {
    this.index = new WordIndex(dataSource, { table: 'inbox_words', of: 'inbox_messages' });
    this.filler = new WordFiller(dataSource);
  }

  /** In the transaction that stores the message. */
  async put(tx: EntityManager, { id, body }: MessageText): Promise<void> {
    await this.index.add(tx, [{ id, words: indexedWords(body) }]);
  }

  /** A page of the messages that have no words yet. Answers whether there is more to do now. */
  @Scheduled({
    name: 'words of the inbox',
    does: 'Fills the index of words of received messages that were written before it, or by an older release.',
    everyMs: 6 * 3_600_000,
    runsIn: 'one replica',
    pauseMs: 50,
  })
  fill(): Promise<boolean> {
    return this.filler.step('inbox', this.index, async ({ before, after, most }) => {
      const rows = await query<MessageText & { isNew: boolean }>(
        this.dataSource,
        `SELECT m.id, w.id IS NULL AS "isNew", CASE WHEN w.id IS NULL THEN m.body ELSE '' END AS body
         FROM (SELECT id, body FROM inbox_messages WHERE id > $1 AND id < $2 ORDER BY id DESC LIMIT $3) m
         LEFT JOIN inbox_words w ON w.id = m.id ORDER BY m.id DESC`,
        [after, before, most],
      );
      return rows.map(({ id, body, isNew }) => ({
        id,
        ...(isNew && { text: { id, words: indexedWords(body) } }),
      }));
    });
  }
}
