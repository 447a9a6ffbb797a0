import { PageQueryDto } from '../core/common.dto';
import { defineRpc } from '../core/define';
import {
  EnumField,
  InstantField,
  IntField,
  ObjectField,
  RialsField,
  StringField,
  UuidField,
} from '../core/fields';
import { messageStates, operators } from '../core/sms-terms';
import type { MessageState, Operator } from '../core/sms-terms';
import { ownSend } from './sends.rpc';

export const doubtPolicies = ['sent', 'failed'] as const;

export class DoubtsQueryDto extends PageQueryDto {
  @UuidField({ description: 'Only of this link', optional: true })
  linkId?: string;

  @UuidField({ description: 'Only of this send', optional: true })
  sendId?: string;
}

export class DoubtDto {
  @UuidField({ description: 'Send id' })
  sendId!: string;

  @IntField({ description: 'Position in the send', min: 1, max: 100_000_000 })
  position!: number;

  @UuidField({
    description: "Owner's account id; null: the platform itself, which is no account",
    nullable: true,
  })
  customerId!: string | null;

  @StringField({ description: 'Recipient, masked: `98912***4567`', maxLength: 20 })
  msisdn!: string;

  @EnumField({ description: 'Operator', values: operators })
  operator!: Operator;

  @IntField({ description: 'Parts', min: 1, max: 100 })
  parts!: number;

  @UuidField({ description: 'Link id' })
  linkId!: string;

  @StringField({ description: 'Name of the link', maxLength: 100 })
  link!: string;

  @InstantField({ description: 'Given to a worker at; it has been in doubt for less long', nullable: true })
  since!: string | null;
}

export class DoubtsDto {
  @ObjectField({
    description: 'Messages in doubt, the oldest send first',
    dto: () => DoubtDto,
    array: { maxItems: 200 },
  })
  doubts!: DoubtDto[];

  @IntField({ description: 'How many there are over all pages', min: 0, max: 1_000_000_000 })
  total!: number;

  @StringField({ description: 'Cursor of the next page; absent on the last', optional: true, maxLength: 200 })
  nextCursor?: string;
}

export class MessageDto {
  @IntField({ description: 'Position in the send, from 1', min: 1, max: 100_000_000 })
  position!: number;

  @StringField({ description: 'Recipient, 98...', maxLength: 15 })
  msisdn!: string;

  @EnumField({ description: 'Operator', values: operators })
  operator!: Operator;

  @EnumField({ description: 'State (SMS-015)', values: messageStates })
  state!: MessageState;

  @IntField({ description: 'Parts', min: 1, max: 100 })
  parts!: number;

  @IntField({ description: 'Parts that the operator took', min: 0, max: 100 })
  submittedParts!: number;

  @RialsField({ description: 'Charged, Rial' })
  chargedRials!: number;

  @RialsField({ description: 'Paid back, Rial' })
  refundedRials!: number;

  @IntField({
    description: 'SMPP command_status of a refusal',
    optional: true,
    nullable: true,
    min: 0,
    max: 4_294_967_295,
  })
  errorStatus?: number | null;

  @StringField({
    description: "Operator's message ids, one a part, parted by spaces",
    optional: true,
    nullable: true,
    maxLength: 700,
  })
  operatorIds?: string | null;

  @InstantField({ description: 'Taken by the operator at', optional: true, nullable: true })
  submittedAt?: string | null;

  @InstantField({ description: 'Final state at', optional: true, nullable: true })
  finalAt?: string | null;
}

export class MessagesQueryDto extends PageQueryDto {
  @UuidField({ description: 'Send id' })
  sendId!: string;

  @EnumField({ description: 'Only this state', optional: true, values: messageStates })
  state?: MessageState;

  @EnumField({ description: 'Only this operator', optional: true, values: operators })
  operator?: Operator;

  @StringField({ description: 'Only this number, any form', optional: true, maxLength: 40 })
  msisdn?: string;
}

export class MessagesDto {
  @ObjectField({ description: 'By position', dto: () => MessageDto, array: { maxItems: 200 } })
  messages!: MessageDto[];

  @IntField({
    description: 'How many there are over all pages; absent when filtered by operator or number',
    optional: true,
    min: 0,
    max: 100_000_000,
  })
  total?: number;

  @StringField({ description: 'Cursor of the next page; absent on the last', optional: true, maxLength: 200 })
  nextCursor?: string;
}

/** Columns of the CSV report in order, by field of MessageDto, with the heading that people see (SMS-014..SMS-016). */
export const reportColumns = [
  ['position', 'ردیف'],
  ['msisdn', 'گیرنده'],
  ['operator', 'اپراتور'],
  ['state', 'وضعیت'],
  ['parts', 'تعداد بخش'],
  ['submittedParts', 'بخش‌های پذیرفته‌شده'],
  ['chargedRials', 'هزینه (ریال)'],
  ['refundedRials', 'برگشتی (ریال)'],
  ['errorStatus', 'کد خطای اپراتور'],
  ['submittedAt', 'زمان ارسال'],
  ['finalAt', 'زمان وضعیت نهایی'],
  ['operatorIds', 'شناسه‌ی اپراتور'],
] as const satisfies readonly (readonly [keyof MessageDto, string])[];

export class ReportPageQueryDto {
  @UuidField({ description: 'Send id' })
  sendId!: string;

  @IntField({
    description: 'Position after which the page begins; 0 for the first page',
    min: 0,
    max: 100_000_000,
  })
  afterPosition!: number;
}

/** One page of a report: up to 2,000 rows as columns; `lastPosition` absent: there is no further page. */
export class ReportPageDto {
  @StringField({
    description:
      'CSV lines of the page in the order of `reportColumns`, each ended by CRLF, without heading; cells safe from formula injection',
    // Ids of an operator may be all quotes, which are doubled.
    maxLength: 4_000_000,
  })
  csv!: string;

  @IntField({ description: 'Position of the last row', optional: true, min: 1, max: 100_000_000 })
  lastPosition?: number;
}

export const doubtSettlements = ['sent', 'failed', 'resend'] as const;

export class DoubtSettleDto {
  @UuidField({ description: 'Send id' })
  sendId!: string;

  @IntField({
    description: 'Position of the message; absent: all in doubt of this send',
    optional: true,
    min: 1,
    max: 100_000_000,
  })
  position?: number;

  @EnumField({
    description:
      'sent: it went out and is charged; failed: it did not and is released; resend: queue it again',
    values: doubtSettlements,
  })
  as!: (typeof doubtSettlements)[number];
}

export class DoubtSettledDto {
  @IntField({ description: 'Messages settled', min: 0, max: 100_000_000 })
  messages!: number;
}

export class MessagePositionDto {
  @UuidField({ description: 'Send id' })
  sendId!: string;

  @IntField({ description: 'Position in the send, from 1', min: 1, max: 100_000_000 })
  position!: number;
}

export const partReceipts = ['delivered', 'undelivered'] as const;

export class MessagePartDto {
  @IntField({ description: 'Number of the part, from 1', min: 1, max: 100 })
  no!: number;

  @StringField({
    description: "Operator's id; null: the operator did not take it, or its answer is not known",
    nullable: true,
    maxLength: 100,
  })
  operatorId!: string | null;

  @InstantField({ description: 'Taken by the operator at', nullable: true })
  submittedAt!: string | null;

  @EnumField({ description: 'What its receipt said; null: none came', nullable: true, values: partReceipts })
  receipt!: (typeof partReceipts)[number] | null;
}

export const messageEventKinds = [
  'accepted',
  'due',
  'given',
  'submitted',
  'refused',
  'inDoubt',
  'settled',
  'charged',
  'released',
  'delivered',
  'undelivered',
  'unreported',
  'refunded',
  'blocked',
  'cancelled',
] as const;

export type MessageEventKind = (typeof messageEventKinds)[number];

/** How a doubt ended: by a person's word or the link's policy (`sent`, `failed`, `resend`), or by a `receipt`. */
export const doubtEnds = ['sent', 'failed', 'resend', 'receipt'] as const;

export type DoubtEnd = (typeof doubtEnds)[number];

export const doubtSettlers = ['person', 'policy', 'receipt'] as const;

export type DoubtSettler = (typeof doubtSettlers)[number];

export class MessageEventDto {
  @EnumField({
    description:
      'accepted: the send was; due: planned time of it; given: to a worker; submitted: taken by the operator; refused: by the operator; inDoubt: written, answer unknown; settled: the doubt was; charged, released, refunded: money; the rest: final states',
    values: messageEventKinds,
  })
  kind!: MessageEventKind;

  @InstantField({ description: 'When; null: it happened, its moment is not kept', nullable: true })
  at!: string | null;

  @IntField({ description: 'submitted: parts', optional: true, min: 1, max: 100 })
  parts?: number;

  @RialsField({ description: 'charged, released, refunded: Rial', optional: true })
  rials?: number;

  @StringField({ description: 'given: name of the link', optional: true, maxLength: 100 })
  link?: string;

  @IntField({
    description: 'refused: SMPP command_status, where the operator gave one',
    optional: true,
    min: 0,
    max: 4_294_967_295,
  })
  errorStatus?: number;

  @EnumField({ description: 'settled: how', optional: true, values: doubtEnds })
  settledAs?: DoubtEnd;

  @EnumField({ description: 'settled: by whom', optional: true, values: doubtSettlers })
  settledBy?: DoubtSettler;
}

export class MessageTimelineDto {
  @ObjectField({ description: 'The message as it is now', dto: () => MessageDto })
  message!: MessageDto;

  @ObjectField({ description: 'Its parts in order', dto: () => MessagePartDto, array: { maxItems: 100 } })
  parts!: MessagePartDto[];

  @ObjectField({
    description:
      'What happened, in order; of a send that ended more than three days ago `given` is not kept any more',
    dto: () => MessageEventDto,
    array: { maxItems: 100 },
  })
  events!: MessageEventDto[];
}

export const smsMessagesRpc = {
  doubts: defineRpc({
    name: 'sms.messages.doubts',
    input: DoubtsQueryDto,
    output: DoubtsDto,
    access: 'user',
    does: 'Messages in doubt of all customers, to be settled by an administrator (guarantee 2).',
    errors: ['access.denied'],
    deadlineMs: 15_000,
  }),
  read: defineRpc({
    name: 'sms.messages.read',
    input: MessagePositionDto,
    output: MessageTimelineDto,
    access: 'user',
    does: 'One message of an own send, its parts, and what happened to it in order (SMS-016).',
    errors: ['send.notFound', 'send.messagesRemoved', 'message.notFound'],
  }),
  list: defineRpc({
    name: 'sms.messages.list',
    input: MessagesQueryDto,
    output: MessagesDto,
    access: 'user',
    does: 'Messages of one own send (SMS-016, SMS-017).',
    errors: [...ownSend, 'send.messagesRemoved'],
  }),
  report: defineRpc({
    name: 'sms.messages.report',
    input: ReportPageQueryDto,
    output: ReportPageDto,
    access: 'user',
    does: 'One page of the CSV report (SMS-214).',
    errors: [...ownSend, 'send.messagesRemoved'],
    deadlineMs: 15_000,
  }),
  settleDoubt: defineRpc({
    name: 'sms.messages.settleDoubt',
    input: DoubtSettleDto,
    output: DoubtSettledDto,
    access: 'user',
    does: 'An administrator settles messages in doubt (guarantee 2).',
    errors: [...ownSend, 'message.wrongState', 'access.denied'],
  }),
};
