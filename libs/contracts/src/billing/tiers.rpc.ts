import { EmptyDto, PageQueryDto } from '../core/common.dto';
import { defineRpc } from '../core/define';
import { EnumField, InstantField, ObjectField, RialsField, StringField, UuidField } from '../core/fields';
import { priceTimes } from './tariffs.rpc';
import type { PriceTime } from './tariffs.rpc';

/** Gift tiers (BIL-004 to BIL-008, BIL-206): the more is topped up at once, the more is added to it. */

export const maxTiers = 50;

export class GiftTierDto {
  @RialsField({ description: 'From this top-up on, Rial', min: 1 })
  fromRials!: number;

  @RialsField({
    description: 'Up to this top-up, which belongs to the next tier, Rial; null on the last: without end',
    nullable: true,
    min: 1,
  })
  toRials!: number | null;

  @RialsField({ description: 'Discount a message of one Persian part, Rial', min: 1 })
  discountRials!: number;
}

export class GiftTiersDto {
  @ObjectField({
    description: 'Tiers of now, the smallest first; none: nothing is given',
    dto: () => GiftTierDto,
    array: { maxItems: maxTiers },
  })
  tiers!: GiftTierDto[];

  @RialsField({
    description:
      'What a message costs without discount at level `standard`, Rial; null while it has no tariff',
    nullable: true,
  })
  tariffRials!: number | null;
}

export class GiftTierSetAddDto {
  @UuidField({ description: 'Chosen by the caller; a repeat with the same terms changes nothing' })
  tierSetId!: string;

  @ObjectField({
    description: 'All tiers, the smallest first, each beginning where the one before ends; none: no gifts',
    dto: () => GiftTierDto,
    array: { maxItems: maxTiers },
  })
  tiers!: GiftTierDto[];

  @InstantField({ description: 'From when; absent: from now. Never in the past', optional: true })
  validFrom?: string;
}

export class GiftTierSetIdDto {
  @UuidField({ description: 'Tier set' })
  tierSetId!: string;
}

export class GiftTierSetDto {
  @UuidField({ description: 'Tier set' })
  id!: string;

  @ObjectField({ description: 'Its tiers', dto: () => GiftTierDto, array: { maxItems: maxTiers } })
  tiers!: GiftTierDto[];

  @EnumField({ description: 'Where it stands in time', values: priceTimes })
  time!: PriceTime;

  @InstantField({ description: 'From when' })
  validFrom!: string;

  @InstantField({ description: 'Until when; null: no end is known', nullable: true })
  validUntil!: string | null;

  @UuidField({ description: 'Account that added it; null: the platform itself', nullable: true })
  addedBy!: string | null;
}

export class GiftTierSetsDto {
  @ObjectField({
    description: 'The latest to begin first',
    dto: () => GiftTierSetDto,
    array: { maxItems: 200 },
  })
  sets!: GiftTierSetDto[];

  @StringField({ description: 'Cursor of the next page; absent on the last', optional: true, maxLength: 200 })
  nextCursor?: string;
}

export class GiftQuoteQueryDto {
  @RialsField({ description: 'Amount that would be topped up, Rial', min: 1 })
  amountRials!: number;
}

export class GiftQuoteDto {
  @RialsField({ description: 'Amount that would be topped up, Rial' })
  amountRials!: number;

  @RialsField({ description: 'Gift (میزان هدیه), whole Rial, rounded down' })
  giftRials!: number;

  @RialsField({ description: 'Final charge (شارژ نهایی): amount + gift, Rial' })
  finalRials!: number;

  @ObjectField({ description: 'Its tier; null: no gift', dto: () => GiftTierDto, nullable: true })
  tier!: GiftTierDto | null;

  @RialsField({
    description: "The caller's tariff of a Persian part, Rial; null without a tier",
    nullable: true,
  })
  tariffRials!: number | null;

  @RialsField({
    description: 'What a part then costs in effect: tariff - discount, Rial; null without a tier',
    nullable: true,
  })
  effectiveTariffRials!: number | null;
}

export const billingTiersRpc = {
  list: defineRpc({
    name: 'billing.tiers.list',
    input: EmptyDto,
    output: GiftTiersDto,
    access: 'public',
    callers: ['api-gateway'],
    does: 'The tier table: discount a message by amount of the top-up (BIL-005).',
    errors: [],
  }),
  sets: defineRpc({
    name: 'billing.tiers.sets',
    input: PageQueryDto,
    output: GiftTierSetsDto,
    access: 'user',
    does: 'Tier tables: past, current and announced ones.',
    errors: [],
  }),
  replace: defineRpc({
    name: 'billing.tiers.replace',
    input: GiftTierSetAddDto,
    output: GiftTierSetDto,
    access: 'user',
    does: 'Replaces the whole tier table from now or a later moment on (BIL-206).',
    errors: [
      'tiers.invalid',
      'tiers.aboveTariff',
      'tariff.missing',
      'price.timePast',
      'price.timeTaken',
      'idempotency.keyReused',
    ],
  }),
  withdraw: defineRpc({
    name: 'billing.tiers.withdraw',
    input: GiftTierSetIdDto,
    output: EmptyDto,
    access: 'user',
    does: 'Takes back a tier table that is not valid yet.',
    errors: ['tierSet.notFound', 'price.inForce', 'tiers.aboveTariff', 'tariff.missing'],
  }),
};

export const billingGiftsRpc = {
  quote: defineRpc({
    name: 'billing.gifts.quote',
    input: GiftQuoteQueryDto,
    output: GiftQuoteDto,
    access: 'user',
    does: 'Gift and final charge of a top-up, as its amount is typed (BIL-004, BIL-007).',
    errors: ['tariff.missing'],
  }),
};
