import { EmptyDto, PageQueryDto } from '../core/common.dto';
import { defineRpc } from '../core/define';
import { EnumField, InstantField, ObjectField, RialsField, StringField, UuidField } from '../core/fields';
import { languages, lineClasses, operators } from '../core/sms-terms';
import type { Language, LineClass, Operator } from '../core/sms-terms';
import { OperatorPriceDto } from './prices.rpc';

/** Tariffs by level of the customer (BIL-009, BIL-205). */

/** Every customer has it unless said otherwise; a level without an own price pays its price. */
export const standardLevel = 'standard';

export const levelPattern = /^[a-z][a-z\d-]{0,29}$/;

const maxLevels = 50;

/** Where a price stands in time: `past` was replaced, `current` is what is paid now, `future` was announced. */
export const priceTimes = ['past', 'current', 'future'] as const;

export type PriceTime = (typeof priceTimes)[number];

// Levels

export class LevelDto {
  @StringField({
    description: 'Code of the level',
    maxLength: 30,
    pattern: levelPattern,
    example: standardLevel,
  })
  level!: string;

  @StringField({ description: 'Persian name', minLength: 1, maxLength: 60, example: 'عادی' })
  title!: string;
}

export class LevelsDto {
  @ObjectField({ description: 'All levels, by code', dto: () => LevelDto, array: { maxItems: maxLevels } })
  levels!: LevelDto[];
}

export class CustomerLevelSetDto {
  @UuidField({ description: 'Customer' })
  customerId!: string;

  @StringField({ description: 'Code of the level', maxLength: 30, pattern: levelPattern })
  level!: string;

  @StringField({ description: 'Why; kept in the history', minLength: 1, maxLength: 200 })
  reason!: string;
}

export class CustomerLevelDto {
  @UuidField({ description: 'Customer' })
  customerId!: string;

  @StringField({ description: 'Code of the level', maxLength: 30 })
  level!: string;
}

/** What set a level: an administrator, or a plan that was paid. */
export const levelCauses = ['admin', 'plan', 'role'] as const;

export type LevelCause = (typeof levelCauses)[number];

export class LevelChangeDto extends CustomerLevelDto {
  @StringField({ description: 'Level before', maxLength: 30 })
  levelBefore!: string;

  @EnumField({ description: 'What set it', values: levelCauses })
  cause!: LevelCause;

  @UuidField({ description: 'Account that did it' })
  by!: string;

  @StringField({ description: 'Why', maxLength: 200 })
  reason!: string;

  @InstantField({ description: 'When' })
  at!: string;
}

export class LevelChangesQueryDto extends PageQueryDto {
  @UuidField({ description: 'Customer' })
  customerId!: string;
}

export class LevelChangesDto {
  @ObjectField({ description: 'Newest first', dto: () => LevelChangeDto, array: { maxItems: 200 } })
  changes!: LevelChangeDto[];

  @StringField({ description: 'Cursor of the next page; absent on the last', optional: true, maxLength: 200 })
  nextCursor?: string;
}

// Tariffs

export class TariffAddDto {
  @UuidField({ description: 'Chosen by the caller; a repeat with the same terms changes nothing' })
  tariffId!: string;

  @StringField({ description: 'Level that pays it', maxLength: 30, pattern: levelPattern })
  level!: string;

  @EnumField({ description: 'Line class', values: lineClasses })
  lineClass!: LineClass;

  @EnumField({ description: 'Language', values: languages })
  language!: Language;

  @EnumField({ description: 'Operator of the recipient', values: operators })
  operator!: Operator;

  @RialsField({ description: 'Price of one part, Rial', min: 1 })
  rialsPerPart!: number;

  @InstantField({ description: 'From when; absent: from now. Never in the past', optional: true })
  validFrom?: string;
}

export class TariffIdDto {
  @UuidField({ description: 'Tariff' })
  tariffId!: string;
}

export class TariffDto extends OperatorPriceDto {
  @EnumField({ description: 'Line class', values: lineClasses })
  lineClass!: LineClass;

  @EnumField({ description: 'Language', values: languages })
  language!: Language;

  @InstantField({ description: 'Valid from' })
  validFrom!: string;
}

export class TariffRowDto extends TariffDto {
  @UuidField({ description: 'Tariff' })
  id!: string;

  @StringField({ description: 'Level that pays it', maxLength: 30 })
  level!: string;

  @EnumField({ description: 'Where it stands in time', values: priceTimes })
  time!: PriceTime;

  @InstantField({ description: 'Until when; null: no end is known', nullable: true })
  validUntil!: string | null;

  @UuidField({ description: 'Account that added it; null: the platform itself', nullable: true })
  addedBy!: string | null;
}

export class TariffsQueryDto extends PageQueryDto {
  @StringField({ description: 'Only of this level', optional: true, maxLength: 30, pattern: levelPattern })
  level?: string;

  @EnumField({ description: 'Only of this line class', optional: true, values: lineClasses })
  lineClass?: LineClass;

  @EnumField({ description: 'Only of this language', optional: true, values: languages })
  language?: Language;

  @EnumField({ description: 'Only of this operator', optional: true, values: operators })
  operator?: Operator;

  @EnumField({ description: 'Only those that stand so in time', optional: true, values: priceTimes })
  time?: PriceTime;
}

export class TariffScheduleDto {
  @ObjectField({
    description: 'The latest to begin first',
    dto: () => TariffRowDto,
    array: { maxItems: 200 },
  })
  tariffs!: TariffRowDto[];

  @StringField({ description: 'Cursor of the next page; absent on the last', optional: true, maxLength: 200 })
  nextCursor?: string;
}

export class OwnTariffDto extends OperatorPriceDto {
  @EnumField({ description: 'Line class', values: lineClasses })
  lineClass!: LineClass;

  @EnumField({ description: 'Language', values: languages })
  language!: Language;
}

export class OwnTariffsDto {
  @ObjectField({ description: 'What the caller pays now', dto: () => OwnTariffDto, array: { maxItems: 200 } })
  tariffs!: OwnTariffDto[];
}

export class TariffsDto {
  @ObjectField({ description: 'Tariffs valid now', dto: () => TariffDto, array: { maxItems: 200 } })
  tariffs!: TariffDto[];
}

export const billingLevelsRpc = {
  list: defineRpc({
    name: 'billing.levels.list',
    input: EmptyDto,
    output: LevelsDto,
    access: 'user',
    does: 'Levels of customers (BIL-205).',
    errors: [],
  }),
  save: defineRpc({
    name: 'billing.levels.save',
    input: LevelDto,
    output: LevelDto,
    access: 'user',
    does: 'Makes a level, or names it anew.',
    errors: ['level.tooMany'],
  }),
  set: defineRpc({
    name: 'billing.levels.set',
    input: CustomerLevelSetDto,
    output: CustomerLevelDto,
    access: 'user',
    does: 'Sets the level of a customer; kept in its history with who did it and why.',
    errors: ['level.notFound', 'account.notFound'],
  }),
  changes: defineRpc({
    name: 'billing.levels.changes',
    input: LevelChangesQueryDto,
    output: LevelChangesDto,
    access: 'user',
    does: 'How the level of a customer came about.',
    errors: [],
  }),
};

export const billingTariffsRpc = {
  own: defineRpc({
    name: 'billing.tariffs.own',
    input: EmptyDto,
    output: OwnTariffsDto,
    access: 'user',
    does: 'What the caller pays for a part now: by its level, or what its reseller has set (BIL-009).',
    errors: [],
  }),
  schedule: defineRpc({
    name: 'billing.tariffs.schedule',
    input: TariffsQueryDto,
    output: TariffScheduleDto,
    access: 'user',
    does: 'Tariffs of all levels: past, current and announced ones (BIL-205).',
    errors: [],
  }),
  add: defineRpc({
    name: 'billing.tariffs.add',
    input: TariffAddDto,
    output: TariffRowDto,
    access: 'user',
    does: 'Adds a tariff from now or a later moment on; running sends keep the price that they were quoted.',
    errors: [
      'level.notFound',
      'price.timePast',
      'price.timeTaken',
      'tiers.aboveTariff',
      'tariff.missing',
      'idempotency.keyReused',
    ],
  }),
  withdraw: defineRpc({
    name: 'billing.tariffs.withdraw',
    input: TariffIdDto,
    output: EmptyDto,
    access: 'user',
    does: 'Takes back a tariff that is not valid yet.',
    errors: ['tariff.notFound', 'price.inForce', 'tiers.aboveTariff', 'tariff.missing'],
  }),
  list: defineRpc({
    name: 'billing.tariffs.list',
    input: EmptyDto,
    output: TariffsDto,
    access: 'public',
    callers: ['api-gateway'],
    does: 'The public tariff list: level `standard` (BIL-021).',
    errors: [],
  }),
};
