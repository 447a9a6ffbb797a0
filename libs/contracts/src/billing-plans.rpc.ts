import { PlanDto } from './billing.rpc';
import { levelPattern } from './billing-tariffs.rpc';
import { EmptyDto, PageQueryDto } from './common.dto';
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

export const plansRpc = {
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
};

export const campaignsRpc = {
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
