import { EmptyDto, PageQueryDto } from './common.dto';
import { defineRpc } from './define';
import {
  BooleanField,
  EnumField,
  InstantField,
  IntField,
  NumberField,
  ObjectField,
  RialsField,
  SearchField,
  StringField,
  UuidField,
} from './fields';
import {
  languages,
  lanes,
  lineClasses,
  maxTextLength,
  maxTypedNumbers,
  messageStates,
  operators,
  refundPolicies,
  repeatPeriods,
  sendKinds,
  sortOrders,
  sendStates,
} from './sms-terms';
import type {
  Language,
  Lane,
  LineClass,
  MessageState,
  Operator,
  RefundPolicy,
  RepeatPeriod,
  SendKind,
  SendState,
  SortOrder,
} from './sms-terms';
import { RecipientsDto } from './targeting.rpc';

// Lines

export class LineDto {
  @UuidField({ description: 'Line id' })
  id!: string;

  @StringField({ description: 'Sender number as the recipient sees it', maxLength: 20 })
  number!: string;

  @EnumField({ description: 'Class', values: lineClasses })
  lineClass!: LineClass;

  @IntField({
    description: 'First hour of sending, Asia/Tehran; with `hoursTo` 24 and 0 there is no limit',
    min: 0,
    max: 23,
  })
  hoursFrom!: number;

  @IntField({ description: 'Hour at which sending stops, Asia/Tehran', min: 1, max: 24 })
  hoursTo!: number;

  @BooleanField({ description: 'Counts 66 instead of 67 letters in a part of a long Persian text' })
  is66Char!: boolean;

  @EnumField({ description: 'What is charged', values: refundPolicies })
  refundPolicy!: RefundPolicy;

  @BooleanField({ description: 'Usable' })
  active!: boolean;

  @StringField({
    description: 'What the secretary answers to received messages (SMS-020)',
    optional: true,
    nullable: true,
    maxLength: maxTextLength,
  })
  secretaryText?: string | null;

  @BooleanField({
    description:
      'Also of other customers, for who has no line of its own; received messages do not come to them',
    optional: true,
  })
  shared?: boolean;
}

/** The secretary of a line (SMS-020): one text that answers every message that nothing else answers. */
export class SecretaryDto {
  @UuidField({ description: 'Line id' })
  lineId!: string;

  @StringField({
    description:
      'Answer to every sender, at most once a day each and paid like any message; null: no answers',
    nullable: true,
    minLength: 1,
    maxLength: maxTextLength,
  })
  text!: string | null;
}

export class LinesDto {
  @ObjectField({ description: 'Own lines', dto: () => LineDto, array: { maxItems: 200 } })
  lines!: LineDto[];
}

// Quote and create

export class QuoteRequestDto {
  @UuidField({ description: 'Sender line' })
  lineId!: string;

  @StringField({ description: 'Message text', minLength: 0, maxLength: maxTextLength })
  text!: string;

  @ObjectField({ description: 'To whom', dto: () => RecipientsDto })
  recipients!: RecipientsDto;
}

export class QuoteRowDto {
  @EnumField({ description: 'Operator', values: operators })
  operator!: Operator;

  @IntField({ description: 'Recipients', min: 0, max: 100_000_000 })
  recipients!: number;

  @RialsField({ description: 'Price of one part, Rial' })
  rialsPerPart!: number;

  @RialsField({ description: 'recipients x parts x price, Rial' })
  totalRials!: number;
}

export class QuoteDto {
  @IntField({ description: 'Recipients in all', min: 0, max: 100_000_000 })
  recipients!: number;

  @IntField({ description: 'Parts of one message', min: 0, max: 100 })
  parts!: number;

  @IntField({ description: 'Length in units: septets of GSM-7 or UCS-2 code units', min: 0, max: 100_000 })
  units!: number;

  @EnumField({ description: 'Price language', values: languages })
  language!: Language;

  @StringField({ description: 'Letters that make the text UCS-2, each once, at most 50', maxLength: 200 })
  ucs2Letters!: string;

  @ObjectField({ description: 'Price by operator', dto: () => QuoteRowDto, array: { maxItems: 10 } })
  rows!: QuoteRowDto[];

  @RialsField({ description: 'Total price, Rial' })
  totalRials!: number;

  @RialsField({ description: 'Available credit, Rial' })
  availableRials!: number;

  @BooleanField({ description: 'The credit is enough now' })
  enough!: boolean;

  @ObjectField({ description: 'Sender line', dto: () => LineDto })
  line!: LineDto;

  @InstantField({
    description: "When the first message could leave: now, or when the line's sending hours begin",
  })
  startsAt!: string;

  @IntField({ description: 'Typed numbers that are no mobile number', min: 0, max: maxTypedNumbers })
  invalidNumbers!: number;

  @IntField({ description: 'Typed numbers that repeat another', min: 0, max: maxTypedNumbers })
  duplicateNumbers!: number;
}

export class RepeatDto {
  @EnumField({
    description: 'Every day, week or Jalali month at the same Tehran time (SMS-007)',
    values: repeatPeriods,
  })
  every!: RepeatPeriod;

  @IntField({ description: 'How many times in all, the first one included', min: 2, max: 366 })
  times!: number;
}

export class SendRequestDto extends QuoteRequestDto {
  @StringField({
    description: 'Chosen by the client; a repeat gives the same send back',
    minLength: 8,
    maxLength: 100,
    pattern: /^[\w.:-]+$/,
  })
  idempotencyKey!: string;

  @StringField({ description: 'Title for reports', optional: true, maxLength: 200 })
  title?: string;

  @InstantField({ description: 'When; absent: now (SMS-006)', optional: true })
  sendAt?: string;

  @ObjectField({ description: 'Repetition', optional: true, dto: () => RepeatDto })
  repeat?: RepeatDto;

  @EnumField({
    description: 'Lane: otp (1 recipient), transactional (up to 100), bulk',
    optional: true,
    values: lanes,
  })
  lane?: Lane;
}

/** What is not said stays as it is. */
export class SendChangeDto {
  @UuidField({ description: 'Send id' })
  sendId!: string;

  @StringField({ description: 'Message text', optional: true, minLength: 0, maxLength: maxTextLength })
  text?: string;

  @StringField({ description: 'Title for reports', optional: true, maxLength: 200 })
  title?: string;

  @ObjectField({ description: 'To whom', optional: true, dto: () => RecipientsDto })
  recipients?: RecipientsDto;

  @InstantField({
    description:
      'When; of the first occurrence of a repetition also what all others are reckoned from, of a later one before the next one',
    optional: true,
  })
  sendAt?: string;
}

// Sends

export class SendCountsDto {
  @IntField({ description: 'Waiting or on the way to the operator', min: 0, max: 100_000_000 })
  queued!: number;
  @IntField({ description: 'Taken by the operator, no receipt yet', min: 0, max: 100_000_000 })
  sent!: number;
  @IntField({ description: 'Delivered', min: 0, max: 100_000_000 })
  delivered!: number;
  @IntField({ description: 'Reported undelivered', min: 0, max: 100_000_000 })
  undelivered!: number;
  @IntField({ description: 'Refused by the operator', min: 0, max: 100_000_000 })
  failed!: number;
  @IntField({ description: 'Recipient refuses such messages', min: 0, max: 100_000_000 })
  blocked!: number;
  @IntField({ description: 'Cancelled before sending', min: 0, max: 100_000_000 })
  cancelled!: number;
  @IntField({
    description: 'Written to the operator, answer unknown: never sent again blindly',
    min: 0,
    max: 100_000_000,
  })
  inDoubt!: number;
  @IntField({
    description: "Taken by the operator, no receipt within the link's time",
    min: 0,
    max: 100_000_000,
  })
  unreported!: number;
}

export class SendMoneyDto {
  @RialsField({
    description: 'Quoted price of the whole send, Rial; of a scheduled one asked anew when its time comes',
  })
  quotedRials!: number;
  @RialsField({
    description:
      'What it was planned to cost, the occurrence before or when it was scheduled, Rial; only where the price of its day is dearer by more than `SMS_DEARER_PERCENT`',
    optional: true,
    nullable: true,
  })
  plannedRials?: number | null;
  @RialsField({ description: 'Charged for parts that the operator took, Rial' })
  chargedRials!: number;
  @RialsField({ description: 'Given back: not sent, failed, blocked or cancelled, Rial' })
  releasedRials!: number;
  @RialsField({ description: 'Paid back for undelivered messages on a line that does so, Rial' })
  refundedRials!: number;
  @BooleanField({ description: 'The hold in the ledger has ended; nothing more moves but refunds' })
  settled!: boolean;
}

export class SendDto {
  @UuidField({ description: 'Send id' })
  id!: string;

  @StringField({ description: 'Title', maxLength: 200 })
  title!: string;

  @EnumField({ description: 'State', values: sendStates })
  state!: SendState;

  @StringField({
    description: 'Error code when refused or missed',
    optional: true,
    nullable: true,
    maxLength: 100,
  })
  refusal?: string | null;

  @EnumField({ description: 'One recipient or more (SMS-217)', values: sendKinds })
  kind!: SendKind;

  @EnumField({ description: 'Lane', values: lanes })
  lane!: Lane;

  @ObjectField({ description: 'Sender line', dto: () => LineDto })
  line!: LineDto;

  @StringField({ description: 'Text', maxLength: maxTextLength })
  text!: string;

  @IntField({ description: 'Parts of one message', min: 1, max: 100 })
  parts!: number;

  @IntField({ description: 'Recipients', min: 0, max: 100_000_000 })
  recipients!: number;

  @UuidField({ description: 'The recipient list that it goes to; lists stay as they are' })
  listId!: string;

  @IntField({ description: 'Position in the list of its first recipient, from 1', min: 1, max: 100_000_000 })
  row!: number;

  @ObjectField({ description: 'Messages by state', dto: () => SendCountsDto })
  counts!: SendCountsDto;

  @ObjectField({ description: 'Money', dto: () => SendMoneyDto })
  money!: SendMoneyDto;

  @NumberField({ description: 'Parts a second that left in the last seconds', min: 0, max: 1_000_000 })
  partsPerSecond!: number;

  @InstantField({ description: 'Accepted at' })
  createdAt!: string;

  @InstantField({ description: 'Planned for', optional: true, nullable: true })
  sendAt?: string | null;

  @ObjectField({ description: 'Repetition', optional: true, nullable: true, dto: () => RepeatDto })
  repeat?: RepeatDto | null;

  @IntField({
    description: 'Which occurrence of its repetition this is, from 1',
    optional: true,
    min: 1,
    max: 366,
  })
  repeatNo?: number;

  @UuidField({
    description: 'The repeated send that this one is an occurrence of',
    optional: true,
    nullable: true,
  })
  repeatOf?: string | null;

  @InstantField({ description: "Waits for the line's sending hours until", optional: true, nullable: true })
  waitsUntil?: string | null;

  @InstantField({ description: 'First message left at', optional: true, nullable: true })
  startedAt?: string | null;

  @InstantField({ description: 'Last message left the queue at', optional: true, nullable: true })
  finishedAt?: string | null;

  @InstantField({
    description:
      'Its single messages are too old to be kept and were removed then: no message, breakdown or report of it is answered any more. Absent: they are there',
    optional: true,
  })
  messagesRemovedAt?: string;
}

export class SendsQueryDto extends PageQueryDto {
  @EnumField({ description: 'Only this state', optional: true, values: sendStates })
  state?: SendState;

  @EnumField({ description: 'Only this kind (SMS-013)', optional: true, values: sendKinds })
  kind?: SendKind;

  @SearchField({ of: 'title or text' })
  search?: string;

  @UuidField({ description: 'Only of this line', optional: true })
  lineId?: string;

  @InstantField({ description: 'Only accepted from then on', optional: true })
  from?: string;

  @InstantField({ description: 'Only accepted before', optional: true })
  to?: string;

  @EnumField({
    description: 'By the time of acceptance; newest first unless told',
    optional: true,
    values: sortOrders,
  })
  sort?: SortOrder;
}

export class SendsDto {
  @ObjectField({ description: 'In the order asked for', dto: () => SendDto, array: { maxItems: 200 } })
  sends!: SendDto[];

  @IntField({
    description:
      'On the first page: how many there are over all pages, unless they are searched or more than 10,000',
    optional: true,
    min: 0,
    max: 10_000,
  })
  total?: number;

  @StringField({ description: 'Cursor of the next page; absent on the last', optional: true, maxLength: 200 })
  nextCursor?: string;
}

export class SendIdDto {
  @UuidField({ description: 'Send id' })
  sendId!: string;
}

export class SendTitlesQueryDto {
  @UuidField({ description: 'Send ids', array: { maxItems: 200 } })
  sendIds!: string[];
}

export class SendTitleDto {
  @UuidField({ description: 'Send id' })
  sendId!: string;

  @StringField({
    description: 'Title; empty for a one-time code, which nobody is to read here',
    maxLength: 200,
  })
  title!: string;

  @IntField({ description: 'Recipients', min: 0, max: 100_000_000 })
  recipients!: number;
}

export class SendTitlesDto {
  @ObjectField({
    description: 'Those of them that exist and may be seen, in any order',
    dto: () => SendTitleDto,
    array: { maxItems: 200 },
  })
  sends!: SendTitleDto[];
}

// Messages

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

/** To whom a send goes, also before its time, when it has no messages yet. */
export class SendRecipientDto {
  @IntField({ description: 'Position in the send, from 1; that of its message', min: 1, max: 100_000_000 })
  position!: number;

  @StringField({ description: 'Recipient, 98...', maxLength: 15 })
  msisdn!: string;

  @EnumField({ description: 'Operator', values: operators })
  operator!: Operator;
}

export class SendRecipientsQueryDto extends PageQueryDto {
  @UuidField({ description: 'Send id' })
  sendId!: string;

  @StringField({ description: 'Only this number, any form', optional: true, maxLength: 40 })
  msisdn?: string;
}

export class SendRecipientsDto {
  @ObjectField({ description: 'By position', dto: () => SendRecipientDto, array: { maxItems: 200 } })
  recipients!: SendRecipientDto[];

  @IntField({ description: 'How many there are over all pages', min: 0, max: 100_000_000 })
  total!: number;

  @BooleanField({
    description: 'The list of the send was deleted: nobody is known any more. Absent: it is there',
    optional: true,
  })
  listDeleted?: boolean;

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

// Inbox

export class InboxMessageDto {
  @UuidField({ description: 'Id' })
  id!: string;

  @StringField({ description: 'Sender, 98... or as the operator gave it', maxLength: 25 })
  from!: string;

  @StringField({ description: 'Line it came to', maxLength: 25 })
  to!: string;

  @StringField({ description: 'Text, parts joined', maxLength: 20_000 })
  text!: string;

  @IntField({
    description:
      'Parts that did not come within a day; their places in the text are marked. Absent: it is whole',
    optional: true,
    min: 1,
    max: 254,
  })
  missingParts?: number;

  @InstantField({ description: 'Received at' })
  receivedAt!: string;
}

export class InboxDto {
  @ObjectField({ description: 'Newest first', dto: () => InboxMessageDto, array: { maxItems: 200 } })
  messages!: InboxMessageDto[];

  @StringField({ description: 'Cursor of the next page; absent on the last', optional: true, maxLength: 200 })
  nextCursor?: string;
}

export class InboxQueryDto extends PageQueryDto {
  @StringField({ description: 'Only from this number, any form', optional: true, maxLength: 40 })
  from?: string;
}

// Links (operations)

export const bindStates = ['bound', 'connecting', 'throttled', 'closed'] as const;
export class BindDto {
  @IntField({ description: 'Number of the bind, from 0', min: 0, max: 100 })
  no!: number;

  @StringField({ description: 'Worker that owns it', optional: true, nullable: true, maxLength: 64 })
  worker?: string | null;

  @EnumField({ description: 'State', values: bindStates })
  state!: (typeof bindStates)[number];

  @InstantField({ description: 'In this state since; null: nobody owns it', optional: true, nullable: true })
  since?: string | null;
}

export class LinkDto {
  @UuidField({ description: 'Link id' })
  id!: string;
  @StringField({ description: 'Name', maxLength: 100 })
  name!: string;
  @IntField({ description: 'Contracted parts a second; 0: no limit', min: 0, max: 100_000 })
  partsPerSecond!: number;
  @IntField({ description: 'Window a bind', min: 1, max: 10_000 })
  window!: number;
  @NumberField({ description: 'Parts a second now', min: 0, max: 1_000_000 })
  currentPartsPerSecond!: number;
  @IntField({ description: 'Messages waiting', min: 0, max: 1_000_000_000 })
  backlog!: number;
  @IntField({ description: 'Messages in doubt', min: 0, max: 1_000_000_000 })
  inDoubt!: number;
  @IntField({ description: 'Times the operator said throttled since start', min: 0, max: 1_000_000_000 })
  throttled!: number;
  @IntField({
    description:
      'Receipts of the last three days that name no message of ours, by id and recipient; at most 100,000 are kept',
    min: 0,
    max: 1_000_000_000,
  })
  unmatchedReceipts!: number;
  @ObjectField({ description: 'Binds', dto: () => BindDto, array: { maxItems: 100 } })
  binds!: BindDto[];
}
export class LinksDto {
  @ObjectField({ description: 'Operator links', dto: () => LinkDto, array: { maxItems: 200 } })
  links!: LinkDto[];
}

// Reconciliation

export class ReconcileQueryDto {
  @UuidField({ description: 'Continue after this send', optional: true })
  afterSendId?: string;
}
export class ReconcileRowDto {
  @UuidField({ description: 'Send id = hold id' })
  sendId!: string;
  @EnumField({ description: 'State', values: sendStates })
  state!: SendState;
  @RialsField({ description: 'Quoted, Rial' })
  quotedRials!: number;
  @RialsField({ description: 'Sum over the messages of what each was charged, Rial' })
  chargedRials!: number;
  @RialsField({ description: 'Sum over the messages of what each was paid back, Rial' })
  refundedRials!: number;
  @RialsField({ description: 'Charged as the send itself says, Rial' })
  saidChargedRials!: number;
  @RialsField({ description: 'Paid back as the send itself says, Rial' })
  saidRefundedRials!: number;
  @IntField({ description: 'Messages in the table', min: 0, max: 100_000_000 })
  messages!: number;
  @IntField({ description: 'Recipients accepted', min: 0, max: 100_000_000 })
  recipients!: number;
  @IntField({
    description: 'Messages that may still be charged: waiting or in doubt',
    min: 0,
    max: 100_000_000,
  })
  open!: number;
  @BooleanField({ description: 'The send says that its hold has ended' })
  settled!: boolean;
  @RialsField({
    description: 'What billing was told that the reseller earned, Rial; null: not told, or no reseller',
    nullable: true,
  })
  saidMarginRials!: number | null;
  @RialsField({ description: 'Price above cost of the parts that stayed paid, Rial: no less was earned' })
  marginLeastRials!: number;
  @RialsField({
    description: 'The same of all parts that were ever charged, Rial: no more was earned',
  })
  marginMostRials!: number;
}
export class ReconcileDto {
  @ObjectField({
    description: 'Up to 200 sends, recomputed from their messages',
    dto: () => ReconcileRowDto,
    array: { maxItems: 200 },
  })
  rows!: ReconcileRowDto[];
}

export class ListUseQueryDto {
  @UuidField({ description: 'List id' })
  listId!: string;

  @UuidField({ description: 'Owner' })
  customerId!: string;
}

export class ListUseDto {
  @UuidField({ description: 'Send id' })
  sendId!: string;

  @StringField({ description: 'Title; empty for a one-time code, or where it has none', maxLength: 200 })
  title!: string;

  @EnumField({ description: 'State', values: sendStates })
  state!: SendState;
}

export class ListUsesDto {
  @ObjectField({
    description: 'Up to ten of the sends that have not ended, the oldest first',
    dto: () => ListUseDto,
    array: { maxItems: 10 },
  })
  sends!: ListUseDto[];
}

const ownSend = ['send.notFound'] as const;
const sendRules = [
  'line.notFound',
  'line.disabled',
  'list.notFound',
  'list.notReady',
  'list.empty',
  'list.sliceOutOfRange',
  'list.tooManyNumbers',
  'send.textEmpty',
  'send.textTooLong',
  'tariff.missing',
] as const;

export const smsRpc = {
  listLines: defineRpc({
    name: 'sms.lines.list',
    input: EmptyDto,
    output: LinesDto,
    access: 'user',
    does: 'Own sender lines (SMS-208).',
    errors: [],
  }),
  setSecretary: defineRpc({
    name: 'sms.lines.setSecretary',
    input: SecretaryDto,
    output: LineDto,
    access: 'user',
    does: 'Sets or removes the answer to received messages on an own line (SMS-020).',
    errors: ['line.notFound', 'line.disabled', 'send.textEmpty', 'send.textTooLong'],
  }),
  quote: defineRpc({
    name: 'sms.sends.quote',
    input: QuoteRequestDto,
    output: QuoteDto,
    access: 'user',
    does: 'Recipients, parts and price before sending (SMS-005, SMS-008, SMS-213).',
    errors: [...sendRules],
    deadlineMs: 15_000,
  }),
  createSend: defineRpc({
    name: 'sms.sends.create',
    input: SendRequestDto,
    output: SendDto,
    access: 'user',
    does: 'Accepts a send: prices it, holds the credit, stores it. What is accepted is not lost.',
    errors: [
      ...sendRules,
      'send.timePast',
      'send.timeTooFar',
      'send.laneNotAllowed',
      'wallet.insufficientCredit',
      'account.disabled',
      'idempotency.keyReused',
    ],
    deadlineMs: 15_000,
  }),
  readSend: defineRpc({
    name: 'sms.sends.read',
    input: SendIdDto,
    output: SendDto,
    access: 'user',
    does: 'One own send with its counts and money.',
    errors: [...ownSend],
  }),
  listSends: defineRpc({
    name: 'sms.sends.list',
    input: SendsQueryDto,
    output: SendsDto,
    access: 'user',
    does: 'Own sends, the newest first unless told (SMS-012, SMS-013, SMS-017).',
    errors: ['search.tooSlow'],
  }),
  sendTitles: defineRpc({
    name: 'sms.sends.titles',
    input: SendTitlesQueryDto,
    output: SendTitlesDto,
    access: 'user',
    does: 'What sends are called, for a statement that shows what they cost (BIL-213).',
    errors: [],
    deadlineMs: 2_000,
  }),
  pauseSend: defineRpc({
    name: 'sms.sends.pause',
    input: SendIdDto,
    output: SendDto,
    access: 'user',
    does: 'No further message leaves within two seconds; one before its time waits until it is resumed. Pausing a paused send changes nothing.',
    errors: [...ownSend, 'send.wrongState'],
  }),
  resumeSend: defineRpc({
    name: 'sms.sends.resume',
    input: SendIdDto,
    output: SendDto,
    access: 'user',
    does: 'Goes on exactly where it stopped; one before its time waits for it again.',
    errors: [...ownSend, 'send.wrongState', 'send.timePast'],
  }),
  changeSend: defineRpc({
    name: 'sms.sends.change',
    input: SendChangeDto,
    output: SendDto,
    access: 'user',
    does: 'Changes text, title, recipients or time of a send that has not begun; the same change again changes nothing more (SMS-207).',
    errors: [
      ...ownSend,
      ...sendRules,
      'send.wrongState',
      'send.timePast',
      'send.timeTooFar',
      'send.timeBehindNext',
      'send.laneNotAllowed',
      'wallet.insufficientCredit',
    ],
    deadlineMs: 15_000,
  }),
  cancelSend: defineRpc({
    name: 'sms.sends.cancel',
    input: SendIdDto,
    output: SendDto,
    access: 'user',
    does: 'What has not left is cancelled and its credit released; of a repeated send also the further occurrences.',
    errors: [...ownSend, 'send.wrongState'],
  }),
  listRecipients: defineRpc({
    name: 'sms.sends.recipients',
    input: SendRecipientsQueryDto,
    output: SendRecipientsDto,
    access: 'user',
    does: 'To whom an own send goes, also before its time; what was left out of its list says `targeting.lists.errors`. Of a list that was deleted since nobody is known; messages stay.',
    errors: [...ownSend],
    deadlineMs: 20_000,
  }),
  listMessages: defineRpc({
    name: 'sms.messages.list',
    input: MessagesQueryDto,
    output: MessagesDto,
    access: 'user',
    does: 'Messages of one own send (SMS-016, SMS-017).',
    errors: [...ownSend, 'send.messagesRemoved'],
  }),
  reportPage: defineRpc({
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
  listInbox: defineRpc({
    name: 'sms.inbox.list',
    input: InboxQueryDto,
    output: InboxDto,
    access: 'user',
    does: 'Messages received on own lines (SMS-019).',
    errors: [],
  }),
  listLinks: defineRpc({
    name: 'sms.links.list',
    input: EmptyDto,
    output: LinksDto,
    access: 'user',
    does: 'Operator links with binds, pace and backlog, for administrators.',
    errors: ['access.denied'],
  }),
  listUses: defineRpc({
    name: 'sms.sends.ofList',
    input: ListUseQueryDto,
    output: ListUsesDto,
    access: 'service',
    callers: ['campaign-targeting'],
    does: 'Sends that have not ended and need a recipient list: it is not deleted meanwhile.',
    errors: [],
  }),
  reconcile: defineRpc({
    name: 'sms.sends.reconcile',
    input: ReconcileQueryDto,
    output: ReconcileDto,
    access: 'service',
    callers: ['sms-gateway'],
    does: 'Recomputes sends from their messages, in id order, for `npm run reconcile`.',
    errors: [],
    deadlineMs: 60_000,
  }),
};
