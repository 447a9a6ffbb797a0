import { Check, Column, Entity, PrimaryColumn, Unique } from 'typeorm';

/**
 * One side of the double entry, with its balance. Written by the database's `ledger_*` functions only.
 * Names: `wallet:<customer id>`, `revenue:<customer id>` (what the sends of that customer earned; one each, so that
 * customers do not wait for each other's row; below zero only when a refund comes after the reseller's margin), `funding` (where credit comes from).
 */
@Entity('accounts')
@Unique(['name'])
@Check('accounts_available_check', 'NOT guarded OR posted_rials - held_rials >= 0')
@Check('accounts_held_check', 'held_rials >= 0')
@Check('accounts_alert_check', 'alert_rials >= 0')
@Check('accounts_exact_check', 'abs(posted_rials) <= 9000000000000000')
export class Account {
  @PrimaryColumn({ type: 'bigint', generated: 'identity', generatedIdentity: 'ALWAYS' })
  id!: number;

  @Column('text')
  name!: string;

  /** Null for accounts of the platform itself. */
  @Column('uuid', { nullable: true })
  customerId!: string | null;

  /** posted - held may not fall below zero. */
  @Column('boolean')
  guarded!: boolean;

  @Column('bigint', { default: 0 })
  postedRials!: number;

  /** Part of `posted` that open holds keep. */
  @Column('bigint', { default: 0 })
  heldRials!: number;

  /** Number of the latest entry. */
  @Column('bigint', { default: 0 })
  entryCount!: number;

  /** Hash of the latest entry, which holds that of the one before it, and so on; empty before the first. */
  @Column('bytea')
  chain!: Buffer;

  /** When the available credit falls below it, its owner is warned; null: never. */
  @Column('bigint', { nullable: true })
  alertRials!: number | null;
}
