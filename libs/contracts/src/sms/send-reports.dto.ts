import {
  BooleanField,
  EnumField,
  InstantField,
  IntField,
  ObjectField,
  RialsField,
  StringField,
  UuidField,
} from '../core/fields';
import { messageStates, operators, sendStates } from '../core/sms-terms';
import type { MessageState, Operator, SendState } from '../core/sms-terms';

/** What the charts of a report are drawn from, and where one message was when. */

export class BreakdownRowDto {
  @EnumField({ description: 'State', values: messageStates })
  state!: MessageState;

  @EnumField({ description: 'Operator', values: operators })
  operator!: Operator;

  @IntField({ description: 'Messages', min: 0, max: 100_000_000 })
  messages!: number;

  @RialsField({ description: 'Charged less paid back, Rial' })
  netRials!: number;
}

export class BreakdownHourDto {
  @InstantField({ description: 'Beginning of an hour of Asia/Tehran' })
  startsAt!: string;

  @IntField({ description: 'Messages that the operator took in it', min: 0, max: 100_000_000 })
  sent!: number;

  @IntField({ description: 'Delivered in it', min: 0, max: 100_000_000 })
  delivered!: number;

  @IntField({ description: 'Reported undelivered in it', min: 0, max: 100_000_000 })
  undelivered!: number;

  @IntField({ description: 'Refused by the operator in it', min: 0, max: 100_000_000 })
  failed!: number;
}

export const maxBreakdownHours = 1_000;

export class BreakdownDto {
  @InstantField({ description: 'As of: of a large send that runs, up to a minute ago' })
  at!: string;

  @ObjectField({
    description:
      'Messages by state and operator, those that there are; recipients that are not messages yet are not in it',
    dto: () => BreakdownRowDto,
    array: { maxItems: 200 },
  })
  rows!: BreakdownRowDto[];

  @ObjectField({
    description: 'Hours in which anything happened, oldest first, at most 1,000',
    dto: () => BreakdownHourDto,
    array: { maxItems: maxBreakdownHours },
  })
  hours!: BreakdownHourDto[];
}

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
