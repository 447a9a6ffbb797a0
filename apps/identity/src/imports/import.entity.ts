import type { ImportColumn, ImportKind, ImportState } from '@peyk/contracts/identity';
import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** One file of people or basic data on its way in (IDN-203). */
@Entity('imports')
@Index('imports_work_idx', ['stateSince'], { where: `state IN ('reading', 'applying')` })
@Index('imports_open_idx', ['touchedAt'], { where: `state NOT IN ('done', 'failed', 'cancelled')` })
@Check('imports_rows_check', 'rows = created + updated + unchanged + refused')
@Check('imports_refusal_check', "(state = 'failed') = (refusal IS NOT NULL)")
@Check('imports_applied_check', "state NOT IN ('applying', 'done') OR applied_by IS NOT NULL")
export class Import {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('text')
  kind!: ImportKind;

  @Column('text')
  fileName!: string;

  /** See `importMoves`. */
  @Column('text')
  state!: ImportState;

  /** Error code when it failed. */
  @Column('text', { nullable: true })
  refusal!: string | null;

  @Column('text', { array: true, default: '{}' })
  missingColumns!: ImportColumn[];

  @Column('int', { default: 0 })
  bytes!: number;

  @Column('int', { default: 0 })
  chunks!: number;

  /** Rows read in this state; those up to row `cursor` of the file are dealt with and are not taken again. */
  @Column('int', { default: 0 })
  rows!: number;

  @Column('int', { default: 0 })
  cursor!: number;

  @Column('int', { nullable: true })
  rowsInAll!: number | null;

  @Column('int', { default: 0 })
  created!: number;

  @Column('int', { default: 0 })
  updated!: number;

  @Column('int', { default: 0 })
  unchanged!: number;

  @Column('int', { default: 0 })
  refused!: number;

  @Column('int', { default: 0 })
  moved!: number;

  /** Faults kept in `import_errors`. */
  @Column('int', { default: 0 })
  faults!: number;

  /** Who uploaded it, and who had it applied. */
  @Column('uuid')
  createdBy!: string;

  @Column('uuid', { nullable: true })
  appliedBy!: string | null;

  @Column('timestamptz', { default: () => 'now()' })
  createdAt!: Date;

  @Column('timestamptz', { default: () => 'now()' })
  stateSince!: Date;

  @Column('timestamptz', { default: () => 'now()' })
  touchedAt!: Date;

  /** Token of the replica that works on it: with another in its place nothing of it is written. */
  @Column('uuid', { nullable: true })
  worker!: string | null;

  @Column('timestamptz', { nullable: true })
  leasedUntil!: Date | null;

  /** Times that it was taken without getting a batch further. */
  @Column('smallint', { default: 0 })
  attempts!: number;
}
