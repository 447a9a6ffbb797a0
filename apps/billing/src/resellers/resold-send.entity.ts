import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A send of a reseller's user whose margin was paid, once. */
@Entity('resold_sends')
@Index(['customerId', 'at'])
@Check('resold_sends_amounts_check', 'parts >= 0 AND margin_rials >= 0 AND margin_rials <= charged_rials')
export class ResoldSend {
  @PrimaryColumn('uuid')
  sendId!: string;

  @Column('uuid')
  customerId!: string;

  @Column('uuid')
  resellerId!: string;

  /** Parts that were paid for and not paid back. */
  @Column('bigint')
  parts!: number;

  /** Charged and not paid back. */
  @Column('bigint')
  chargedRials!: number;

  @Column('bigint')
  marginRials!: number;

  @Column('timestamptz', { default: () => 'now()' })
  at!: Date;
}
