import { EmptyDto, PageQueryDto } from '../core/common.dto';
import { defineRpc } from '../core/define';
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
import { languages, lineClasses, operators } from '../core/sms-terms';
import type { Language, LineClass, Operator } from '../core/sms-terms';
import { OperatorPriceDto } from './prices.rpc';

/** What a reseller does with its users: see their use, give them credit, set what they pay (BIL-009, BIL-209, BIL-210). */

// Users

export class CustomerUseDto {
  @IntField({ description: 'Sends that began in the period', min: 0, max: 2_000_000_000 })
  sends!: number;

  @RialsField({ description: 'Charged in the period, Rial' })
  chargedRials!: number;

  @RialsField({ description: 'Paid back in the period, Rial' })
  refundedRials!: number;

  @IntField({
    description: 'Parts paid for, of sends that were settled with the reseller in the period',
    min: 0,
    max: 9_000_000_000_000_000,
  })
  parts!: number;

  @RialsField({ description: 'What the reseller earned with them, Rial' })
  marginRials!: number;
}

export class ResellerUserDto {
  @UuidField({ description: 'Customer' })
  customerId!: string;

  @StringField({ description: 'Full name', maxLength: 200 })
  name!: string;

  @UuidField({ description: 'Its reseller; null: a direct customer', nullable: true })
  resellerId!: string | null;

  @StringField({ description: 'Level', maxLength: 30 })
  level!: string;

  @BooleanField({ description: 'It may not be used' })
  disabled!: boolean;

  @RialsField({ description: 'Posted balance, Rial' })
  postedRials!: number;

  @RialsField({ description: 'Held for running sends, Rial' })
  heldRials!: number;

  @RialsField({ description: 'posted - held, Rial' })
  availableRials!: number;

  @ObjectField({ description: 'Use in the period', dto: () => CustomerUseDto })
  use!: CustomerUseDto;
}

export class ResellerUsersQueryDto extends PageQueryDto {
  @UuidField({ description: 'Only this customer', optional: true })
  customerId?: string;

  @UuidField({
    description: 'Only users of this reseller; another than oneself only for admin',
    optional: true,
  })
  resellerId?: string;

  @InstantField({ description: 'Period of the use from; absent: 30 days before its end', optional: true })
  from?: string;

  @InstantField({
    description: 'Period of the use up to, at most 366 days after `from`; absent: now',
    optional: true,
  })
  to?: string;
}

export class ResellerUsersDto {
  @InstantField({ description: 'Period of the use from' })
  from!: string;

  @InstantField({ description: 'Period of the use up to' })
  to!: string;

  @ObjectField({
    description: 'By id: the oldest accounts first',
    dto: () => ResellerUserDto,
    array: { maxItems: 200 },
  })
  users!: ResellerUserDto[];

  @StringField({ description: 'Cursor of the next page; absent on the last', optional: true, maxLength: 200 })
  nextCursor?: string;
}

export class UserTransferDto {
  @UuidField({ description: 'User that gets the credit' })
  customerId!: string;

  @RialsField({ description: 'Amount, Rial', min: 1 })
  amountRials!: number;

  @StringField({
    description: 'Shown to both in the statement',
    optional: true,
    maxLength: 150,
  })
  note?: string;

  @StringField({
    description: 'Chosen by the client; a repeat with the same terms changes nothing',
    minLength: 8,
    maxLength: 100,
    pattern: /^[\w.:-]+$/,
  })
  idempotencyKey!: string;
}

export class UserTransferMadeDto {
  @UuidField({ description: 'Transfer, as it stands in both statements' })
  transferId!: string;

  @UuidField({ description: 'User that got the credit' })
  customerId!: string;

  @RialsField({ description: 'Amount, Rial' })
  amountRials!: number;

  @RialsField({ description: "The reseller's available credit after it, Rial" })
  availableRials!: number;
}

// What users pay

export class ResellerTariffKeyDto {
  @EnumField({ description: 'Line class', values: lineClasses })
  lineClass!: LineClass;

  @EnumField({ description: 'Language', values: languages })
  language!: Language;

  @EnumField({ description: 'Operator of the recipient', values: operators })
  operator!: Operator;
}

export class ResellerTariffSetDto extends ResellerTariffKeyDto {
  @RialsField({ description: 'What users pay for a part, Rial; never below what the reseller pays', min: 1 })
  rialsPerPart!: number;

  @InstantField({ description: 'From when; absent: from now. Never in the past', optional: true })
  validFrom?: string;
}

export class ResellerTariffDto extends OperatorPriceDto {
  @EnumField({ description: 'Line class', values: lineClasses })
  lineClass!: LineClass;

  @EnumField({ description: 'Language', values: languages })
  language!: Language;

  @RialsField({ description: 'What the reseller itself pays for the part then, Rial' })
  costRialsPerPart!: number;

  @InstantField({ description: 'Valid from' })
  validFrom!: string;
}

export class ResellerTariffsDto {
  @ObjectField({
    description:
      'Those valid now and those announced; what is not here costs users what it costs the reseller',
    dto: () => ResellerTariffDto,
    array: { maxItems: 200 },
  })
  tariffs!: ResellerTariffDto[];
}

export const billingUsersRpc = {
  list: defineRpc({
    name: 'billing.users.list',
    input: ResellerUsersQueryDto,
    output: ResellerUsersDto,
    access: 'user',
    does: "A reseller's own users, or for an administrator all customers, with their credit and their use in a period (BIL-210).",
    errors: [],
    deadlineMs: 10_000,
  }),
  transfer: defineRpc({
    name: 'billing.users.transfer',
    input: UserTransferDto,
    output: UserTransferMadeDto,
    access: 'user',
    does: 'Moves credit from the calling reseller to one of its users, once per key (BIL-209).',
    errors: ['account.notFound', 'wallet.insufficientCredit', 'idempotency.keyReused'],
  }),
};

export const billingResellerTariffsRpc = {
  list: defineRpc({
    name: 'billing.resellerTariffs.list',
    input: EmptyDto,
    output: ResellerTariffsDto,
    access: 'user',
    does: 'What the users of the calling reseller pay, beside what it pays itself (BIL-009).',
    errors: [],
  }),
  set: defineRpc({
    name: 'billing.resellerTariffs.set',
    input: ResellerTariffSetDto,
    output: ResellerTariffDto,
    access: 'user',
    does: 'Sets what users of the calling reseller pay from now or a later moment on.',
    errors: ['price.belowCost', 'price.timePast', 'tariff.missing', 'resellerTariff.tooMany'],
  }),
};
