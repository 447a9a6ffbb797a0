import type { CorrectionDirection, CorrectionState } from '@peyk/contracts/billing';
import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** Where a correction may go from each state; a decision is final. */
export const correctionMoves: Readonly<Record<CorrectionState, readonly CorrectionState[]>> = {
  awaiting: ['posted', 'refused', 'expired'],
  posted: [],
  refused: [],
  expired: [],
};

/** A change of a wallet by hand, that two administrators agree on. */
@Entity('corrections')
@Index('corrections_requested_at_idx', ['requestedAt', 'id'])
@Index('corrections_customer_id_idx', ['customerId', 'requestedAt'])
@Check('corrections_direction_check', `direction IN ('credit', 'debit')`)
@Check('corrections_amount_check', 'amount_rials > 0')
@Check('corrections_state_check', `state IN ('awaiting', 'posted', 'refused', 'expired')`)
@Check(
  'corrections_decision_check',
  `CASE WHEN state = 'awaiting' THEN decided_by IS NULL AND decided_at IS NULL WHEN state = 'expired' THEN decided_by IS NULL AND decided_at IS NOT NULL ELSE decided_by IS NOT NULL AND decided_by <> requested_by AND decided_at IS NOT NULL END`,
)
export class Correction {
  /** Chosen by the one who asks. */
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  customerId!: string;

  @Column('text')
  direction!: CorrectionDirection;

  @Column('bigint')
  amountRials!: number;

  @Column('text')
  reason!: string;

  @Column('text')
  state!: CorrectionState;

  @Column('uuid')
  requestedBy!: string;

  @Column('timestamptz')
  requestedAt!: Date;

  @Index('corrections_expires_at_idx', { where: "state = 'awaiting'" })
  @Column('timestamptz')
  expiresAt!: Date;

  @Column('uuid', { nullable: true })
  decidedBy!: string | null;

  @Column('timestamptz', { nullable: true })
  decidedAt!: Date | null;

  @Column('text', { nullable: true })
  note!: string | null;
}
