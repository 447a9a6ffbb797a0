import type { HoldState } from '@peyk/contracts/billing';
import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

/**
 * Credit kept for one purpose. open -> closed | released | expired, once (trigger); at its end captured + released =
 * amount. A row without customer is a hold that was released before it was placed: it can never be placed.
 */
@Entity('holds')
@Check('holds_state_check', "state IN ('open', 'closed', 'released', 'expired')")
@Check(
  'holds_amounts_check',
  'captured_rials >= 0 AND refunded_rials BETWEEN 0 AND captured_rials AND captured_rials <= amount_rials',
)
@Check(
  'holds_end_check',
  "CASE state WHEN 'open' THEN ended_at IS NULL AND released_rials = 0 ELSE ended_at IS NOT NULL AND captured_rials + released_rials = amount_rials END",
)
@Check('holds_customer_check', "customer_id IS NOT NULL OR (state = 'released' AND amount_rials = 0)")
export class Hold {
  /** The id of what is paid for. */
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid', { nullable: true })
  customerId!: string | null;

  @Column('text')
  purpose!: string;

  @Column('text')
  state!: HoldState;

  @Column('bigint')
  amountRials!: number;

  @Column('bigint', { default: 0 })
  capturedRials!: number;

  @Column('bigint', { default: 0 })
  releasedRials!: number;

  @Column('bigint', { default: 0 })
  refundedRials!: number;

  @Index({ where: "state = 'open'" })
  @Column('timestamptz')
  expiresAt!: Date;

  @Column('timestamptz')
  placedAt!: Date;

  @Column('timestamptz', { nullable: true })
  endedAt!: Date | null;
}

/** Select list that makes a HoldDto of a hold that has a customer. */
export const holdColumns = `id AS "holdId", customer_id AS "customerId", state, amount_rials AS "amountRials",
  captured_rials AS "capturedRials", released_rials AS "releasedRials", refunded_rials AS "refundedRials"`;
