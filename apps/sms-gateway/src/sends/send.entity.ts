import { DomainError, operators } from '@peyk/contracts';
import type { Lane, Language, RefundPolicy, RepeatPeriod, SendKind, SendState } from '@peyk/contracts';
import type { SendCountsDto, SendDto } from '@peyk/contracts/sms';
import { nextTehranOpening } from '@peyk/persian';
import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import type { Relation } from 'typeorm';
import { computed } from '../computed';
import { Line } from '../lines/line.entity';

/**
 * Every allowed move of a send (requirements 10.6). `placing`: its hold is being placed. `cancelling`: nothing more is
 * released, what is on the way still comes back. `suspended`: paused before its time. `missed`: its time came while it
 * could not begin, and had passed too long ago, or a newer occurrence was due.
 */
export const sendTransitions: Readonly<Record<SendState, readonly SendState[]>> = {
  scheduled: ['placing', 'suspended', 'cancelled', 'refused', 'missed'],
  suspended: ['scheduled', 'cancelled'],
  placing: ['queued', 'refused', 'missed'],
  queued: ['sending', 'paused', 'cancelling', 'finished'],
  sending: ['paused', 'cancelling', 'finished'],
  paused: ['queued', 'sending', 'cancelling', 'finished'],
  cancelling: ['cancelled'],
  cancelled: [],
  finished: [],
  refused: [],
  missed: [],
};

/** States from which `to` may be reached. */
export function statesBefore(to: SendState): SendState[] {
  return (Object.keys(sendTransitions) as SendState[]).filter((from) => sendTransitions[from].includes(to));
}

/** Messages may leave. */
export const runningStates: readonly SendState[] = ['queued', 'sending'];
export const finalSendStates: readonly SendState[] = ['finished', 'cancelled', 'refused', 'missed'];
/** Before its time: nothing is held and nobody written, so it may still be changed. */
export const plannedStates: readonly SendState[] = ['scheduled', 'suspended'];

@Entity('sends')
@Check('sends_resale_check', '(reseller_id IS NULL) = (costs IS NULL)')
@Index('sends_unearned', ['id'], { where: '((reseller_id IS NOT NULL) AND (margin_rials IS NULL))' })
@Index('sends_idempotency', ['customerId', 'idempotencyKey'], { unique: true })
@Index(['customerId', 'id'])
@Index('sends_occurrence', ['repeatOf', 'repeatNo'], { unique: true, where: '(repeat_of IS NOT NULL)' })
@Index('sends_open', ['id'], {
  where: `(state <> ALL (ARRAY['finished'::text, 'cancelled'::text, 'refused'::text]))`,
})
@Index('sends_unwritten', ['id'], {
  where: `(unwritten AND (state = ANY (ARRAY['queued'::text, 'sending'::text, 'cancelling'::text])))`,
})
@Index('sends_ready', ['linkId', 'lane', 'lineId', 'customerId', 'id'], {
  where: `(state = ANY (ARRAY['queued'::text, 'sending'::text]))`,
})
@Index('sends_complete', ['id'], { where: 'complete' })
@Index('sends_untold', ['id'], { where: 'untold' })
@Index('sends_awaiting_receipts', ['linkId', 'finishedAt'], { where: 'awaits_receipts' })
@Index('sends_doubtful', ['linkId', 'id'], { where: 'has_doubts' })
@Index('sends_due', ['sendAt'], { where: `(state = 'scheduled'::text)` })
@Index('sends_passing', ['state', 'id'], {
  where: `(state = ANY (ARRAY['placing'::text, 'cancelling'::text]))`,
})
export class Send {
  /** UUIDv7; also the id of its hold in billing. */
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  customerId!: string;

  @Column('uuid')
  lineId!: string;

  @ManyToOne(() => Line, { nullable: false })
  @JoinColumn({ name: 'line_id' })
  line?: Relation<Line>;

  @Column('uuid')
  linkId!: string;

  @Column('text', { nullable: true })
  idempotencyKey!: string | null;

  @Column('text')
  requestHash!: string;

  @Column('text')
  title!: string;

  @Column('text')
  body!: string;

  @Column('text')
  kind!: SendKind;

  @Column('text')
  lane!: Lane;

  @Column('text')
  language!: Language;

  @Column('int')
  parts!: number;

  @Column('boolean', { name: 'is_66_char' })
  is66Char!: boolean;

  @Column('uuid')
  listId!: string;

  /** Position in the list of the message with seq 1. */
  @Column('int')
  firstPosition!: number;

  @Column('int')
  recipients!: number;

  /** Rial a part, by operator code. */
  @Column('int', { array: true })
  prices!: number[];

  /** Whose user the customer was when this was quoted; null: a direct customer. */
  @Column('uuid', { nullable: true })
  resellerId!: string | null;

  /** What a part costs that reseller, Rial, by operator code. */
  @Column('int', { array: true, nullable: true })
  costs!: number[] | null;

  @Column('bigint')
  quotedRials!: number;

  @Column('text')
  refundPolicy!: RefundPolicy;

  @Column('text')
  state!: SendState;

  @Column('text', { nullable: true })
  refusal!: string | null;

  @Column('timestamptz', { nullable: true })
  sendAt!: Date | null;

  @Column('text', { nullable: true })
  repeatEvery!: RepeatPeriod | null;

  @Column('int', { nullable: true })
  repeatTimes!: number | null;

  @Column('int', { default: 1 })
  repeatNo!: number;

  @Column('uuid', { nullable: true })
  repeatOf!: string | null;

  /** Its first occurrence's time, which all others are reckoned from; null: not repeated. */
  @Column('timestamptz', { nullable: true })
  repeatFrom!: Date | null;

  /** What it was planned to cost, where the price of its day is dearer by more than the setting. */
  @Column('bigint', { nullable: true })
  plannedRials!: number | null;

  /** Raised by every change before its time: what was reckoned from an older one is not used. */
  @Column('int', { default: 0 })
  revision!: number;

  /** Messages written to the table: seq 1..cursor exist. Moves in the transaction that writes them. */
  @Column('int', { default: 0 })
  cursor!: number;

  @Column('int', { default: 0 })
  queued!: number;

  @Column('int', { default: 0 })
  sent!: number;

  @Column('int', { default: 0 })
  delivered!: number;

  @Column('int', { default: 0 })
  undelivered!: number;

  @Column('int', { default: 0 })
  failed!: number;

  @Column('int', { default: 0 })
  blocked!: number;

  @Column('int', { default: 0 })
  cancelled!: number;

  @Column('int', { default: 0 })
  inDoubt!: number;

  @Column('int', { default: 0 })
  unreported!: number;

  @Column('bigint', { default: 0 })
  chargedRials!: number;

  @Column('bigint', { default: 0 })
  refundedRials!: number;

  /** What billing knows of it (through the outbox). */
  @Column('bigint', { default: 0 })
  toldChargedRials!: number;

  @Column('bigint', { default: 0 })
  toldRefundedRials!: number;

  // Computed by PostgreSQL: what is still to be done with it, for the indexes of the dispatch loops (docs/adr/0005).

  @Column('boolean', computed('cursor < recipients'))
  readonly unwritten?: boolean;

  @Column('boolean', computed('finished_at IS NULL AND queued = 0 AND in_doubt = 0 AND cursor = recipients'))
  readonly complete?: boolean;

  @Column('boolean', computed('told_charged_rials <> charged_rials OR told_refunded_rials <> refunded_rials'))
  readonly untold?: boolean;

  @Column('boolean', computed('finished_at IS NOT NULL AND sent > 0'))
  readonly awaitsReceipts?: boolean;

  @Column('boolean', computed('in_doubt > 0'))
  readonly hasDoubts?: boolean;

  @Column('boolean', { default: false })
  settled!: boolean;

  /** What billing knows that the reseller earned with it; null: not yet, or no reseller. */
  @Column('bigint', { nullable: true })
  marginRials!: number | null;

  @Column('timestamptz', { default: () => 'now()' })
  createdAt!: Date;

  @Column('timestamptz', { nullable: true })
  startedAt!: Date | null;

  @Column('timestamptz', { nullable: true })
  finishedAt!: Date | null;

  /** Its messages are too old to be kept; counts and costs stay. */
  @Column('timestamptz', { nullable: true })
  messagesRemovedAt!: Date | null;
}

export function assertMove(from: SendState, to: SendState): void {
  if (!sendTransitions[from].includes(to))
    throw new DomainError('send.wrongState', { state: from, wanted: to });
}

export function countsOf(send: Send): SendCountsDto {
  // Recipients that are not written to the table (yet): of a send cancelled before its time there never are any.
  const unwritten = send.recipients - send.cursor;
  const isOver = send.state === 'refused' || send.state === 'missed' || send.state === 'cancelled';
  return {
    queued: isOver ? 0 : send.queued + unwritten,
    sent: send.sent,
    delivered: send.delivered,
    undelivered: send.undelivered,
    failed: send.failed,
    blocked: send.blocked,
    cancelled: send.cancelled + (send.state === 'cancelled' ? unwritten : 0),
    inDoubt: send.inDoubt,
    unreported: send.unreported,
  };
}

export function waitsUntil(send: Send, line: Line, now: Date): Date | null {
  if (!runningStates.includes(send.state) || !line.hasHours) return null;
  const opening = nextTehranOpening(now, { from: line.hoursFrom, to: line.hoursTo });
  return opening > now ? opening : null;
}

/**
 * A one-time code is for its recipient alone: in every answer each word of the lane's text that has a digit is dots.
 * What answers a received message goes in that lane too and is shown by the thread that it belongs to.
 */
export function shownText({ lane, body }: Pick<Send, 'lane' | 'body'>): string {
  return lane === 'otp'
    ? body.replace(/[\p{L}\p{N}]*\p{N}[\p{L}\p{N}]*/gu, (code) => '•'.repeat(code.length))
    : body;
}

export function sendToDto(send: Send, line: Line, partsPerSecond: number): SendDto {
  return {
    id: send.id,
    title: send.title,
    state: send.state,
    refusal: send.refusal,
    kind: send.kind,
    lane: send.lane,
    line: line.toDto(),
    text: shownText(send),
    parts: send.parts,
    recipients: send.recipients,
    listId: send.listId,
    row: send.firstPosition,
    counts: countsOf(send),
    money: {
      quotedRials: send.quotedRials,
      plannedRials: send.plannedRials,
      chargedRials: send.chargedRials,
      releasedRials: send.settled ? send.quotedRials - send.chargedRials : 0,
      refundedRials: send.refundedRials,
      settled: send.settled,
    },
    partsPerSecond,
    createdAt: send.createdAt.toISOString(),
    sendAt: send.sendAt?.toISOString() ?? null,
    repeat:
      send.repeatEvery && send.repeatTimes ? { every: send.repeatEvery, times: send.repeatTimes } : null,
    ...(send.repeatEvery && { repeatNo: send.repeatNo }),
    repeatOf: send.repeatOf,
    waitsUntil: waitsUntil(send, line, new Date())?.toISOString() ?? null,
    startedAt: send.startedAt?.toISOString() ?? null,
    finishedAt: send.finishedAt?.toISOString() ?? null,
    ...(send.messagesRemovedAt && { messagesRemovedAt: send.messagesRemovedAt.toISOString() }),
  };
}

/** Prices by operator code, as `Send.prices` has them. */
export function priceArray(prices: readonly { operator: string; rialsPerPart: number }[]): number[] {
  return byOperator(prices, ({ rialsPerPart }) => rialsPerPart);
}

/** What parts cost the reseller, by operator code, as `Send.costs` has them. */
export function costArray(prices: readonly { operator: string; costRialsPerPart: number }[]): number[] {
  return byOperator(prices, ({ costRialsPerPart }) => costRialsPerPart);
}

function byOperator<T extends { operator: string }>(
  prices: readonly T[],
  rialsOf: (price: T) => number,
): number[] {
  return operators.map((operator) => {
    const price = prices.find((row) => row.operator === operator);
    if (!price) throw new DomainError('tariff.missing', { operator });
    return rialsOf(price);
  });
}

/** The send whose messages are asked for. Throws send.messagesRemoved. */
export function withMessages(send: Send): Send {
  if (send.messagesRemovedAt) throw new DomainError('send.messagesRemoved');
  return send;
}
