import { Injectable } from '@nestjs/common';
import { DomainError, messageStates } from '@peyk/contracts';
import type { SendState } from '@peyk/contracts';
import type {
  SendRequestDto,
  ThreadDto,
  ThreadMessageDto,
  ThreadMessagesDto,
  ThreadPageDto,
  ThreadsDto,
  ThreadSeenDto,
  ThreadsQueryDto,
  UnreadDto,
} from '@peyk/contracts/sms';
import { Transactions, execute, query, tsqueryOf } from '@peyk/database';
import { isSeen, parseMobile, searchedWords, toLatinDigits } from '@peyk/persian';
import { DataSource } from 'typeorm';
import type { EntityManager, SelectQueryBuilder } from 'typeorm';
import { decodeCursor, encodeCursor, likePattern, uuidPattern } from '../cursor';
import { searching } from '../search';
import { InboxMessage, InboxThread } from './inbox.entity';
import { InboxSearch } from './inbox-search';
import { secretaryKey } from './secretary.service';

const lastTextLength = 200;
/** Own sends on a page of a thread. */
const sendsMax = 400;

/** Of threads of which many have a message with the words: the newest are soon found. */
const ofAnyMessage = `EXISTS (
  SELECT FROM inbox_messages m JOIN inbox_words w ON w.id = m.id
  WHERE m.customer_id = t.customer_id AND m.line_id = t.line_id AND m.from_number = t.from_number
    AND w.words @@ CAST(:words AS tsquery))`;

/** The inbox by line and number (SMS-019): last message, how many, how many unread. */
@Injectable()
export class ThreadsService {
  private readonly search: InboxSearch;

  constructor(
    private readonly dataSource: DataSource,
    private readonly transactions: Transactions,
  ) {
    this.search = new InboxSearch(dataSource);
  }

  async list(customerId: string, filter: ThreadsQueryDto): Promise<ThreadsDto> {
    const limit = filter.limit ?? 50;
    const before = decodeCursor(filter.cursor, uuidPattern);
    const search = this.dataSource
      .getRepository(InboxThread)
      .createQueryBuilder('t')
      .where('t.customer_id = :customerId', { customerId })
      .orderBy('t.last_id', 'DESC')
      .take(limit + 1);
    if (before) search.andWhere('t.last_id < :before', { before });
    if (filter.lineId) search.andWhere('t.line_id = :lineId', { lineId: filter.lineId });
    if (filter.unread !== undefined) search.andWhere(filter.unread ? 't.unread > 0' : 't.unread = 0');
    if (filter.from) search.andWhere('t.last_at >= :from', { from: new Date(filter.from) });
    if (filter.to) search.andWhere('t.last_at < :to', { to: new Date(filter.to) });
    const found = await this.found(search, customerId, filter.search);
    const page = found.slice(0, limit);
    const last = page.at(-1);
    return {
      threads: page.map(toDto),
      ...(found.length > limit && last ? { nextCursor: encodeCursor(last.lastId) } : {}),
    };
  }

  /** Those whose number has a part, or one of whose messages has the words. Throws search.tooSlow. */
  private async found(
    threads: SelectQueryBuilder<InboxThread>,
    customerId: string,
    text: string | undefined,
  ): Promise<InboxThread[]> {
    if (text === undefined || !isSeen(text)) return threads.getMany();
    const [number, words] = [numberPart(text), searchedWords(text)];
    if (number === undefined && words.length === 0) return [];
    return searching(async (untilMs) => {
      const conditions: string[] = [];
      if (number !== undefined) conditions.push("t.from_number LIKE :number ESCAPE '\\'");
      let ids: string[] = [];
      if (words.length > 0) {
        const few = await this.search.index.few({ words, customerId, untilMs });
        if (few) ids = await this.threadsOf(few);
        conditions.push(few ? 't.id = ANY(:ids)' : ofAnyMessage);
      }
      return threads
        .andWhere(`(${conditions.join(' OR ')})`, {
          ids,
          words: tsqueryOf(words),
          ...(number !== undefined && { number: likePattern(number) }),
        })
        .getMany();
    });
  }

  private async threadsOf(messageIds: readonly string[]): Promise<string[]> {
    const threads = await query<{ id: string }>(
      this.dataSource,
      `SELECT DISTINCT t.id FROM inbox_messages m JOIN inbox_threads t
         ON t.customer_id = m.customer_id AND t.line_id = m.line_id AND t.from_number = m.from_number
       WHERE m.id = ANY($1)`,
      [messageIds],
    );
    return threads.map(({ id }) => id);
  }

  /** Throws thread.notFound. */
  async read(
    customerId: string,
    { threadId, cursor, limit = 50 }: ThreadPageDto,
  ): Promise<ThreadMessagesDto> {
    const before = decodeCursor(cursor, uuidPattern);
    const thread = await this.dataSource.getRepository(InboxThread).findOneBy({ id: threadId, customerId });
    if (!thread) throw new DomainError('thread.notFound');
    const { lineId, fromNumber } = thread;
    const search = this.dataSource
      .getRepository(InboxMessage)
      .createQueryBuilder('m')
      .where('m.customer_id = :customerId AND m.line_id = :lineId AND m.from_number = :fromNumber', {
        customerId,
        lineId,
        fromNumber,
      })
      .orderBy('m.id', 'DESC')
      .take(limit + 1);
    if (before) search.andWhere('m.id < :before', { before });
    const found = await search.getMany();
    const page = found.slice(0, limit);
    const answers = await this.answersTo(
      customerId,
      page.map(({ id }) => id),
    );
    const last = page.at(-1);
    const hasMore = found.length > limit;
    const sent = await this.sendsOf(threadId, before, hasMore ? last?.id : undefined);
    const received = page.map(({ id, body, missingParts, receivedAt }): readonly ThreadMessageDto[] => {
      const answer = answers.get(id);
      const message: ThreadMessageDto = {
        id,
        direction: 'received',
        text: body,
        ...(missingParts > 0 && { missingParts }),
        at: receivedAt.toISOString(),
      };
      return answer ? [answer, message] : [message];
    });
    // The last of each group tells its place: ids of messages and sends are in the order of time.
    const groups = [...received, ...sent.map((send) => [send])];
    const placeOf = (group: readonly ThreadMessageDto[]): string => group.at(-1)?.id ?? '';
    return {
      thread: toDto(thread),
      messages: groups.sort((a, b) => (placeOf(a) < placeOf(b) ? 1 : -1)).flat(),
      ...(found.length > limit && last ? { nextCursor: encodeCursor(last.id) } : {}),
    };
  }

  /** A send to one number alone stands in the conversation with it, if there is one; again changes nothing. */
  async noteSend(
    customerId: string,
    { lineId, recipients: { numbers } }: Pick<SendRequestDto, 'lineId' | 'recipients'>,
    sendId: string,
  ): Promise<void> {
    const [number, ...others] = numbers ?? [];
    if (number === undefined || others.length > 0) return;
    const mobile = parseMobile(number);
    if (!mobile.ok) return;
    await execute(
      this.dataSource,
      `INSERT INTO thread_sends (thread_id, send_id) SELECT id, $4 FROM inbox_threads
       WHERE customer_id = $1 AND line_id = $2 AND from_number = $3 ON CONFLICT DO NOTHING`,
      [customerId, lineId, mobile.msisdn, sendId],
    );
  }

  /** Throws thread.notFound. */
  async see(customerId: string, { threadId, ...seen }: ThreadSeenDto): Promise<ThreadDto> {
    // Ids are compared as PostgreSQL writes them.
    const upTo = seen.upTo.toLowerCase();
    return this.transactions.run(async (tx) => {
      const threads = tx.getRepository(InboxThread);
      // What comes in meanwhile waits, and is counted as unread on top.
      const thread = await threads.findOne({
        where: { id: threadId, customerId },
        lock: { mode: 'pessimistic_write' },
      });
      if (!thread) throw new DomainError('thread.notFound');
      if (thread.seenId !== null && upTo <= thread.seenId) return toDto(thread);
      thread.seenId = upTo < thread.lastId ? upTo : thread.lastId;
      const [{ unread } = { unread: 0 }] = await query<{ unread: number }>(
        tx,
        `SELECT count(*)::int AS unread FROM inbox_messages
         WHERE customer_id = $1 AND line_id = $2 AND from_number = $3 AND id > $4`,
        [customerId, thread.lineId, thread.fromNumber, thread.seenId],
      );
      thread.unread = unread;
      await threads.update({ id: threadId }, { seenId: thread.seenId, unread });
      return toDto(thread);
    });
  }

  async unread(customerId: string): Promise<UnreadDto> {
    const [row] = await query<UnreadDto>(
      this.dataSource,
      `SELECT coalesce(sum(unread), 0)::int AS messages, count(*)::int AS threads FROM inbox_threads
       WHERE customer_id = $1 AND unread > 0`,
      [customerId],
    );
    return row ?? { messages: 0, threads: 0 };
  }

  /** Own sends of a thread between two places, the newest first. */
  private async sendsOf(
    threadId: string,
    before: string | undefined,
    after: string | undefined,
  ): Promise<ThreadMessageDto[]> {
    const rows = await query<{
      id: string;
      body: string;
      at: Date;
      send_state: SendState;
      parts: number;
      cost: number;
      lane: string;
      state: number | null;
    }>(
      this.dataSource,
      `SELECT s.id, s.body, s.created_at AS at, s.state AS send_state, s.parts, s.lane, m.state,
         CASE WHEN s.settled THEN s.charged_rials - s.refunded_rials ELSE s.quoted_rials END AS cost
       FROM thread_sends t JOIN sends s ON s.id = t.send_id LEFT JOIN messages m ON m.send_id = s.id AND m.seq = 1
       WHERE t.thread_id = $1 AND ($2::uuid IS NULL OR t.send_id < $2) AND ($3::uuid IS NULL OR t.send_id > $3)
       ORDER BY t.send_id DESC LIMIT ${sendsMax}`,
      [threadId, before ?? null, after ?? null],
    );
    return rows.map((row) => {
      const state = row.state === null ? undefined : messageStates[row.state];
      return {
        id: row.id,
        direction: 'sent',
        // A one-time code is nobody's to read later.
        text: row.lane === 'otp' ? '••••••' : row.body,
        at: row.at.toISOString(),
        sendState: row.send_state,
        parts: row.parts,
        costRials: Number(row.cost),
        ...(state && { state }),
      };
    });
  }

  /** What the secretary sent for these messages, by message. Each answer has a key of its own: no search. */
  private async answersTo(
    customerId: string,
    ids: readonly string[],
  ): Promise<Map<string, ThreadMessageDto>> {
    const rows = await query<{ key: string; id: string; body: string; at: Date; state: number | null }>(
      this.dataSource,
      `SELECT s.idempotency_key AS key, s.id, s.body, s.created_at AS at, m.state
       FROM sends s LEFT JOIN messages m ON m.send_id = s.id AND m.seq = 1
       WHERE s.customer_id = $1 AND s.idempotency_key = ANY($2) AND s.state <> 'refused'`,
      [customerId, ids.map(secretaryKey)],
    );
    const byKey = new Map(rows.map((row) => [row.key, row]));
    return new Map(
      ids.flatMap((inboxId) => {
        const row = byKey.get(secretaryKey(inboxId));
        if (!row) return [];
        const state = row.state === null ? undefined : messageStates[row.state];
        const answer: ThreadMessageDto = {
          id: row.id,
          direction: 'answered',
          text: row.body,
          at: row.at.toISOString(),
          ...(state && { state }),
        };
        return [[inboxId, answer] as const];
      }),
    );
  }
}

/** A received message joins its thread, in the transaction that stores it. */
export async function joinThread(tx: EntityManager, threadId: string, message: InboxMessage): Promise<void> {
  await execute(
    tx,
    `INSERT INTO inbox_threads AS t (id, customer_id, line_id, from_number, to_number, messages, unread, last_id, last_text, last_at)
     VALUES ($1, $2, $3, $4, $5, 1, 1, $6, $7, $8)
     ON CONFLICT (customer_id, line_id, from_number) DO UPDATE SET messages = t.messages + 1, unread = t.unread + 1,
       to_number = excluded.to_number, last_id = excluded.last_id, last_text = excluded.last_text, last_at = excluded.last_at`,
    [
      threadId,
      message.customerId,
      message.lineId,
      message.fromNumber,
      message.toNumber,
      message.id,
      [...message.body].slice(0, lastTextLength).join(''),
      message.receivedAt,
    ],
  );
}

/** The digits that a number would have in common with the search, without what stands before a national number. */
function numberPart(search: string): string | undefined {
  const digits = toLatinDigits(search).replaceAll(/[\s\-+()]/g, '');
  return /^\d{3,}$/.test(digits) ? digits.replace(/^0{1,2}/, '') : undefined;
}

function toDto(thread: InboxThread): ThreadDto {
  return {
    id: thread.id,
    lineId: thread.lineId,
    line: thread.toNumber,
    from: thread.fromNumber,
    messages: thread.messages,
    unread: thread.unread,
    lastId: thread.lastId,
    lastText: thread.lastText,
    lastAt: thread.lastAt.toISOString(),
  };
}
