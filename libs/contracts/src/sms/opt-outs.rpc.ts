import { EmptyDto, PageQueryDto } from '../core/common.dto';
import { defineRpc } from '../core/define';
import {
  BooleanField,
  EnumField,
  InstantField,
  IntField,
  ObjectField,
  StringField,
  UuidField,
} from '../core/fields';

export const maxOptOutWords = 50;

/**
 * Who wants no advertising (SMS-206, SMS-212): noted by a received text («لغو۱۱»), or by a person or program. Service
 * lines reach everybody all the same.
 */

/**
 * Whose advertising does not reach the number: `line`, that of one line, as a received text asks for; `customer`, all of
 * one customer's; `platform`, everybody's.
 */
export const optOutReaches = ['line', 'customer', 'platform'] as const;

export type OptOutReach = (typeof optOutReaches)[number];

/** How it came: a text of the subscriber, the customer in the panel or by an API key, an administrator. */
export const optOutSources = ['message', 'panel', 'api', 'admin'] as const;

export type OptOutSource = (typeof optOutSources)[number];

export const maxOptOutsAtOnce = 1_000;

/** A list says at most so many; more are counted as so many. */
export const optOutsCountMax = 100_000;

export class OptOutDto {
  @UuidField({ description: 'Opt-out id' })
  id!: string;

  @StringField({ description: 'Number, 98...', maxLength: 15 })
  number!: string;

  @EnumField({ description: 'Whose advertising does not reach it', values: optOutReaches })
  reach!: OptOutReach;

  @StringField({ description: 'Number of the line; of `line` only', optional: true, maxLength: 25 })
  line?: string;

  @EnumField({ description: 'How it came', values: optOutSources })
  source!: OptOutSource;

  @InstantField({ description: 'Since when' })
  since!: string;

  @UuidField({ description: 'Account that noted it; null: the subscriber, by a text', nullable: true })
  by!: string | null;

  @StringField({ description: 'What whoever noted it said', nullable: true, maxLength: 200 })
  note!: string | null;
}

export class OptOutsQueryDto extends PageQueryDto {
  @StringField({
    description: 'A whole number in any writing, or its beginning (98..., 09...) of at least four digits',
    optional: true,
    minLength: 1,
    maxLength: 30,
  })
  search?: string;

  @EnumField({ description: 'Only what came so', optional: true, values: optOutSources })
  source?: OptOutSource;
}

export class OptOutsDto {
  @ObjectField({ description: 'Newest first', dto: () => OptOutDto, array: { maxItems: 200 } })
  optOuts!: OptOutDto[];

  @IntField({
    description: 'How many there are over all pages; 100,000 stands for more',
    min: 0,
    max: optOutsCountMax,
  })
  total!: number;

  @StringField({ description: 'Cursor of the next page; absent on the last', optional: true, maxLength: 200 })
  nextCursor?: string;
}

export class AdminOptOutsQueryDto extends OptOutsQueryDto {
  @UuidField({ description: 'Only those of this customer and its lines', optional: true })
  customerId?: string;

  @EnumField({ description: 'Only those of this reach', optional: true, values: optOutReaches })
  reach?: OptOutReach;
}

export class AdminOptOutDto extends OptOutDto {
  @UuidField({
    description: 'Customer, or owner of the line; null: the platform',
    nullable: true,
  })
  customerId!: string | null;
}

export class AdminOptOutsDto {
  @ObjectField({ description: 'Newest first', dto: () => AdminOptOutDto, array: { maxItems: 200 } })
  optOuts!: AdminOptOutDto[];

  @IntField({
    description: 'How many there are over all pages; 100,000 stands for more',
    min: 0,
    max: optOutsCountMax,
  })
  total!: number;

  @StringField({ description: 'Cursor of the next page; absent on the last', optional: true, maxLength: 200 })
  nextCursor?: string;
}

export class OptOutsAddDto {
  @StringField({
    description: 'Mobiles in any writing',
    minLength: 1,
    maxLength: 30,
    array: { maxItems: maxOptOutsAtOnce },
  })
  numbers!: string[];

  @StringField({ description: 'Why, or where it was asked for', optional: true, maxLength: 200 })
  note?: string;
}

/** `added`; `known`: was in the list, or stands above in this request; `invalid`: no mobile. */
export const optOutOutcomes = ['added', 'known', 'invalid'] as const;

export type OptOutOutcome = (typeof optOutOutcomes)[number];

export class OptOutResultDto {
  @StringField({ description: 'As it was given', maxLength: 30 })
  given!: string;

  @EnumField({ description: 'What became of it', values: optOutOutcomes })
  outcome!: OptOutOutcome;
}

export class OptOutsAddedDto {
  @IntField({ description: 'New in the list', min: 0, max: maxOptOutsAtOnce })
  added!: number;

  @ObjectField({
    description: 'In the order of the request',
    dto: () => OptOutResultDto,
    array: { maxItems: maxOptOutsAtOnce },
  })
  results!: OptOutResultDto[];
}

export class OptOutRemovalDto {
  @UuidField({ description: 'Opt-out id' })
  optOutId!: string;

  @StringField({ description: 'Why, for the audit log', minLength: 1, maxLength: 500 })
  reason!: string;

  @BooleanField({
    description:
      'The subscriber has asked to get advertising again, as `reason` says. Needed where it came by a text of the subscriber',
    optional: true,
  })
  consent?: boolean;
}

/** Columns of the lists as CSV, with their Persian headings; that of administrators has the last one too. */
export const optOutColumns = [
  ['number', 'شماره'],
  ['reach', 'دامنه'],
  ['line', 'خط'],
  ['source', 'از راه'],
  ['since', 'زمان (UTC)'],
  ['note', 'توضیح'],
  ['customerId', 'شناسه‌ی مشتری'],
] as const;

export const smsOptOutsRpc = {
  list: defineRpc({
    name: 'sms.optOuts.list',
    input: OptOutsQueryDto,
    output: OptOutsDto,
    access: 'user',
    does: "Who wants no advertising of the caller's: by texts to own lines, and noted by the caller (SMS-206).",
    errors: [],
  }),
  add: defineRpc({
    name: 'sms.optOuts.add',
    input: OptOutsAddDto,
    output: OptOutsAddedDto,
    access: 'user',
    does: 'Notes up to 1,000 numbers that get no advertising of the caller any more; each is answered. Kept in the audit log.',
    errors: [],
  }),
  remove: defineRpc({
    name: 'sms.optOuts.remove',
    input: OptOutRemovalDto,
    output: EmptyDto,
    access: 'user',
    does: 'Takes an own opt-out back; where the subscriber asked for it by a text, with the consent of the subscriber only. Kept in the audit log.',
    errors: ['optOut.notFound', 'optOut.consentMissing'],
  }),
  listAll: defineRpc({
    name: 'sms.optOuts.listAll',
    input: AdminOptOutsQueryDto,
    output: AdminOptOutsDto,
    access: 'user',
    does: 'Opt-outs of all customers and those of the whole platform, for administrators.',
    errors: ['access.denied'],
  }),
  addForAll: defineRpc({
    name: 'sms.optOuts.addForAll',
    input: OptOutsAddDto,
    output: OptOutsAddedDto,
    access: 'user',
    does: 'Notes up to 1,000 numbers that get no advertising of anybody any more. Kept in the audit log.',
    errors: ['access.denied'],
  }),
  removeAny: defineRpc({
    name: 'sms.optOuts.removeAny',
    input: OptOutRemovalDto,
    output: EmptyDto,
    access: 'user',
    does: "Takes back anybody's opt-out, by the same rule as its owner. Kept in the audit log.",
    errors: ['access.denied', 'optOut.notFound', 'optOut.consentMissing'],
  }),
};
