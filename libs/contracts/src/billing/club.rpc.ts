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

/** Customer club: points for introducing users and topping up, rewards at a threshold (BIL-015..019, BIL-211, BIL-212). */
export const rewardStates = ['awaiting', 'granted', 'refused'] as const;

export type RewardState = (typeof rewardStates)[number];

/** `inactive`: the club of the customer's reseller is closed. `awaiting`: a reward waits for approval (10.8). */
export const clubStatuses = ['inactive', 'collecting', 'awaiting'] as const;

export type ClubStatus = (typeof clubStatuses)[number];

const maxPoints = 1_000_000_000;

export class ClubSettingsDto {
  @BooleanField({ description: 'Points are given' })
  active!: boolean;

  @IntField({ description: 'Points for an introduced user', min: 0, max: 1_000_000 })
  pointsPerReferral!: number;

  @IntField({ description: 'Points for each whole `topupStepRials` topped up', min: 0, max: 1_000_000 })
  pointsPerTopupStep!: number;

  @RialsField({ description: 'So much is topped up for `pointsPerTopupStep`, Rial', min: 10_000 })
  topupStepRials!: number;

  @IntField({ description: 'Points that a reward takes', min: 1, max: maxPoints })
  thresholdPoints!: number;

  @RialsField({ description: 'Credit of a reward, Rial', min: 1 })
  rewardRials!: number;
}

export class OwnClubSettingsDto {
  @ObjectField({
    description: 'Null: never set, no points and no rewards',
    dto: () => ClubSettingsDto,
    nullable: true,
  })
  settings!: ClubSettingsDto | null;
}

export class RewardDto {
  @UuidField({ description: 'Reward' })
  id!: string;

  @UuidField({ description: 'Customer' })
  customerId!: string;

  @StringField({ description: 'Its name', maxLength: 200 })
  customerName!: string;

  @EnumField({ description: 'State', values: rewardStates })
  state!: RewardState;

  @IntField({ description: 'Points that it takes', min: 1, max: maxPoints })
  thresholdPoints!: number;

  @RialsField({ description: 'Credit, Rial' })
  rewardRials!: number;

  @StringField({ description: 'Why it was refused', nullable: true, maxLength: 200 })
  refusal!: string | null;

  @InstantField({ description: 'Threshold reached' })
  createdAt!: string;

  @InstantField({ description: 'Granted or refused', nullable: true })
  decidedAt!: string | null;
}

/** The club page (BIL-017). */
export class ClubDto {
  @EnumField({ description: 'Status', values: clubStatuses })
  status!: ClubStatus;

  @IntField({ description: 'Points now', min: 0, max: 9_000_000_000_000_000 })
  points!: number;

  @IntField({
    description: 'Points still to earn for the next reward; null while the club is inactive',
    nullable: true,
    min: 0,
    max: maxPoints,
  })
  pointsToReward!: number | null;

  @ObjectField({
    description: 'Rules; null while the club is inactive',
    dto: () => ClubSettingsDto,
    nullable: true,
  })
  rules!: ClubSettingsDto | null;

  @IntField({ description: 'Users that the customer introduced', min: 0, max: 2_000_000_000 })
  introducedUsers!: number;

  @ObjectField({ description: 'Latest rewards, newest first', dto: () => RewardDto, array: { maxItems: 20 } })
  rewards!: RewardDto[];
}

export class RewardIdDto {
  @UuidField({ description: 'Reward' })
  rewardId!: string;
}

export class RewardRefusalDto extends RewardIdDto {
  @StringField({
    description: 'Why; the customer reads it',
    minLength: 1,
    maxLength: 200,
  })
  reason!: string;
}

export class RewardsQueryDto extends PageQueryDto {
  @EnumField({ description: 'Only in this state', optional: true, values: rewardStates })
  state?: RewardState;
}

export class RewardsDto {
  @ObjectField({ description: 'Newest first', dto: () => RewardDto, array: { maxItems: 200 } })
  rewards!: RewardDto[];

  @StringField({ description: 'Cursor of the next page; absent on the last', optional: true, maxLength: 200 })
  nextCursor?: string;
}

export const billingClubRpc = {
  read: defineRpc({
    name: 'billing.club.read',
    input: EmptyDto,
    output: ClubDto,
    access: 'user',
    does: 'Own points, introduced users, status and rewards (BIL-017).',
    errors: [],
  }),
};

export const billingClubSettingsRpc = {
  read: defineRpc({
    name: 'billing.clubSettings.read',
    input: EmptyDto,
    output: OwnClubSettingsDto,
    access: 'user',
    does: "Rules of the calling reseller's club; for an administrator those for direct customers (BIL-018).",
    errors: [],
  }),
  save: defineRpc({
    name: 'billing.clubSettings.save',
    input: ClubSettingsDto,
    output: OwnClubSettingsDto,
    access: 'user',
    does: 'Sets them. Rewards that wait already keep their terms (BIL-211).',
    errors: [],
  }),
};

export const billingClubRewardsRpc = {
  list: defineRpc({
    name: 'billing.clubRewards.list',
    input: RewardsQueryDto,
    output: RewardsDto,
    access: 'user',
    does: "Rewards of the calling reseller's club; for an administrator those of direct customers.",
    errors: [],
  }),
  approve: defineRpc({
    name: 'billing.clubRewards.approve',
    input: RewardIdDto,
    output: RewardDto,
    access: 'user',
    does: 'Moves the credit to the customer at once and lowers its points, once (BIL-019, BIL-212).',
    errors: ['reward.notFound', 'reward.decided', 'wallet.insufficientCredit'],
  }),
  refuse: defineRpc({
    name: 'billing.clubRewards.refuse',
    input: RewardRefusalDto,
    output: RewardDto,
    access: 'user',
    does: 'Refuses a reward with a reason: the points stay, and the next reward takes as many new ones.',
    errors: ['reward.notFound', 'reward.decided'],
  }),
};
