import { EmptyDto } from './common.dto';
import { defineRpc } from './define';
import {
  BooleanField,
  EnumField,
  InstantField,
  IntField,
  ObjectField,
  RialsField,
  StringField,
  UuidField,
} from './fields';
import { languages, lineClasses, operators } from './sms-terms';
import type { Language, LineClass, Operator } from './sms-terms';

export class WalletDto {
  @UuidField({ description: 'Owner account' })
  customerId!: string;

  @RialsField({ description: 'Posted balance, Rial' })
  postedRials!: number;

  @RialsField({ description: 'Held for running sends, Rial' })
  heldRials!: number;

  @RialsField({ description: 'posted - held, Rial' })
  availableRials!: number;

  @RialsField({
    description: 'Its owner is warned when the available credit falls below, Rial; null: never',
    nullable: true,
  })
  alertRials!: number | null;
}

export class WalletQueryDto {
  @UuidField({ description: 'Owner; another than oneself only for admin and services', optional: true })
  customerId?: string;
}

export class PricesQueryDto {
  @UuidField({ description: 'Customer' })
  customerId!: string;

  @EnumField({ description: 'Line class', values: lineClasses })
  lineClass!: LineClass;

  @EnumField({ description: 'Language of the text', values: languages })
  language!: Language;
}

export class OperatorPriceDto {
  @EnumField({ description: 'Operator of the recipient', values: operators })
  operator!: Operator;

  @RialsField({ description: 'Price of one part, Rial' })
  rialsPerPart!: number;
}

export class CustomerPriceDto extends OperatorPriceDto {
  @RialsField({
    description: 'What the reseller of a user pays for the part, Rial; of a direct customer the same price',
  })
  costRialsPerPart!: number;
}

export class PricesDto {
  @ObjectField({ description: 'One price an operator', dto: () => CustomerPriceDto, array: { maxItems: 10 } })
  prices!: CustomerPriceDto[];

  @UuidField({
    description: 'Reseller that earns the difference; null or absent: none',
    optional: true,
    nullable: true,
  })
  resellerId?: string | null;
}

export class TariffDto extends OperatorPriceDto {
  @EnumField({ description: 'Line class', values: lineClasses })
  lineClass!: LineClass;

  @EnumField({ description: 'Language', values: languages })
  language!: Language;

  @InstantField({ description: 'Valid from' })
  validFrom!: string;
}

export class TariffsDto {
  @ObjectField({ description: 'Tariffs valid now', dto: () => TariffDto, array: { maxItems: 200 } })
  tariffs!: TariffDto[];
}

export class HoldPlaceDto {
  @UuidField({
    description:
      'Chosen by the caller: the id of what is paid for; a repeat with the same terms changes nothing',
  })
  holdId!: string;

  @UuidField({ description: 'Whose wallet' })
  customerId!: string;

  @RialsField({ description: 'Amount held, Rial' })
  amountRials!: number;

  @EnumField({ description: 'What for', values: ['send'] })
  purpose!: 'send';

  @InstantField({ description: 'If nobody captures or releases it, it ends then' })
  expiresAt!: string;
}

export const holdStates = ['open', 'closed', 'released', 'expired'] as const;
export type HoldState = (typeof holdStates)[number];

export class HoldDto {
  @UuidField({ description: 'Hold id' })
  holdId!: string;

  @UuidField({ description: 'Whose wallet' })
  customerId!: string;

  @EnumField({ description: 'State', values: holdStates })
  state!: HoldState;

  @RialsField({ description: 'Held at first, Rial' })
  amountRials!: number;

  @RialsField({ description: 'Captured until now, Rial' })
  capturedRials!: number;

  @RialsField({ description: 'Given back unused until now, Rial' })
  releasedRials!: number;

  @RialsField({ description: 'Paid back after capture (undelivered on a line that refunds), Rial' })
  refundedRials!: number;

  @RialsField({
    description: 'Of what was captured the margin of the reseller, Rial; only when holds are read',
    optional: true,
  })
  marginRials?: number;
}

export class HoldIdDto {
  @UuidField({ description: 'Hold id' })
  holdId!: string;
}

export class HoldIdsDto {
  @UuidField({ description: 'Hold ids', array: { maxItems: 500 } })
  holdIds!: string[];
}

export class HoldsDto {
  @ObjectField({ description: 'Those that exist', dto: () => HoldDto, array: { maxItems: 500 } })
  holds!: HoldDto[];
}

export class CreditDto {
  @UuidField({ description: 'Chosen by the caller; a repeat with the same terms changes nothing' })
  transferId!: string;

  @UuidField({ description: 'Whose wallet' })
  customerId!: string;

  @RialsField({ description: 'Amount, Rial', min: 1 })
  amountRials!: number;

  @StringField({ description: 'Why; shown in the statement', minLength: 1, maxLength: 200 })
  reason!: string;
}

/** What changes a posted balance. */
export const entryKinds = [
  'topup',
  'gift',
  'trial',
  'credit',
  'capture',
  'refund',
  'purchase',
  'transfer',
  'reward',
  'margin',
  'correction',
] as const;
export type EntryKind = (typeof entryKinds)[number];

export class StatementEntryDto {
  @UuidField({ description: 'Transfer id' })
  transferId!: string;

  @EnumField({ description: 'Kind', values: entryKinds })
  kind!: EntryKind;

  @IntField({
    description: 'Ledger entries in it; more than one only for a send, where asked for by send',
    min: 1,
    max: 1_000_000_000,
  })
  entries!: number;

  @IntField({
    description: 'Change of the wallet, Rial; negative when credit is spent',
    min: -9_000_000_000_000_000,
    max: 9_000_000_000_000_000,
  })
  amountRials!: number;

  @RialsField({
    description:
      'Posted balance after it, Rial. By send, without `kinds` and `holdId`: the balance after the row below and this change',
  })
  balanceRials!: number;

  @StringField({ description: 'Reason', maxLength: 200 })
  reason!: string;

  @UuidField({ description: 'The hold it belongs to (the send)', optional: true, nullable: true })
  holdId?: string | null;

  @InstantField({ description: 'When; of more entries the last' })
  at!: string;
}

/** Entries of a period: at or after `from`, before `to`. Whose days they are is the caller's business. */
export class StatementFilterDto {
  @UuidField({ description: 'Owner; another than oneself only for admin', optional: true })
  customerId?: string;

  @InstantField({ description: 'Not before', optional: true })
  from?: string;

  @InstantField({ description: 'Before', optional: true })
  to?: string;

  @EnumField({
    description: 'Only these kinds',
    values: entryKinds,
    optional: true,
    array: { maxItems: entryKinds.length },
  })
  kinds?: EntryKind[];

  @UuidField({ description: 'Only entries of this hold (send)', optional: true })
  holdId?: string;
}

export class StatementQueryDto extends StatementFilterDto {
  @StringField({ description: 'Opaque cursor', optional: true, maxLength: 200 })
  cursor?: string;

  @IntField({ description: 'Rows a page', optional: true, min: 1, max: 200 })
  limit?: number;

  @BooleanField({
    description:
      'One row a send: what was charged and paid back for it in the period, at the place of its last entry. A page may then have fewer rows than asked for though more follow',
    optional: true,
  })
  bySend?: boolean;
}

export class StatementDto {
  @ObjectField({ description: 'Newest first', dto: () => StatementEntryDto, array: { maxItems: 200 } })
  entries!: StatementEntryDto[];

  @StringField({ description: 'Cursor of the next page; absent on the last', optional: true, maxLength: 200 })
  nextCursor?: string;
}

/** What lowers the price of a plan now (BIL-020). */
export class PlanDiscountDto {
  @StringField({ description: 'Occasion, in Persian', maxLength: 100, example: 'ویژه روز پدر' })
  title!: string;

  @IntField({ description: 'Discount, percent', min: 1, max: 100 })
  percent!: number;

  @RialsField({ description: 'Price with the discount, Rial' })
  priceRials!: number;

  @InstantField({ description: 'Until when' })
  until!: string;
}

/** A panel that can be chosen at sign-up (IDN-033, BIL-022). */
export class PlanDto {
  @StringField({ description: 'Code', maxLength: 50 })
  code!: string;

  @StringField({ description: 'Persian name', maxLength: 100 })
  title!: string;

  @StringField({ description: 'For whom it is, in Persian', maxLength: 300 })
  description!: string;

  @RialsField({ description: 'Price, Rial; 0: free' })
  priceRials!: number;

  @RialsField({ description: 'Credit given once at sign-up, Rial' })
  trialRials!: number;

  @ObjectField({
    description: 'Discount of now; null or absent: none',
    dto: () => PlanDiscountDto,
    optional: true,
    nullable: true,
  })
  discount?: PlanDiscountDto | null;
}

/** An advertisement above the plans (BIL-020). */
export class BannerDto {
  @StringField({
    description: 'The whole line, in Persian',
    maxLength: 300,
    example: '۳۰٪ تخفیف خرید سامانه پیامکی، ویژه روز پدر',
  })
  text!: string;

  @StringField({ description: 'Plan that it is about; null: every plan', nullable: true, maxLength: 50 })
  planCode!: string | null;

  @InstantField({ description: 'Until when' })
  until!: string;
}

export class PlansDto {
  @ObjectField({
    description: 'Plans that can be chosen now, the cheapest first',
    dto: () => PlanDto,
    array: { maxItems: 50 },
  })
  plans!: PlanDto[];

  @ObjectField({
    description: 'Discounts of now, the greatest first',
    dto: () => BannerDto,
    optional: true,
    array: { maxItems: 20 },
  })
  banners?: BannerDto[];
}

/** `trial`: a plan with a price that was not paid yet. */
export const planStates = ['trial', 'active'] as const;
export type PlanState = (typeof planStates)[number];

export class OwnPlanDto {
  @ObjectField({ description: 'The plan; null: none was ever chosen', nullable: true, dto: () => PlanDto })
  plan!: PlanDto | null;

  @EnumField({ description: '`trial` until its price is paid', nullable: true, values: planStates })
  state!: PlanState | null;

  @InstantField({ description: 'Chosen', nullable: true })
  since!: string | null;
}

export const billingRpc = {
  readWallet: defineRpc({
    name: 'billing.wallets.read',
    input: WalletQueryDto,
    output: WalletDto,
    access: 'user',
    callers: ['sms-gateway'],
    does: "A wallet's posted, held and available credit.",
    errors: ['wallet.notFound', 'access.denied'],
  }),
  statement: defineRpc({
    name: 'billing.wallets.statement',
    input: StatementQueryDto,
    output: StatementDto,
    access: 'user',
    does: 'Ledger entries with the running balance, by period and kind, the newest first (BIL-013, BIL-213).',
    errors: ['access.denied'],
  }),
  credit: defineRpc({
    name: 'billing.wallets.credit',
    input: CreditDto,
    output: WalletDto,
    access: 'service',
    callers: [],
    does: 'Adds credit; until top-ups exist, for the seed and by an administrator.',
    errors: ['transfer.conflict'],
  }),
  prices: defineRpc({
    name: 'billing.prices.read',
    input: PricesQueryDto,
    output: PricesDto,
    access: 'service',
    callers: ['sms-gateway'],
    does: 'Price of one part for each operator, valid now: by level, or of the reseller, never below its cost.',
    errors: ['tariff.missing'],
  }),
  tariffs: defineRpc({
    name: 'billing.tariffs.list',
    input: EmptyDto,
    output: TariffsDto,
    access: 'public',
    callers: ['api-gateway'],
    does: 'The public tariff list: level `standard` (BIL-021).',
    errors: [],
  }),
  plans: defineRpc({
    name: 'billing.plans.list',
    input: EmptyDto,
    output: PlansDto,
    access: 'public',
    callers: ['api-gateway', 'identity'],
    does: 'Plans to choose from at sign-up, with the discounts of now (BIL-020, BIL-022).',
    errors: [],
  }),
  ownPlan: defineRpc({
    name: 'billing.plans.own',
    input: EmptyDto,
    output: OwnPlanDto,
    access: 'user',
    does: "The caller's plan, if it has one.",
    errors: [],
  }),
  placeHold: defineRpc({
    name: 'billing.holds.place',
    input: HoldPlaceDto,
    output: HoldDto,
    access: 'service',
    callers: ['sms-gateway'],
    does: 'Reserves credit once; refused when the available credit is less.',
    errors: ['wallet.insufficientCredit', 'hold.conflict', 'hold.ended'],
  }),
  releaseHold: defineRpc({
    name: 'billing.holds.release',
    input: HoldIdDto,
    output: HoldDto,
    access: 'service',
    callers: ['sms-gateway'],
    does: 'Ends a hold and gives back what was not captured; a hold that was never placed can no longer be placed.',
    errors: ['hold.notFound'],
  }),
  readHolds: defineRpc({
    name: 'billing.holds.read',
    input: HoldIdsDto,
    output: HoldsDto,
    access: 'service',
    callers: ['sms-gateway'],
    does: 'State and amounts of up to 500 holds, for reconciliation.',
    errors: [],
  }),
};
