import type { PlanState } from '@peyk/contracts/billing';
import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { Level } from '../tariffs/tariff.entity';

/** A panel that can be chosen at sign-up (BIL-022). Never deleted: customers have chosen it. */
@Entity('plans')
@Check('plans_rials_check', 'price_rials >= 0 AND trial_rials >= 0')
export class Plan {
  @PrimaryColumn('text')
  code!: string;

  @Column('text')
  title!: string;

  @Column('text')
  description!: string;

  /** 0: free. */
  @Column('bigint')
  priceRials!: number;

  /** Credit given once at sign-up. */
  @Column('bigint')
  trialRials!: number;

  /** Can be chosen. */
  @Column('boolean', { default: true })
  active!: boolean;

  /** Level that it gives once it is paid; null: it gives none. */
  @Column('text', { nullable: true })
  level!: string | null;

  @ManyToOne(() => Level)
  @JoinColumn({ name: 'level' })
  ofLevel!: Level | null;
}

/** A discount on plans for a time (BIL-208). Never deleted: purchases name it. */
@Entity('plan_campaigns')
@Index(['validUntil'])
@Check('plan_campaigns_percent_check', 'percent BETWEEN 1 AND 100')
@Check('plan_campaigns_valid_check', 'valid_until > valid_from')
export class PlanCampaign {
  @PrimaryColumn('uuid')
  id!: string;

  /** Null: every plan. */
  @Column('text', { nullable: true })
  planCode!: string | null;

  @ManyToOne(() => Plan)
  @JoinColumn({ name: 'plan_code' })
  plan!: Plan | null;

  @Column('text')
  title!: string;

  @Column('int')
  percent!: number;

  @Column('timestamptz')
  validFrom!: Date;

  @Column('timestamptz')
  validUntil!: Date;

  /** Ended by hand, before its time. */
  @Column('timestamptz', { nullable: true })
  endedAt!: Date | null;
}

/** A plan that was paid from a wallet. Its id is also that of the transfer. */
@Entity('plan_purchases')
@Check('plan_purchases_price_rials_check', 'price_rials >= 0')
export class PlanPurchase {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  customerId!: string;

  @Column('text')
  planCode!: string;

  @ManyToOne(() => Plan, { nullable: false })
  @JoinColumn({ name: 'plan_code' })
  plan!: Plan;

  /** Paid. */
  @Column('bigint')
  priceRials!: number;

  /** Without discount. */
  @Column('bigint')
  listPriceRials!: number;

  @Index()
  @Column('uuid', { nullable: true })
  campaignId!: string | null;

  @ManyToOne(() => PlanCampaign)
  @JoinColumn({ name: 'campaign_id' })
  campaign!: PlanCampaign | null;

  /** Level that it gave. */
  @Column('text', { nullable: true })
  level!: string | null;

  @Column('timestamptz')
  at!: Date;
}

/** The plan that a customer chose. */
@Entity('customer_plans')
@Index(['planCode'])
@Check('customer_plans_state_check', `state IN ('trial', 'active')`)
export class CustomerPlan {
  @PrimaryColumn('uuid')
  customerId!: string;

  @Column('text')
  planCode!: string;

  @ManyToOne(() => Plan, { nullable: false })
  @JoinColumn({ name: 'plan_code' })
  plan!: Plan;

  /** `trial`: its price was not paid yet. */
  @Column('text')
  state!: PlanState;

  @Column('timestamptz', { default: () => 'now()' })
  since!: Date;
}
