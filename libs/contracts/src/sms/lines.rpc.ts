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
import { lineClasses, maxTextLength, refundPolicies } from '../core/sms-terms';
import type { LineClass, RefundPolicy } from '../core/sms-terms';
import { maxOptOutWords } from './opt-outs.rpc';

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

export class AdminLineDto extends LineDto {
  @UuidField({
    description: 'Owner: account id of the customer; null: the platform itself, which is no account',
    nullable: true,
  })
  customerId!: string | null;

  @UuidField({ description: 'Link id' })
  linkId!: string;

  @StringField({ description: 'Name of the link', maxLength: 100 })
  link!: string;

  @InstantField({
    description: 'Retired at: nobody sends with it any more, until it is made or pooled anew; null: in use',
    nullable: true,
  })
  retiredAt!: string | null;
}

export class AdminLinesQueryDto extends PageQueryDto {
  @StringField({
    description: 'Part of the number, in any digits',
    optional: true,
    minLength: 1,
    maxLength: 25,
  })
  search?: string;

  @UuidField({ description: 'Only of this customer', optional: true })
  customerId?: string;

  @UuidField({ description: 'Only of this link', optional: true })
  linkId?: string;
}

export class AdminLinesDto {
  @ObjectField({ description: 'By number', dto: () => AdminLineDto, array: { maxItems: 200 } })
  lines!: AdminLineDto[];

  @StringField({ description: 'Cursor of the next page; absent on the last', optional: true, maxLength: 200 })
  nextCursor?: string;
}

export class LineClassDto {
  @EnumField({ description: 'Line class', values: lineClasses })
  lineClass!: LineClass;

  @StringField({
    description:
      'A received text that is nothing but one of these opts out of the line; letters are folded, digits of any script and all marks and spaces around and between are the same. Empty: nobody can opt out',
    maxLength: 40,
    minLength: 1,
    array: { maxItems: maxOptOutWords },
  })
  optOutWords!: string[];
}

export class LineClassesDto {
  @ObjectField({ description: 'Line classes', dto: () => LineClassDto, array: { maxItems: 10 } })
  lineClasses!: LineClassDto[];
}

/** What is not named stays as it is. */
export class LineChangeDto {
  @UuidField({ description: 'Line id' })
  lineId!: string;

  @UuidField({
    description:
      'Account id of the customer who owns it from now on: the secretary falls silent; what was accepted and received before stays with its owner',
    optional: true,
  })
  customerId?: string;

  @IntField({
    description: 'First hour of sending, Asia/Tehran; with `hoursTo`. 0 and 24: no limit',
    optional: true,
    min: 0,
    max: 23,
  })
  hoursFrom?: number;

  @IntField({
    description:
      'Hour at which sending stops, Asia/Tehran; before `hoursFrom`: over midnight; never the same',
    optional: true,
    min: 1,
    max: 24,
  })
  hoursTo?: number;

  @BooleanField({ description: 'Usable; switched off nothing leaves, accepted sends wait', optional: true })
  active?: boolean;

  @BooleanField({ description: 'Also of customers without a line of their own', optional: true })
  shared?: boolean;

  @EnumField({
    description: 'Class: prices of what is quoted from now on, and whether opt-outs hold',
    optional: true,
    values: lineClasses,
  })
  lineClass?: LineClass;
}

export class LineIdDto {
  @UuidField({ description: 'Line id' })
  lineId!: string;
}

/** What a new line and one of the pool have in common. */
export class NewLineDto {
  @StringField({
    description:
      'Number as the operator knows it, any digits, or a name of up to 11 Latin letters and digits',
    minLength: 1,
    maxLength: 25,
  })
  number!: string;

  @UuidField({ description: 'Link over which it sends' })
  linkId!: string;

  @EnumField({ description: 'Class', values: lineClasses })
  lineClass!: LineClass;

  @IntField({
    description: 'First hour of sending, Asia/Tehran; with `hoursTo`. 0 unless told',
    optional: true,
    min: 0,
    max: 23,
  })
  hoursFrom?: number;

  @IntField({
    description: 'Hour at which sending stops, Asia/Tehran. 24 unless told; never that of `hoursFrom`',
    optional: true,
    min: 1,
    max: 24,
  })
  hoursTo?: number;

  @EnumField({
    description: 'What is charged; submitted unless told',
    optional: true,
    values: refundPolicies,
  })
  refundPolicy?: RefundPolicy;
}

export class LineCreateDto extends NewLineDto {
  @UuidField({
    description: 'Account id of the customer who owns it; null or absent: the platform',
    optional: true,
    nullable: true,
  })
  customerId?: string | null;

  @BooleanField({
    description: 'Counts 66 instead of 67 letters in a part of a long Persian text; false unless told',
    optional: true,
  })
  is66Char?: boolean;

  @BooleanField({
    description: 'Also of customers without a line of their own; false unless told',
    optional: true,
  })
  shared?: boolean;
}

export class PooledLineDto {
  @UuidField({ description: 'Id in the pool' })
  id!: string;

  @StringField({ description: 'Number', maxLength: 25 })
  number!: string;

  @EnumField({ description: 'Class', values: lineClasses })
  lineClass!: LineClass;

  @UuidField({ description: 'Link id' })
  linkId!: string;

  @StringField({ description: 'Name of the link', maxLength: 100 })
  link!: string;

  @IntField({ description: 'First hour of sending, Asia/Tehran', min: 0, max: 23 })
  hoursFrom!: number;

  @IntField({ description: 'Hour at which sending stops, Asia/Tehran', min: 1, max: 24 })
  hoursTo!: number;
}

export class PooledLineIdDto {
  @UuidField({ description: 'Id in the pool' })
  pooledId!: string;
}

export class LinePoolDto {
  @ObjectField({
    description: 'Lines that wait for new customers, in the order in which they are given out',
    dto: () => PooledLineDto,
    array: { maxItems: 200 },
  })
  lines!: PooledLineDto[];

  @IntField({ description: 'How many there are over all pages', min: 0, max: 1_000_000_000 })
  total!: number;

  @StringField({ description: 'Cursor of the next page; absent on the last', optional: true, maxLength: 200 })
  nextCursor?: string;
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

export const smsLinesRpc = {
  listAll: defineRpc({
    name: 'sms.lines.listAll',
    input: AdminLinesQueryDto,
    output: AdminLinesDto,
    access: 'user',
    does: 'Lines of all customers (SMS-208).',
    errors: ['access.denied'],
  }),
  change: defineRpc({
    name: 'sms.lines.change',
    input: LineChangeDto,
    output: AdminLineDto,
    access: 'user',
    does: 'Gives a line to a customer, sets its hours, switches it (SMS-208); the audit log keeps it.',
    errors: ['line.notFound', 'access.denied'],
  }),
  create: defineRpc({
    name: 'sms.lines.create',
    input: LineCreateDto,
    output: AdminLineDto,
    access: 'user',
    does: 'Makes a line, or takes a retired one of that number into use again (SMS-208); the audit log keeps it.',
    errors: ['line.numberTaken', 'link.notFound', 'access.denied'],
  }),
  retire: defineRpc({
    name: 'sms.lines.retire',
    input: LineIdDto,
    output: AdminLineDto,
    access: 'user',
    does: 'Takes a line out of use: its owner sees it no more, what it sent and received stays. Refused while sends of it are open.',
    errors: ['line.notFound', 'line.inUse', 'access.denied'],
  }),
  list: defineRpc({
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
};

export const smsLineClassesRpc = {
  list: defineRpc({
    name: 'sms.lineClasses.list',
    input: EmptyDto,
    output: LineClassesDto,
    access: 'user',
    does: 'What holds for all lines of a class: the words that opt out of them (SMS-212).',
    errors: ['access.denied'],
  }),
};

export const smsLinePoolRpc = {
  list: defineRpc({
    name: 'sms.linePool.list',
    input: PageQueryDto,
    output: LinePoolDto,
    access: 'user',
    does: 'Lines that wait for customers who sign up (IDN-215).',
    errors: ['access.denied'],
  }),
  add: defineRpc({
    name: 'sms.linePool.add',
    input: NewLineDto,
    output: PooledLineDto,
    access: 'user',
    does: 'Puts a line into the pool, also a retired one; the audit log keeps it.',
    errors: ['line.numberTaken', 'link.notFound', 'access.denied'],
  }),
  remove: defineRpc({
    name: 'sms.linePool.remove',
    input: PooledLineIdDto,
    output: EmptyDto,
    access: 'user',
    does: 'Takes a line out of the pool; the audit log keeps it.',
    errors: ['line.notFound', 'access.denied'],
  }),
};
