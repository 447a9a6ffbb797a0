import { PageQueryDto } from '../core/common.dto';
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
} from '../core/fields';
import { lanes, maxTextLength, operators, sendKinds, sendStates, sortOrders } from '../core/sms-terms';
import type { Lane, Operator, SendKind, SendState, SortOrder } from '../core/sms-terms';
import { LineDto } from './lines.rpc';
import { RepeatDto } from './send-quote.dto';

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
