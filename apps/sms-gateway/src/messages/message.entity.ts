import { messageStates } from '@peyk/contracts';
import type { MessageState } from '@peyk/contracts';
import type { DoubtEnd } from '@peyk/contracts/sms';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { computed } from '../computed';

/**
 * Every allowed move of a message. `in_doubt` is left by a late answer, a receipt, a person or the link's stated
 * policy. What the operator reports after a final state is only logged, but a receipt may still come for one that was
 * given up as unreported.
 */
export const messageTransitions: Readonly<Record<MessageState, readonly MessageState[]>> = {
  queued: ['sent', 'delivered', 'undelivered', 'failed', 'in_doubt', 'blocked', 'cancelled'],
  in_doubt: ['sent', 'delivered', 'undelivered', 'failed', 'queued'],
  sent: ['delivered', 'undelivered', 'unreported'],
  unreported: ['delivered', 'undelivered'],
  delivered: [],
  undelivered: [],
  failed: [],
  blocked: [],
  cancelled: [],
};

export const finalMessageStates: readonly MessageState[] = [
  'delivered',
  'undelivered',
  'failed',
  'blocked',
  'cancelled',
  'unreported',
];

/** Stored as the index in `messageStates`. */
export function stateCode(state: MessageState): number {
  return messageStates.indexOf(state);
}

/** Codes of the states from which `to` may be reached, for `WHERE state = ANY(...)`. */
export function codesBefore(to: MessageState): number[] {
  return messageStates.filter((from) => messageTransitions[from].includes(to)).map(stateCode);
}

@Entity('messages')
@Index('messages_doubtful', ['sendId', 'seq'], { where: 'doubtful' })
export class Message {
  @PrimaryColumn('uuid')
  sendId!: string;

  /** Position in the send, from 1. */
  @PrimaryColumn('int')
  seq!: number;

  @Column('bigint')
  msisdn!: number;

  /** Index in `operators`. */
  @Column('smallint')
  operator!: number;

  @Column('smallint')
  state!: number;

  @Column('smallint')
  parts!: number;

  /** Bit p: part p was taken by the operator, reported delivered, reported undelivered. */
  @Column('int', { default: 0 })
  submittedMask!: number;

  @Column('int', { default: 0 })
  deliveredMask!: number;

  @Column('int', { default: 0 })
  undeliveredMask!: number;

  @Column('int', { default: 0 })
  chargedRials!: number;

  @Column('int', { default: 0 })
  refundedRials!: number;

  @Column('bigint', { nullable: true })
  errorStatus!: number | null;

  @Column('text', { nullable: true })
  operatorIds!: string | null;

  @Column('timestamptz', { nullable: true })
  submittedAt!: Date | null;

  @Column('timestamptz', { nullable: true })
  finalAt!: Date | null;

  /** Computed by PostgreSQL, for the index of messages in doubt. */
  @Column('boolean', computed(`state = ${stateCode('in_doubt')}`))
  readonly doubtful?: boolean;
}

/** Operator's id of a part -> message. */
@Entity('submissions')
export class Submission {
  @PrimaryColumn('text')
  operatorId!: string;

  @PrimaryColumn('uuid')
  linkId!: string;

  @PrimaryColumn('timestamptz')
  submittedAt!: Date;

  @PrimaryColumn('uuid')
  sendId!: string;

  @PrimaryColumn('int')
  seq!: number;

  @PrimaryColumn('smallint')
  part!: number;

  @Column('bigint')
  msisdn!: number;
}

/** How messages that were in doubt got out of it, where not by a late answer. */
@Entity('doubt_settlements')
export class DoubtSettlement {
  @PrimaryColumn('uuid')
  id!: string;

  @Index()
  @Column('uuid')
  sendId!: string;

  @Column('int', { array: true })
  seqs!: number[];

  @Column('text')
  settledAs!: DoubtEnd;

  /** The administrator's account; null: the link's policy, or a receipt. */
  @Column('uuid', { nullable: true })
  settledBy!: string | null;

  @Column('timestamptz', { default: () => 'now()' })
  settledAt!: Date;
}

/** A receipt whose message is not known (yet): it overtook the answer, or belongs to a message in doubt. */
@Entity('orphan_receipts')
@Index(['linkId', 'operatorId'])
@Index('orphan_receipts_other', ['linkId', 'otherId'], { where: "(other_id <> '')" })
@Index(['linkId', 'msisdn'])
export class OrphanReceipt {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  linkId!: string;

  /** '' where it names no message at all. */
  @Column('text')
  operatorId!: string;

  /** The id of its text where its TLV has another. */
  @Column('text', { default: '' })
  otherId!: string;

  /** The likelier recipient, and its other address where that is a number; 0: none. */
  @Column('bigint')
  msisdn!: number;

  @Column('bigint', { default: 0 })
  otherMsisdn!: number;

  /** Index in `receiptStates`. */
  @Column('smallint')
  state!: number;

  @Column('timestamptz')
  reportedAt!: Date;

  @Index()
  @Column('timestamptz', { default: () => 'now()' })
  receivedAt!: Date;
}

/** A message of which every part has a final word that may still be overruled; until `dueAt` it is `sent`. */
@Entity('receipt_waits')
@Index('receipt_waits_due', ['dueAt'])
export class ReceiptWait {
  @PrimaryColumn('uuid')
  sendId!: string;

  @PrimaryColumn('int')
  seq!: number;

  @Column('timestamptz')
  dueAt!: Date;
}
