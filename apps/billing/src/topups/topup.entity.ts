import { topupStates } from '@peyk/contracts/billing';
import type { BankCode, TopupState } from '@peyk/contracts/billing';
import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, Unique } from 'typeorm';
import { BankRow } from '../banks/bank.entity';

/** One payment through a bank, from the amount entered to the credit (`topup.machine.ts`). */
@Entity('topups')
@Unique(['customerId', 'idempotencyKey'])
@Unique(['bank', 'reference'])
@Unique(['orderId'])
@Index('topups_bank_sale_reference_key', ['bank', 'saleReference'], {
  unique: true,
  where: "state = 'credited'",
})
@Index(['customerId', 'id'])
@Index(['bank', 'createdAt'])
@Check('topups_state_check', `state IN (${topupStates.map((state) => `'${state}'`).join(', ')})`)
@Check('topups_amounts_check', 'amount_rials > 0 AND gift_rials >= 0')
@Check('topups_credited_check', "(state = 'credited') = (credited_at IS NOT NULL)")
export class Topup {
  /** UUIDv7: anybody who knows it may open the pages of this payment; it tells and moves nothing but what its payer may. */
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  customerId!: string;

  @Column('text')
  idempotencyKey!: string;

  @Column('text')
  bank!: BankCode;

  @ManyToOne(() => BankRow, { nullable: false })
  @JoinColumn({ name: 'bank' })
  bankRow!: BankRow;

  @Column('bigint')
  amountRials!: number;

  /** As it was quoted at the beginning (BIL-007); credited with the amount. */
  @Column('bigint')
  giftRials!: number;

  @Column('text')
  state!: TopupState;

  /** Our number at the bank, of a sequence: one for each request, never used again. */
  @Column('bigint', { nullable: true })
  orderId!: number | null;

  /** By which the browser names it: RefId, authority. */
  @Column('text', { nullable: true })
  reference!: string | null;

  /** The payment's number at the bank, on the receipt (BIL-214). */
  @Column('text', { nullable: true })
  saleReference!: string | null;

  /** As the bank masks it. */
  @Column('text', { nullable: true })
  card!: string | null;

  /** The bank's last code, or what stood in its place. */
  @Column('text', { nullable: true })
  bankCode!: string | null;

  /** Answers that decided nothing, since `askedSince`. */
  @Column('int', { default: 0 })
  asked!: number;

  @Column('timestamptz', { nullable: true })
  askedSince!: Date | null;

  /** When the janitor looks at it; null: no more. */
  @Index({ where: 'next_look_at IS NOT NULL' })
  @Column('timestamptz', { nullable: true })
  nextLookAt!: Date | null;

  /** One program at a time asks the bank about it. */
  @Column('timestamptz', { nullable: true })
  leasedUntil!: Date | null;

  @Column('timestamptz')
  createdAt!: Date;

  @Column('timestamptz', { nullable: true })
  creditedAt!: Date | null;
}
