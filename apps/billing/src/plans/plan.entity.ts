import type { PlanState } from '@peyk/contracts';
import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';

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
