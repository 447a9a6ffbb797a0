import { Injectable } from '@nestjs/common';
import { DomainError, messageStates } from '@peyk/contracts';
import type { MessageState } from '@peyk/contracts';
import type { DoubtEnd, MessageEventDto, MessagePartDto, MessageTimelineDto } from '@peyk/contracts/sms';
import { query } from '@peyk/database';
import { DataSource } from 'typeorm';
import { Message } from '../messages/message.entity';
import { messageToDto } from '../messages/messages.service';
import type { Send } from '../sends/send.entity';

const givenMax = 20;
const settledMax = 20;

interface Given {
  readonly at: Date;
  readonly link: string;
}
interface Settled {
  readonly at: Date;
  readonly settled_as: DoubtEnd;
  readonly settled_by: string | null;
}

/** What happened to one message, as far as the tables know it (SMS-016). */
@Injectable()
export class TimelineService {
  constructor(private readonly dataSource: DataSource) {}

  /** The send is the caller's own (checked before). Throws message.notFound. */
  async read(send: Send, seq: number): Promise<MessageTimelineDto> {
    const message = await this.dataSource.getRepository(Message).findOneBy({ sendId: send.id, seq });
    if (!message) throw new DomainError('message.notFound');
    const [given, settled] = await Promise.all([
      query<Given>(
        this.dataSource,
        `SELECT b.assigned_at AS at, l.name AS link FROM batches b JOIN links l ON l.id = b.link_id
         WHERE b.send_id = $1 AND b.assigned_at IS NOT NULL AND $2 >= b.first_seq AND $2 < b.first_seq + b.count
         ORDER BY b.assigned_at DESC LIMIT ${givenMax}`,
        [send.id, seq],
      ),
      query<Settled>(
        this.dataSource,
        `SELECT settled_at AS at, settled_as, settled_by FROM doubt_settlements
         WHERE send_id = $1 AND $2 = ANY(seqs) ORDER BY settled_at DESC LIMIT ${settledMax}`,
        [send.id, seq],
      ),
    ]);
    return {
      message: messageToDto(message),
      parts: partsOf(message),
      events: eventsOf(send, message, given.reverse(), settled.reverse()),
    };
  }
}

export function partsOf(message: Message): MessagePartDto[] {
  const ids = (message.operatorIds ?? '').split(' ');
  return Array.from({ length: message.parts }, (_, index) => {
    const has = (mask: number): boolean => ((mask >> index) & 1) === 1;
    const taken = has(message.submittedMask);
    const id = ids[index];
    return {
      no: index + 1,
      operatorId: taken && id !== undefined && id !== '' && id !== '-' ? id : null,
      submittedAt: taken ? (message.submittedAt?.toISOString() ?? null) : null,
      receipt: has(message.deliveredMask) ? 'delivered' : has(message.undeliveredMask) ? 'undelivered' : null,
    };
  });
}

/** In order of time; what has none stands where it must have been. */
export function eventsOf(
  send: Pick<Send, 'createdAt' | 'sendAt' | 'prices'>,
  message: Message,
  given: readonly Given[],
  settled: readonly Settled[],
): MessageEventDto[] {
  const state: MessageState = messageStates[message.state] ?? 'queued';
  const text = (date: Date | null): string | null => date?.toISOString() ?? null;
  const { submittedAt, finalAt, chargedRials, refundedRials } = message;
  const submittedParts = partsOf(message).filter((part) => part.submittedAt !== null).length;
  const events: MessageEventDto[] = [{ kind: 'accepted', at: text(send.createdAt) }];
  if (send.sendAt) events.push({ kind: 'due', at: text(send.sendAt) });
  for (const { at, link } of given) events.push({ kind: 'given', at: text(at), link });
  // The first doubt follows the last assignment before its settlement; its own moment is kept nowhere.
  if (state === 'in_doubt' && settled.length === 0) events.push({ kind: 'inDoubt', at: null });
  for (const { at, settled_as, settled_by } of settled) {
    const settledBy = settled_as === 'receipt' ? 'receipt' : settled_by === null ? 'policy' : 'person';
    const event: MessageEventDto = { kind: 'settled', at: text(at), settledAs: settled_as, settledBy };
    // Before what followed it: another assignment after a resend.
    const next = events.findIndex((one) => one.kind === 'given' && one.at !== null && new Date(one.at) > at);
    events.splice(next < 0 ? events.length : next, 0, { kind: 'inDoubt', at: null }, event);
  }
  if (state === 'in_doubt' && settled.length > 0) events.push({ kind: 'inDoubt', at: null });
  if (submittedParts > 0) events.push({ kind: 'submitted', at: text(submittedAt), parts: submittedParts });
  if (state === 'failed')
    events.push({
      kind: 'refused',
      at: text(finalAt),
      ...(message.errorStatus !== null && { errorStatus: message.errorStatus }),
    });
  if (chargedRials > 0)
    events.push({ kind: 'charged', at: text(submittedAt ?? finalAt), rials: chargedRials });
  if (
    state === 'delivered' ||
    state === 'undelivered' ||
    state === 'unreported' ||
    state === 'blocked' ||
    state === 'cancelled'
  )
    events.push({ kind: state, at: text(finalAt) });
  const quoted = message.parts * (send.prices[message.operator] ?? 0);
  const ended = state !== 'queued' && state !== 'in_doubt';
  if (ended && chargedRials < quoted)
    events.push({ kind: 'released', at: text(finalAt ?? submittedAt), rials: quoted - chargedRials });
  if (refundedRials > 0) events.push({ kind: 'refunded', at: text(finalAt), rials: refundedRials });
  return events;
}
