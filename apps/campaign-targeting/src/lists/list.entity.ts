import type { ErrorCode } from '@peyk/contracts';
import type { ListSource, ListState } from '@peyk/contracts/targeting';
import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

/**
 * Every allowed move of a list. `deleting`: sms-gateway is being asked whether a send needs it; meanwhile no send can
 * begin with it. A list that never was `ready` has no recipients, and is forgotten as a whole.
 */
export const listTransitions: Readonly<Record<ListState, readonly ListState[]>> = {
  uploading: ['reading'],
  reading: ['ready', 'refused'],
  ready: ['deleting'],
  refused: [],
  deleting: ['ready', 'deleted'],
  deleted: [],
};

/** Positions of another list, which is `ready`, that a combined list is made of. */
export interface ListPart {
  readonly listId: string;
  /** From 1. */
  readonly firstPosition: number;
  readonly recipients: number;
}

/**
 * A list of recipients: a file that a customer uploaded, numbers typed for one send, or several lists combined. Once
 * `ready` it never changes until it is deleted, so a row and a count always mean the same recipients (TGT-204).
 */
@Entity('lists')
@Index('lists_files_idx', ['customerId', 'id'], { where: "source = 'file'" })
@Index('lists_unread_idx', ['touchedAt'], { where: "state IN ('uploading', 'reading')" })
@Index('lists_combined_idx', ['customerId', 'sourcesHash'], {
  unique: true,
  where: "((source = 'combined'::text) AND (state = ANY (ARRAY['reading'::text, 'ready'::text])))",
})
@Index('lists_deleted_idx', ['touchedAt'], {
  where: "((state = 'deleting'::text) OR ((state = 'deleted'::text) AND (erased_at IS NULL)))",
})
@Index('lists_made_idx', ['touchedAt'], {
  where: "((source <> 'file'::text) AND (state = 'ready'::text))",
})
@Index('lists_heads_idx', ['erasedAt'], {
  where: "((source <> 'file'::text) AND (state = 'deleted'::text))",
})
@Check('lists_rows_check', 'rows = valid + duplicates + invalid')
@Check('lists_refusal_check', "(state = 'refused') = (refusal IS NOT NULL)")
@Check('lists_combined_check', "(source = 'combined') = (parts IS NOT NULL AND sources_hash IS NOT NULL)")
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

  /** Row of the file that it was refused for, where one row is. */
  @Column('int', { nullable: true })
  refusalRow!: number | null;

  /** Of an xlsx: the sheet that was read, or those that were looked at in vain. */
  @Column('text', { nullable: true })
  sheet!: string | null;

  /** While the list is being read: so far. */
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

  /** Of a combined list, in its order. */
  @Column('jsonb', { nullable: true })
  parts!: readonly ListPart[] | null;

  /** Of a combined list: what it was asked to be made of. */
  @Column('text', { nullable: true })
  sourcesHash!: string | null;

  @Column('timestamptz', { default: () => 'now()' })
  createdAt!: Date;

  /** Last chunk, the end of the upload, or when its deletion was asked for. */
  @Column('timestamptz', { default: () => 'now()' })
  touchedAt!: Date;

  /** The reading that holds the list, until `leasedUntil`; then another may take it. */
  @Column('uuid', { nullable: true })
  reading!: string | null;

  @Column('timestamptz', { nullable: true })
  leasedUntil!: Date | null;

  /** Of a deleted list: when the last of its recipients was gone. */
  @Column('timestamptz', { nullable: true })
  erasedAt!: Date | null;

  /** Readings begun and not given back in order. */
  @Column('smallint', { default: 0 })
  attempts!: number;
}
