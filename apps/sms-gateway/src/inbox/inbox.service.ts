import { Injectable } from '@nestjs/common';
import { smsEvents } from '@peyk/contracts';
import type { InboundPartDto, InboxDto, InboxQueryDto } from '@peyk/contracts';
import { execute, query, uuidv7 } from '@peyk/database';
import type { Outbox } from '@peyk/messaging';
import { parseMobile } from '@peyk/persian';
import { DataSource, EntityManager } from 'typeorm';
import { decodeCursor, encodeCursor, uuidPattern } from '../cursor';
import { InboxMessage } from './inbox.entity';
import { SecretaryService } from './secretary.service';
import { joinThread } from './threads.service';

/** Parts of one message come within this time; later ones begin a new message (references are reused). */
const assemblyHours = 24;

/** Messages from subscribers (SMS-019, SMS-210): once each, whole, to the owner of the line. */
@Injectable()
export class InboxService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly secretary: SecretaryService,
  ) {}

  /**
   * Stores one part, and the message when it is whole; in any order of the parts. A repetition changes nothing.
   * @returns the customer who has a message more
   */
  async receive(
    tx: EntityManager,
    outbox: Outbox,
    linkId: string,
    part: InboundPartDto,
  ): Promise<string | undefined> {
    const stored = await execute(
      tx,
      `INSERT INTO inbound_parts (link_id, key, from_number, to_number, reference, total, part, body, received_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING`,
      [
        linkId,
        part.key,
        part.from,
        part.to,
        part.reference ?? null,
        part.total,
        part.part,
        part.text,
        new Date(part.at),
      ],
    );
    if (stored === 0) return undefined;
    const parts =
      part.total === 1
        ? [{ key: part.key, part: 1, body: part.text }]
        : await query<{ key: string; part: number; body: string }>(
            tx,
            `SELECT DISTINCT ON (part) key, part, body FROM inbound_parts
             WHERE link_id = $1 AND to_number = $2 AND from_number = $3 AND reference = $4 AND total = $5 AND inbox_id IS NULL
               AND received_at > now() - $6 * interval '1 hour' ORDER BY part, received_at`,
            [linkId, part.to, part.from, part.reference ?? 0, part.total, assemblyHours],
          );
    if (parts.length < part.total) return undefined;
    const sender = parseMobile(part.from);
    const from = sender.ok ? sender.msisdn : part.from;
    // Messages of one thread get their ids one after the other: what is committed later never has a smaller one, or it
    // would be behind what the owner has seen already.
    const [line] = await query<{ id: string; customer_id: string; secretary_text: string | null }>(
      tx,
      `SELECT id, customer_id, secretary_text, pg_advisory_xact_lock(hashtextextended(id || $3, 0))::text
       FROM lines WHERE number = $1 AND link_id = $2`,
      [part.to.replace(/^\+/, ''), linkId, from],
    );
    const id = uuidv7();
    await execute(tx, 'UPDATE inbound_parts SET inbox_id = $3 WHERE link_id = $1 AND key = ANY($2)', [
      linkId,
      parts.map((row) => row.key),
      id,
    ]);
    // Nobody owns this number here: the parts stay for the operator's questions, no inbox has them.
    if (!line) return undefined;
    const body = parts.map((row) => row.body).join('');
    const message: InboxMessage = {
      id,
      customerId: line.customer_id,
      lineId: line.id,
      fromNumber: from,
      toNumber: part.to,
      body,
      receivedAt: new Date(part.at),
    };
    await tx.getRepository(InboxMessage).insert(message);
    await joinThread(tx, uuidv7(), message);
    await outbox.add(tx, smsEvents.inboxReceived, `inbox:${line.customer_id}`, {
      inboxId: id,
      customerId: line.customer_id,
      from,
      to: part.to,
    });
    await this.secretary.receive(tx, line, id, sender.ok ? sender.msisdn : undefined, body);
    return line.customer_id;
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
        receivedAt: message.receivedAt.toISOString(),
      })),
      ...(found.length > limit && last ? { nextCursor: encodeCursor(last.id) } : {}),
    };
  }
}
