import type { ErrorCode, ListSource, ListState } from '@peyk/contracts';
import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

/**
 * A list of recipients: a file that a customer uploaded, or the numbers typed for one send. Once `ready` it never
 * changes, so a row and a count always mean the same recipients (TGT-204).
 */
@Entity('lists')
@Index('lists_files_idx', ['customerId', 'id'], { where: "source = 'file'" })
@Index('lists_unread_idx', ['touchedAt'], { where: "state IN ('uploading', 'reading')" })
@Check('lists_rows_check', 'rows = valid + duplicates + invalid')
@Check('lists_refusal_check', "(state = 'refused') = (refusal IS NOT NULL)")
export class List {
  /** UUIDv7: its month is the partition of its recipients. */
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  customerId!: string;

  @Column('text')
  source!: ListSource;

  @Column('text')
  title!: string;

  @Column('text')
  state!: ListState;

  /** Why the file was refused. */
  @Column('text', { nullable: true })
  refusal!: ErrorCode | null;

  /** While the file is being read: so far. */
  @Column('int', { default: 0 })
  rows!: number;

  @Column('int', { default: 0 })
  valid!: number;

  @Column('int', { default: 0 })
  duplicates!: number;

  @Column('int', { default: 0 })
  invalid!: number;

  @Column('int', { default: 0 })
  blank!: number;

  /** Valid recipients by index in `operators`; empty until ready. */
  @Column('int', { array: true, default: () => "'{}'" })
  byOperator!: number[];

  @Column('bigint', { default: 0 })
  bytes!: number;

  /** Upload chunks stored so far; the number of the next one. */
  @Column('int', { default: 0 })
  chunks!: number;

  @Column('timestamptz', { default: () => 'now()' })
  createdAt!: Date;

  /** Last chunk, or the end of the upload. */
  @Column('timestamptz', { default: () => 'now()' })
  touchedAt!: Date;

  /** The reading that holds the list, until `leasedUntil`; then another may take it. */
  @Column('uuid', { nullable: true })
  reading!: string | null;

  @Column('timestamptz', { nullable: true })
  leasedUntil!: Date | null;

  /** Readings begun and not given back in order. */
  @Column('smallint', { default: 0 })
  attempts!: number;
}
