import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

export const holdTransferKinds = ['hold', 'capture', 'release', 'refund'] as const;
export const transferKinds = [
  ...holdTransferKinds,
  'credit',
  'topup',
  'gift',
  'trial',
  'transfer',
  'purchase',
  'reward',
  'correction',
  'margin',
] as const;
export type TransferKind = (typeof transferKinds)[number];

/** One movement. Never changed or deleted (trigger); a correction is a new one. */
@Entity('transfers')
@Check('transfers_amount_check', 'amount_rials > 0')
@Check('transfers_kind_check', `kind IN (${transferKinds.map((kind) => `'${kind}'`).join(', ')})`)
export class Transfer {
  /** Chosen by the one who asks for it, so that asking again changes nothing. */
  @PrimaryColumn('uuid')
  id!: string;

  @Column('text')
  kind!: TransferKind;

  @Index()
  @Column('uuid', { nullable: true })
  holdId!: string | null;

  @Column('bigint')
  amountRials!: number;

  @Column('text')
  reason!: string;

  /** SHA-256 of all its terms: the same id with others is refused. */
  @Column('bytea')
  bodyHash!: Buffer;

  @Column('timestamptz')
  at!: Date;
}
