import type { MobileRejection } from '@peyk/persian';
import { Column, Entity, PrimaryColumn } from 'typeorm';

export type RowErrorReason = MobileRejection | 'duplicate';

/** A row that gave no recipient. Partitioned by month of the list id. */
@Entity('row_errors')
export class RowError {
  @PrimaryColumn('uuid')
  listId!: string;

  /** As a spreadsheet shows it; of typed numbers the position from 1. */
  @PrimaryColumn('int')
  row!: number;

  /** At most 64 characters; of a duplicate in a file its number, 09... (none in lists read before that was kept). */
  @Column('text')
  value!: string;

  @Column('text')
  reason!: RowErrorReason;

  /** Of a duplicate: where its number stood first. */
  @Column('int', { nullable: true })
  firstRow!: number | null;
}
