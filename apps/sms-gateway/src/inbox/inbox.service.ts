import { Injectable } from '@nestjs/common';
import { smsEvents } from '@peyk/contracts/sms';
import type {
  InboundPartDto,
  InboxDto,
  InboxQueryDto,
  UnlinedMessagesDto,
  UnlinedQueryDto,
} from '@peyk/contracts/sms';
import { Transactions, execute, query, uuidv7 } from '@peyk/database';
import { Outbox } from '@peyk/messaging';
import { encodeUcs2, parseMobile } from '@peyk/persian';
import type { SmsAlphabet } from '@peyk/persian';
import { counter } from '@peyk/platform';
import { DataSource, EntityManager } from 'typeorm';
import { countActivity } from '../activity/activity.entity';
import { decodeCursor, encodeCursor, uuidPattern } from '../cursor';
import { assemble, assemblyMs, textOf } from './assembly';
import type { Joined, OpenPart } from './assembly';
import { InboxMessage } from './inbox.entity';
import { InboxSearch } from './inbox-search';
import { SecretaryService } from './secretary.service';
import { joinThread } from './threads.service';

/** Groups of parts that one step looks through. */
const groupsAStep = 100;
/** What fits no line is kept so long. */
export const unlinedKeepDays = 180;
/** Of the administrator's list: more are counted as so many. */
const unlinedCountMax = 10_000;

const unlined = counter('inbound_unlined_total', 'Messages to numbers that no line has', ['link']);

/** Where a message came from and to. */
interface Path {
  readonly linkId: string;
  /** 98... where it is a mobile, else as the operator wrote it. */
  readonly from: string;
  /** Number of the line, or as the operator wrote it where no line has it. */
  readonly to: string;
  /** Of the sender, 98...; undefined: no mobile sent it. */
  readonly msisdn: string | undefined;
  readonly line: LineRow | undefined;
}

interface LineRow {
  readonly id: string;
  readonly number: string;
  readonly customer_id: string;
  readonly secretary_text: string | null;
  readonly opt_out_words: string[] | null;
}

interface Group {
  readonly reference: number;
  readonly total: number;
}

interface PartRow {
  readonly key: string;
  readonly part: number;
  readonly body: string;
  readonly alphabet: SmsAlphabet | null;
  readonly octets: Buffer | null;
  readonly received_at: Date;
}

/** Messages from subscribers (SMS-019, SMS-210): once each, whole, to the owner of the line. */
@Injectable()
export class InboxService {
  readonly search: InboxSearch;

  constructor(
    private readonly dataSource: DataSource,
    private readonly transactions: Transactions,
    private readonly secretary: SecretaryService,
    private readonly outbox: Outbox,
  ) {
    this.search = new InboxSearch(dataSource);
  }

  /**
   * Stores one part, and what is a message by then (`assembly.ts`). A repetition changes nothing.
   * @returns the customer who has a message more, once for each
   */
  async receive(tx: EntityManager, linkId: string, part: InboundPartDto): Promise<string[]> {
    const path = await pathOf(tx, linkId, part.from, part.to);
    const isLong = part.total > 1;
    const stored = await execute(
      tx,
      `INSERT INTO inbound_parts (link_id, key, from_number, to_number, reference, total, part, body, alphabet, octets, received_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT DO NOTHING`,
      [
        linkId,
        part.key,
        path.from,
        path.to,
        isLong ? (part.reference ?? 0) : null,
        part.total,
        part.part,
        // Of a part the octets say it all.
        part.octets === undefined ? part.text : '',
        part.alphabet ?? null,
        part.octets === undefined ? null : Buffer.from(part.octets, 'base64'),
        new Date(part.at),
      ],
    );
    if (stored === 0) return [];
    if (isLong) return this.join(tx, path, { reference: part.reference ?? 0, total: part.total }, Date.now());
    const owner = await this.store(tx, path, [part.key], part.text, 0, new Date(part.at));
    return owner === undefined ? [] : [owner];
  }

  /** What only the clock decides: parts that came out of order and are quiet now, or wait for too long. Run by the leader. */
  async settle(now = Date.now()): Promise<void> {
    const groups = await query<{
      link_id: string;
      from_number: string;
      to_number: string;
      reference: number | null;
      total: number;
    }>(
      this.dataSource,
      `SELECT DISTINCT link_id, from_number, to_number, reference, total FROM (
         SELECT * FROM inbound_parts WHERE inbox_id IS NULL AND look_at <= $1 ORDER BY look_at LIMIT ${groupsAStep}) AS due`,
      [new Date(now)],
    );
    for (const group of groups) {
      await this.transactions.run(
        async (tx) => {
          const path = await pathOf(tx, group.link_id, group.from_number, group.to_number);
          const owners = await this.join(
            tx,
            // Found by the numbers that they were stored under.
            { ...path, from: group.from_number, to: group.to_number },
            { reference: group.reference ?? 0, total: group.total },
            now,
          );
          const received = new Map<string, { received: number }>();
          for (const owner of owners)
            received.set(owner, { received: (received.get(owner)?.received ?? 0) + 1 });
          await countActivity(tx, received);
        },
        { retrySerialization: 3 },
      );
    }
  }

  async list(customerId: string, filter: InboxQueryDto): Promise<InboxDto> {
    const limit = filter.limit ?? 50;
    const before = decodeCursor(filter.cursor, uuidPattern);
    const search = this.dataSource
      .getRepository(InboxMessage)
      .createQueryBuilder('m')
      .where('m.customer_id = :customerId', { customerId })
      .orderBy('m.id', 'DESC')
      .take(limit + 1);
    if (before) search.andWhere('m.id < :before', { before });
    if (filter.from) {
      const mobile = parseMobile(filter.from);
      search.andWhere('m.from_number = :from', { from: mobile.ok ? mobile.msisdn : filter.from });
    }
    const found = await search.getMany();
    const page = found.slice(0, limit);
    const last = page.at(-1);
    return {
      messages: page.map((message) => ({
        id: message.id,
        from: message.fromNumber,
        to: message.toNumber,
        text: message.body,
        ...(message.missingParts > 0 && { missingParts: message.missingParts }),
        receivedAt: message.receivedAt.toISOString(),
      })),
      ...(found.length > limit && last ? { nextCursor: encodeCursor(last.id) } : {}),
    };
  }

  /** What came to numbers that no line has, newest first: for administrators. */
  async listUnlined(filter: UnlinedQueryDto): Promise<UnlinedMessagesDto> {
    const limit = filter.limit ?? 50;
    const before = decodeCursor(filter.cursor, uuidPattern) ?? null;
    const linkId = filter.linkId ?? null;
    const [found, [counted]] = await Promise.all([
      query<{
        id: string;
        link_id: string;
        link: string;
        from_number: string;
        to_number: string;
        body: string;
        missing_parts: number;
        received_at: Date;
      }>(
        this.dataSource,
        `SELECT u.*, coalesce(k.name, '') AS link FROM unlined_messages u LEFT JOIN links k ON k.id = u.link_id
         WHERE ($1::uuid IS NULL OR u.id < $1) AND ($2::uuid IS NULL OR u.link_id = $2) ORDER BY u.id DESC LIMIT $3`,
        [before, linkId, limit + 1],
      ),
      query<{ total: number }>(
        this.dataSource,
        `SELECT count(*)::int AS total FROM (
           SELECT FROM unlined_messages WHERE $1::uuid IS NULL OR link_id = $1 LIMIT ${unlinedCountMax}  ) AS kept`,
        [linkId],
      ),
    ]);
    const page = found.slice(0, limit);
    const last = page.at(-1);
    return {
      messages: page.map((row) => ({
        id: row.id,
        linkId: row.link_id,
        link: row.link,
        from: row.from_number,
        to: row.to_number,
        text: row.body,
        ...(row.missing_parts > 0 && { missingParts: row.missing_parts }),
        receivedAt: row.received_at.toISOString(),
      })),
      total: counted?.total ?? 0,
      ...(found.length > limit && last ? { nextCursor: encodeCursor(last.id) } : {}),
    };
  }

  /** Makes messages of the open parts of a group. The sender's thread is locked (`pathOf`). */
  private async join(tx: EntityManager, path: Path, group: Group, now: number): Promise<string[]> {
    const ofGroup =
      'link_id = $1 AND to_number = $2 AND from_number = $3 AND coalesce(reference, 0) = $4 AND total = $5';
    const parameters = [path.linkId, path.to, path.from, group.reference, group.total];
    const open = await query<PartRow>(
      tx,
      `SELECT key, part, body, alphabet, octets, received_at FROM inbound_parts
       WHERE ${ofGroup} AND inbox_id IS NULL ORDER BY received_at, arrived_at, key LIMIT 1000`,
      parameters,
    );
    const { messages, lookAt } = assemble(
      open.map((row) => openPart(row, group.total)),
      now,
    );
    const owners: string[] = [];
    for (const message of messages) {
      const repeated = await this.repeats(tx, `${ofGroup}`, parameters, message);
      if (repeated) {
        await close(tx, path.linkId, message.keys, repeated);
        continue;
      }
      const at = Math.max(...message.parts.map((part) => part.at));
      const missing = group.total - message.parts.length;
      const owner = await this.store(tx, path, message.keys, textOf(message), missing, new Date(at));
      if (owner !== undefined) owners.push(owner);
    }
    await execute(
      tx,
      `UPDATE inbound_parts SET look_at = $6 WHERE ${ofGroup} AND inbox_id IS NULL AND look_at IS DISTINCT FROM $6`,
      [...parameters, lookAt === undefined ? null : new Date(lookAt)],
    );
    return owners;
  }

  /** The message of which these parts are nothing but a repetition: an answer was lost, or the SMSC sent twice. */
  private async repeats(
    tx: EntityManager,
    ofGroup: string,
    parameters: readonly unknown[],
    { parts }: Joined,
  ): Promise<string | undefined> {
    const first = Math.min(...parts.map(({ at }) => at));
    const done = await query<PartRow & { inbox_id: string }>(
      tx,
      `SELECT key, part, body, alphabet, octets, received_at, inbox_id FROM inbound_parts
       WHERE ${ofGroup} AND inbox_id IS NOT NULL AND received_at > $6 ORDER BY received_at DESC LIMIT 1000`,
      [...parameters, new Date(first - assemblyMs)],
    );
    const byMessage = new Map<string, OpenPart[]>();
    for (const row of done)
      byMessage.set(row.inbox_id, [...(byMessage.get(row.inbox_id) ?? []), openPart(row, 0)]);
    for (const [inboxId, known] of byMessage)
      if (
        parts.every((part) => known.some((one) => one.part === part.part && one.octets.equals(part.octets)))
      )
        return inboxId;
    return undefined;
  }

  /** A message of its own, to the owner of the line or where no line has it to the administrators. */
  private async store(
    tx: EntityManager,
    { linkId, from, to, msisdn, line }: Path,
    keys: readonly string[],
    body: string,
    missingParts: number,
    receivedAt: Date,
  ): Promise<string | undefined> {
    const id = uuidv7();
    await close(tx, linkId, keys, id);
    if (!line) {
      await execute(
        tx,
        `INSERT INTO unlined_messages (id, link_id, from_number, to_number, body, missing_parts, received_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)`,
        [id, linkId, from, to, body, missingParts, receivedAt],
      );
      unlined.inc({ link: linkId });
      return undefined;
    }
    const message: InboxMessage = {
      id,
      customerId: line.customer_id,
      lineId: line.id,
      fromNumber: from,
      toNumber: line.number,
      body,
      missingParts,
      receivedAt,
    };
    await tx.getRepository(InboxMessage).insert(message);
    await this.search.put(tx, message);
    await joinThread(tx, uuidv7(), message);
    await this.outbox.add(tx, smsEvents.inboxReceived, `inbox:${line.customer_id}`, {
      inboxId: id,
      customerId: line.customer_id,
      from,
      to: line.number,
    });
    await this.secretary.receive(tx, line, id, msisdn, body);
    return line.customer_id;
  }
}

/**
 * The line that the number means in any writing (`line_key`). Takes the lock of the sender's thread: messages of one
 * thread get their ids one after the other, so what is committed later never has a smaller one, or it would be behind
 * what the owner has seen already.
 */
async function pathOf(tx: EntityManager, linkId: string, source: string, destination: string): Promise<Path> {
  const sender = parseMobile(source);
  const from = sender.ok ? sender.msisdn : source;
  const [line] = await query<LineRow>(
    tx,
    `SELECT l.id, l.number, l.customer_id, l.secretary_text, c.opt_out_words,
       pg_advisory_xact_lock(hashtextextended(l.id || $3, 0))::text
     FROM lines l LEFT JOIN line_classes c ON c.line_class = l.line_class
     WHERE line_key(l.number) = line_key($1) AND l.link_id = $2 AND l.retired_at IS NULL`,
    [destination, linkId, from],
  );
  if (!line)
    await query(tx, 'SELECT pg_advisory_xact_lock(hashtextextended($1, 0))::text', [
      `${linkId} ${destination} ${from}`,
    ]);
  return {
    linkId,
    from,
    to: line?.number ?? destination,
    msisdn: sender.ok ? sender.msisdn : undefined,
    line,
  };
}

async function close(tx: EntityManager, linkId: string, keys: readonly string[], id: string): Promise<void> {
  await execute(
    tx,
    'UPDATE inbound_parts SET inbox_id = $3, look_at = NULL WHERE link_id = $1 AND key = ANY($2)',
    [linkId, keys, id],
  );
}

function openPart({ key, part, body, alphabet, octets, received_at }: PartRow, total: number): OpenPart {
  // Without octets: from a worker that sends none yet.
  return octets && alphabet
    ? { key, part, total, octets, alphabet, at: received_at.getTime() }
    : { key, part, total, octets: encodeUcs2(body), alphabet: 'ucs2', at: received_at.getTime() };
}
