import type { TopupRequestState } from '@peyk/contracts/billing';
import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

/**
 * Every allowed move of a request. Only `open` waits: approved in the transaction that moves the credit, refused by the
 * reseller, withdrawn by the user, or run out.
 */
export const topupRequestTransitions: Readonly<Record<TopupRequestState, readonly TopupRequestState[]>> = {
  open: ['approved', 'refused', 'withdrawn', 'expired'],
  approved: [],
  refused: [],
  withdrawn: [],
  expired: [],
};

/** States from which `to` may be reached. */
export function requestStatesBefore(to: TopupRequestState): TopupRequestState[] {
  return (Object.keys(topupRequestTransitions) as TopupRequestState[]).filter((from) =>
    topupRequestTransitions[from].includes(to),
  );
}

/** A user asks its reseller for credit (BIL-209). */
@Entity('topup_requests')
@Index('topup_requests_key', ['customerId', 'idempotencyKey'], { unique: true })
@Index('topup_requests_open', ['customerId'], { unique: true, where: "state = 'open'" })
@Index(['customerId', 'id'])
@Index(['resellerId', 'id'])
@Check('topup_requests_state_check', "state IN ('open', 'approved', 'refused', 'withdrawn', 'expired')")
@Check('topup_requests_amount_check', 'amount_rials > 0')
@Check('topup_requests_end_check', "(state = 'open') = (ended_at IS NULL)")
export class TopupRequest {
  /** UUIDv7. */
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  customerId!: string;

  /** Of the moment when it was asked. */
  @Column('uuid')
  resellerId!: string;

  @Column('text')
  state!: TopupRequestState;

  @Column('bigint')
  amountRials!: number;

  @Column('text')
  note!: string;

  @Column('text', { nullable: true })
  refusal!: string | null;

  @Column('text')
  idempotencyKey!: string;

  @Column('timestamptz')
  createdAt!: Date;

  @Index({ where: "state = 'open'" })
  @Column('timestamptz')
  expiresAt!: Date;

  @Column('timestamptz', { nullable: true })
  endedAt!: Date | null;
}
