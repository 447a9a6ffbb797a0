import type { RewardState } from '@peyk/contracts/billing';
import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** Owner of the club of direct customers: the platform itself. */
export const platformOwner = '00000000-0000-0000-0000-000000000000';

/** Every allowed move of a reward (requirements 10.8). */
export const rewardTransitions: Readonly<Record<RewardState, readonly RewardState[]>> = {
  awaiting: ['granted', 'refused'],
  granted: [],
  refused: [],
};

/** States from which `to` may be reached. */
export function rewardStatesBefore(to: RewardState): RewardState[] {
  return (Object.keys(rewardTransitions) as RewardState[]).filter((from) =>
    rewardTransitions[from].includes(to),
  );
}

/** Rules of a reseller's club; without a row there is none (BIL-211). */
@Entity('club_settings')
@Check(
  'club_settings_check',
  'points_per_referral >= 0 AND points_per_topup_step >= 0 AND topup_step_rials > 0 AND threshold_points > 0 AND reward_rials > 0',
)
export class ClubSettings {
  /** Reseller, or `platformOwner`. */
  @PrimaryColumn('uuid')
  ownerId!: string;

  @Column('boolean')
  active!: boolean;

  @Column('int')
  pointsPerReferral!: number;

  @Column('int')
  pointsPerTopupStep!: number;

  @Column('bigint')
  topupStepRials!: number;

  @Column('int')
  thresholdPoints!: number;

  @Column('bigint')
  rewardRials!: number;

  @Column('uuid')
  updatedBy!: string;

  @Column('timestamptz', { default: () => 'now()' })
  updatedAt!: Date;
}

/** A customer in one club: the sum of its `club_points` there. */
@Entity('club_members')
@Check('club_members_points_check', 'claimed_points >= 0 AND points >= claimed_points')
export class ClubMember {
  @PrimaryColumn('uuid')
  customerId!: string;

  @PrimaryColumn('uuid')
  ownerId!: string;

  @Column('bigint')
  points!: number;

  /** Of them those that have crossed a threshold: of a reward that waits, or that was refused. */
  @Column('bigint', { default: 0 })
  claimedPoints!: number;
}

/** Why points came and went: once for each cause. Never changed (trigger). */
@Entity('club_points')
@Index(['customerId', 'at'])
@Check('club_points_cause_check', "cause IN ('referral', 'topup', 'reward')")
@Check('club_points_sign_check', "points <> 0 AND (cause = 'reward') = (points < 0)")
export class ClubPoints {
  @PrimaryColumn('text')
  cause!: 'referral' | 'topup' | 'reward';

  /** The introduced account, the top-up, or the reward. */
  @PrimaryColumn('uuid')
  causeId!: string;

  @Column('uuid')
  customerId!: string;

  @Column('uuid')
  ownerId!: string;

  /** Negative for a reward. */
  @Column('bigint')
  points!: number;

  @Column('timestamptz', { default: () => 'now()' })
  at!: Date;
}

/** One crossing of the threshold. At most one of a customer waits in a club: the next is made when it was decided. */
@Entity('club_rewards')
@Index('club_rewards_awaiting', ['customerId', 'ownerId'], { unique: true, where: "state = 'awaiting'" })
@Index(['ownerId', 'id'])
@Check('club_rewards_state_check', "state IN ('awaiting', 'granted', 'refused')")
@Check('club_rewards_amounts_check', 'threshold_points > 0 AND reward_rials > 0')
@Check('club_rewards_decided_check', "(state = 'awaiting') = (decided_at IS NULL)")
export class ClubReward {
  /** UUIDv7. */
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  customerId!: string;

  @Column('uuid')
  ownerId!: string;

  @Column('text')
  state!: RewardState;

  /** Terms of the moment when the threshold was reached. */
  @Column('int')
  thresholdPoints!: number;

  @Column('bigint')
  rewardRials!: number;

  @Column('text', { nullable: true })
  refusal!: string | null;

  @Column('timestamptz', { default: () => 'now()' })
  createdAt!: Date;

  @Column('uuid', { nullable: true })
  decidedBy!: string | null;

  @Column('timestamptz', { nullable: true })
  decidedAt!: Date | null;
}
