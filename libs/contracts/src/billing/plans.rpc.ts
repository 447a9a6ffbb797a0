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
import { levelPattern } from './tariffs.rpc';

/** Plans with price and level, and campaigns: discounts on them for a time (BIL-020, BIL-022, BIL-208). */

export const planCodePattern = /^[a-z][a-z\d-]{0,49}$/;

export class PlanBuyDto {
  @StringField({
    description: 'Chosen by the caller; a repeat with the same terms buys nothing more',
    minLength: 8,
    maxLength: 100,
    pattern: /^[\w.:-]+$/,
  })
  idempotencyKey!: string;

  @StringField({ description: 'Plan', maxLength: 50, pattern: planCodePattern })
  planCode!: string;

  @RialsField({ description: 'Price that the buyer has seen, Rial; refused when it is another by now' })
  priceRials!: number;
}

export class PlanPurchaseDto {
  @UuidField({ description: 'Purchase; also the transfer of it in the statement' })
  id!: string;

  @StringField({ description: 'Plan', maxLength: 50 })
  planCode!: string;

  @RialsField({ description: 'Paid from the wallet, Rial' })
  priceRials!: number;

  @RialsField({ description: 'Price without discount, Rial' })
  listPriceRials!: number;

  @UuidField({ description: 'Campaign that lowered the price; null: none', nullable: true })
  campaignId!: string | null;

  @StringField({ description: 'Level that it gave; null: it gives none', nullable: true, maxLength: 30 })
  level!: string | null;

  @InstantField({ description: 'When' })
  at!: string;
}

/** All of the plan's content: what is absent is removed, not kept. */
export class PlanSaveDto {
  @StringField({ description: 'Code; a new one makes a new plan', maxLength: 50, pattern: planCodePattern })
  planCode!: string;

  @StringField({ description: 'Persian name', minLength: 1, maxLength: 100 })
  title!: string;

  @StringField({ description: 'For whom it is, in Persian', minLength: 1, maxLength: 300 })
  description!: string;

  @RialsField({ description: 'Price, Rial; 0: free' })
  priceRials!: number;

  @RialsField({ description: 'Credit given once at sign-up, Rial' })
  trialRials!: number;

  @StringField({
    description: 'Level that it gives once it is paid; null or absent: none',
    optional: true,
    nullable: true,
    maxLength: 30,
    pattern: levelPattern,
  })
  level?: string | null;

  @BooleanField({ description: 'On the list: can be chosen and bought' })
  active!: boolean;
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

export class PlanAdminDto extends PlanDto {
  @StringField({ description: 'Level that it gives; null: none', nullable: true, maxLength: 30 })
  level!: string | null;

  @BooleanField({ description: 'On the list' })
  active!: boolean;

  @IntField({ description: 'Customers that have it', min: 0, max: 1_000_000_000 })
  customers!: number;
}

export class AllPlansDto {
  @ObjectField({
    description: 'Also those that were taken off the list, the cheapest first',
    dto: () => PlanAdminDto,
    array: { maxItems: 200 },
  })
  plans!: PlanAdminDto[];
}

/** All of the campaign's content. */
export class CampaignSaveDto {
  @UuidField({ description: 'Chosen by the caller; a new one makes a new campaign' })
  campaignId!: string;

  @StringField({
    description: 'Plan whose price it lowers; null or absent: that of every plan',
    optional: true,
    nullable: true,
    maxLength: 50,
    pattern: planCodePattern,
  })
  planCode?: string | null;

  @StringField({ description: 'Occasion, in Persian', minLength: 1, maxLength: 100, example: 'ویژه روز پدر' })
  title!: string;

  @IntField({ description: 'Discount, percent', min: 1, max: 100 })
  percent!: number;

  @InstantField({ description: 'From when' })
  validFrom!: string;

  @InstantField({ description: 'Until when, at most 366 days later' })
  validUntil!: string;
}

/** `over`: its time is past, or it was ended before. */
export const campaignStates = ['upcoming', 'running', 'over'] as const;

export type CampaignState = (typeof campaignStates)[number];

export class CampaignIdDto {
  @UuidField({ description: 'Campaign' })
  campaignId!: string;
}

export class CampaignDto {
  @UuidField({ description: 'Campaign' })
  id!: string;

  @StringField({ description: 'Plan; null: every plan', nullable: true, maxLength: 50 })
  planCode!: string | null;

  @StringField({ description: 'Occasion', maxLength: 100 })
  title!: string;

  @IntField({ description: 'Discount, percent', min: 1, max: 100 })
  percent!: number;

  @InstantField({ description: 'From when' })
  validFrom!: string;

  @InstantField({ description: 'Until when; when it was ended before, that moment' })
  validUntil!: string;

  @EnumField({ description: 'Where it stands', values: campaignStates })
  state!: CampaignState;

  @IntField({ description: 'Purchases that it lowered', min: 0, max: 1_000_000_000 })
  purchases!: number;
}

export class CampaignsDto {
  @ObjectField({ description: 'The latest to begin first', dto: () => CampaignDto, array: { maxItems: 200 } })
  campaigns!: CampaignDto[];

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

export const billingPlansRpc = {
  buy: defineRpc({
    name: 'billing.plans.buy',
    input: PlanBuyDto,
    output: PlanPurchaseDto,
    access: 'user',
    does: "Pays for a plan from the own wallet, at the discounted price of the moment; sets the plan's level.",
    errors: [
      'plan.notFound',
      'plan.alreadyActive',
      'plan.priceChanged',
      'wallet.insufficientCredit',
      'idempotency.keyReused',
    ],
  }),
  listAll: defineRpc({
    name: 'billing.plans.listAll',
    input: EmptyDto,
    output: AllPlansDto,
    access: 'user',
    does: 'Every plan, also those that can no longer be chosen (BIL-208).',
    errors: [],
  }),
  save: defineRpc({
    name: 'billing.plans.save',
    input: PlanSaveDto,
    output: PlanAdminDto,
    access: 'user',
    does: 'Makes a plan, changes it, or takes it off the list (BIL-208).',
    errors: ['level.notFound', 'plan.tooMany'],
  }),
  list: defineRpc({
    name: 'billing.plans.list',
    input: EmptyDto,
    output: PlansDto,
    access: 'public',
    callers: ['api-gateway', 'identity'],
    does: 'Plans to choose from at sign-up, with the discounts of now (BIL-020, BIL-022).',
    errors: [],
  }),
  own: defineRpc({
    name: 'billing.plans.own',
    input: EmptyDto,
    output: OwnPlanDto,
    access: 'user',
    does: "The caller's plan, if it has one.",
    errors: [],
  }),
};

export const billingCampaignsRpc = {
  list: defineRpc({
    name: 'billing.campaigns.list',
    input: PageQueryDto,
    output: CampaignsDto,
    access: 'user',
    does: 'Discounts on plans: coming, running and past ones (BIL-208).',
    errors: [],
  }),
  save: defineRpc({
    name: 'billing.campaigns.save',
    input: CampaignSaveDto,
    output: CampaignDto,
    access: 'user',
    does: 'Makes a campaign, or changes one that is not over (BIL-208).',
    errors: ['plan.notFound', 'campaign.over'],
  }),
  end: defineRpc({
    name: 'billing.campaigns.end',
    input: CampaignIdDto,
    output: CampaignDto,
    access: 'user',
    does: 'Ends a campaign now, or before it has begun.',
    errors: ['campaign.notFound', 'campaign.over'],
  }),
};
