import { smsAlphabets } from '@peyk/persian';
import type { SmsAlphabet } from '@peyk/persian';
import { ColumnField, EnumField, IntField, ObjectField, StringField, UuidField } from '../core/fields';

export const maxBatchMessages = 100;

export const outcomeKinds = ['sent', 'failed', 'in_doubt', 'returned'] as const;

export type OutcomeKind = (typeof outcomeKinds)[number];

export const receiptStates = [
  'delivered',
  'undelivered',
  'expired',
  'rejected',
  'deleted',
  'unknown',
  'accepted',
] as const;

export type ReceiptState = (typeof receiptStates)[number];

const rows = 5_000;

/**
 * What happened, from one worker session, in order. Everything is in columns; `batch` columns index `batchIds`.
 * Published persistent, confirmed; the worker acknowledges deliver_sm only after the confirm.
 */
export class OutcomeBatchDto {
  @UuidField({ description: 'Session' })
  sessionId!: string;
  @IntField({
    description: 'Which report of its session it is, from 1; the same when it is published again',
    min: 1,
    max: 9_000_000_000_000_000,
  })
  number!: number;
  @UuidField({ description: 'Link' })
  linkId!: string;
  @UuidField({ description: 'Dictionary of batch ids', array: { maxItems: rows } })
  batchIds!: string[];

  @ColumnField({ description: 'started: batch', item: 'integer', min: 0, max: rows, maxItems: rows })
  startedBatch!: number[];
  @ColumnField({
    description: 'started: rows before this index may have been written',
    item: 'integer',
    min: 0,
    max: maxBatchMessages,
    maxItems: rows,
  })
  startedTo!: number[];

  @ColumnField({ description: 'outcome: batch', item: 'integer', min: 0, max: rows, maxItems: rows })
  outcomeBatch!: number[];
  @ColumnField({
    description: 'outcome: index in the batch; of `returned` the first index that was not started',
    item: 'integer',
    min: 0,
    max: maxBatchMessages,
    maxItems: rows,
  })
  outcomeIndex!: number[];
  @ColumnField({
    description: 'outcome: index into outcomeKinds',
    item: 'integer',
    min: 0,
    max: 3,
    maxItems: rows,
  })
  outcomeKind!: number[];
  @ColumnField({
    description: 'outcome: bit p set = part p was taken by the operator',
    item: 'integer',
    min: 0,
    max: 2_147_483_647,
    maxItems: rows,
  })
  outcomeParts!: number[];
  @ColumnField({
    description: 'outcome: command_status of the refusal or 0',
    item: 'integer',
    min: 0,
    max: 4_294_967_295,
    maxItems: rows,
  })
  outcomeStatus!: number[];
  @ColumnField({
    description:
      "outcome: operator's ids of the parts in part order, parted by spaces, '-' for a part without one",
    item: 'string',
    maxLength: 700,
    maxItems: rows,
  })
  outcomeIds!: string[];
  @ColumnField({
    description: 'outcome: when, ms since 1970',
    item: 'integer',
    min: 0,
    max: 9_000_000_000_000,
    maxItems: rows,
  })
  outcomeAt!: number[];

  @ColumnField({
    description: "receipt: operator's id as the receipt has it",
    item: 'string',
    maxLength: 70,
    maxItems: rows,
  })
  receiptId!: string[];
  @ColumnField({
    description: 'receipt: the id as its text has it where its TLV has another, else empty',
    optional: true,
    item: 'string',
    maxLength: 70,
    maxItems: rows,
  })
  receiptOtherId?: string[];
  @ColumnField({
    description: 'receipt: index into receiptStates',
    item: 'integer',
    min: 0,
    max: 6,
    maxItems: rows,
  })
  receiptState!: number[];
  @ColumnField({
    description: 'receipt: whom the message went to, 98..., or 0',
    item: 'integer',
    min: 0,
    max: 999_999_999_999_999,
    maxItems: rows,
  })
  receiptMsisdn!: number[];
  @ColumnField({
    description:
      'receipt: its other address, where it is a number: some operators do not turn the addresses round',
    optional: true,
    item: 'integer',
    min: 0,
    max: 999_999_999_999_999,
    maxItems: rows,
  })
  receiptOtherMsisdn?: number[];
  @ColumnField({
    description: "receipt: operator's error code",
    item: 'string',
    maxLength: 10,
    maxItems: rows,
  })
  receiptError!: string[];
  @ColumnField({
    description: 'receipt: when, ms since 1970',
    item: 'integer',
    min: 0,
    max: 9_000_000_000_000,
    maxItems: rows,
  })
  receiptAt!: number[];
  @ColumnField({
    description: 'receipt: where the worker itself knows the message: batch, else -1',
    item: 'integer',
    min: -1,
    max: rows,
    maxItems: rows,
  })
  receiptBatch!: number[];
  @ColumnField({
    description: 'receipt: index in that batch',
    item: 'integer',
    min: 0,
    max: maxBatchMessages,
    maxItems: rows,
  })
  receiptIndex!: number[];
  @ColumnField({ description: 'receipt: part, from 0', item: 'integer', min: 0, max: 31, maxItems: rows })
  receiptPart!: number[];

  @ObjectField({
    description: 'Messages from subscribers',
    dto: () => InboundPartDto,
    array: { maxItems: 500 },
  })
  inbound!: InboundPartDto[];
}

/** One deliver_sm that is no receipt. */
export class InboundPartDto {
  @StringField({ description: 'source_addr', maxLength: 25 })
  from!: string;
  @StringField({ description: 'destination_addr', maxLength: 25 })
  to!: string;
  @StringField({ description: 'Text of this part, decoded alone', maxLength: 2_000, halves: true })
  text!: string;
  @EnumField({
    description: 'Of a part of a long message: how its octets become letters once all are joined',
    values: smsAlphabets,
    optional: true,
  })
  alphabet?: SmsAlphabet;
  @StringField({
    description: 'Of a part of a long message: its octets without the user data header, base64',
    optional: true,
    maxLength: 2_800,
  })
  octets?: string;
  @IntField({
    description: 'Concatenation reference; absent: not a part',
    optional: true,
    min: 0,
    max: 65_535,
  })
  reference?: number;
  @IntField({ description: 'Parts in all', min: 1, max: 255 })
  total!: number;
  @IntField({ description: 'Number of this part, from 1', min: 1, max: 255 })
  part!: number;
  @StringField({ description: 'Made of the PDU: the same deliver_sm sent again has the same', maxLength: 80 })
  key!: string;
  @IntField({ description: 'When, ms since 1970', min: 0, max: 9_000_000_000_000 })
  at!: number;
}
