import { EmptyDto } from '../core/common.dto';
import { defineRpc } from '../core/define';
import {
  BooleanField,
  DayField,
  EnumField,
  InstantField,
  IntField,
  ObjectField,
  RialsField,
  StringField,
} from '../core/fields';

/** Banks that the platform has a driver for. */
export const bankCodes = ['mellat', 'zarinpal'] as const;

export type BankCode = (typeof bankCodes)[number];

export class BankDto {
  @EnumField({ description: 'Code', values: bankCodes })
  code!: BankCode;

  @StringField({ description: 'Persian name', maxLength: 100 })
  title!: string;

  @BooleanField({ description: 'An administrator lets it be used' })
  enabled!: boolean;

  @BooleanField({ description: 'This installation has an account there' })
  configured!: boolean;
}

export class BanksDto {
  @ObjectField({ description: 'Banks, in the order to show', dto: () => BankDto, array: { maxItems: 20 } })
  banks!: BankDto[];

  @RialsField({ description: 'Least top-up through a bank, Rial' })
  topupMinRials!: number;

  @RialsField({ description: 'Greatest top-up through a bank, Rial' })
  topupMaxRials!: number;
}

export class BankSwitchDto {
  @EnumField({ description: 'Bank', values: bankCodes })
  bank!: BankCode;

  @BooleanField({ description: 'False: no new top-up goes there; those under way are finished' })
  enabled!: boolean;
}

/** What the bank says of one top-up and what stands in our books, where the two differ. */
export class BankDifferenceDto {
  @StringField({ description: 'Top-up id, or the reference of a payment that no top-up has', maxLength: 100 })
  id!: string;

  @StringField({ description: 'Our state; `missing`: nobody has it here', maxLength: 20 })
  ours!: string;

  @StringField({ description: "The bank's answer: `paid`, `settled`, `unpaid`, `reversed`", maxLength: 20 })
  theirs!: string;

  @RialsField({ description: 'Amount, Rial; 0: not known' })
  amountRials!: number;
}

export class StateSumDto {
  @StringField({ description: 'State of top-ups', maxLength: 20 })
  state!: string;

  @IntField({ description: 'How many', min: 0, max: 1_000_000_000 })
  count!: number;

  @RialsField({ description: 'Sum of their amounts, Rial, without gifts' })
  amountRials!: number;

  @RialsField({ description: 'Sum of their gifts, Rial' })
  giftRials!: number;
}

/** Top-ups of one bank that were begun on one day, beside what the bank says of them. */
export class BankReportDto {
  @EnumField({ description: 'Bank', values: bankCodes })
  bank!: BankCode;

  @DayField({ description: 'Day in Tehran, YYYY-MM-DD (Gregorian)' })
  day!: string;

  @InstantField({ description: 'When it was made' })
  madeAt!: string;

  @ObjectField({ description: 'By state', dto: () => StateSumDto, array: { maxItems: 20 } })
  states!: StateSumDto[];

  @IntField({ description: 'Top-ups that the bank was asked about and answered', min: 0, max: 1_000_000_000 })
  compared!: number;

  @IntField({
    description: 'Top-ups that it should have answered about and did not',
    min: 0,
    max: 1_000_000_000,
  })
  unanswered!: number;

  @IntField({ description: 'Differences in all', min: 0, max: 1_000_000_000 })
  differenceCount!: number;

  @ObjectField({ description: 'The first of them', dto: () => BankDifferenceDto, array: { maxItems: 100 } })
  differences!: BankDifferenceDto[];
}

export class BankReportsQueryDto {
  @EnumField({ description: 'Only of this bank', values: bankCodes, optional: true })
  bank?: BankCode;

  @StringField({ description: 'Opaque cursor', optional: true, maxLength: 200 })
  cursor?: string;

  @IntField({ description: 'Rows a page', optional: true, min: 1, max: 200 })
  limit?: number;
}

export class BankReportsDto {
  @ObjectField({ description: 'Newest day first', dto: () => BankReportDto, array: { maxItems: 200 } })
  reports!: BankReportDto[];

  @StringField({ description: 'Cursor of the next page; absent on the last', optional: true, maxLength: 200 })
  nextCursor?: string;
}

export class BankReportRunDto {
  @EnumField({ description: 'Bank', values: bankCodes })
  bank!: BankCode;

  @DayField({
    description: 'Day in Tehran, YYYY-MM-DD (Gregorian); yesterday unless said',
    optional: true,
  })
  day?: string;
}

export const billingBanksRpc = {
  list: defineRpc({
    name: 'billing.banks.list',
    input: EmptyDto,
    output: BanksDto,
    access: 'user',
    does: 'Banks to pay with (BIL-003); an administrator sees those that are off too.',
    errors: [],
  }),
  switch: defineRpc({
    name: 'billing.banks.switch',
    input: BankSwitchDto,
    output: BankDto,
    access: 'user',
    does: 'Turns a bank on or off for new top-ups.',
    errors: [],
  }),
};

export const billingBankReportsRpc = {
  list: defineRpc({
    name: 'billing.bankReports.list',
    input: BankReportsQueryDto,
    output: BankReportsDto,
    access: 'user',
    does: 'Daily reconciliation of top-ups with the banks.',
    errors: [],
  }),
  run: defineRpc({
    name: 'billing.bankReports.run',
    input: BankReportRunDto,
    output: BankReportDto,
    access: 'user',
    does: 'Makes the reconciliation of a day anew, now.',
    errors: ['bank.unavailable'],
    deadlineMs: 120_000,
  }),
};
