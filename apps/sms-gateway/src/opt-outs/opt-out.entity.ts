import { optOutSources } from '@peyk/contracts/sms';
import type { OptOutSource } from '@peyk/contracts/sms';
import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

/**
 * A number that wants no advertising: of one line (`lineId`, by a text of the subscriber), of one customer
 * (`customerId`), or of anybody (neither). Kept until somebody takes it back.
 */
@Entity('opt_outs')
@Check('opt_outs_reach_check', 'line_id IS NULL OR customer_id IS NULL')
@Check('opt_outs_source_check', `source IN (${optOutSources.map((source) => `'${source}'`).join(', ')})`)
// Nulls are one there: made by a migration.
@Index('opt_outs_once', { synchronize: false })
@Index('opt_outs_of_line', ['lineId', 'since'])
@Index('opt_outs_of_customer', ['customerId', 'since'])
@Index('opt_outs_since', ['since'])
export class OptOut {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid', { nullable: true })
  lineId!: string | null;

  @Column('uuid', { nullable: true })
  customerId!: string | null;

  @Column('bigint')
  msisdn!: number;

  @Column('timestamptz', { default: () => 'now()' })
  since!: Date;

  @Column('text', { default: 'message' })
  source!: OptOutSource;

  /** Account; null: the subscriber, by a text. */
  @Column('uuid', { nullable: true })
  notedBy!: string | null;

  @Column('text', { nullable: true })
  note!: string | null;
}
