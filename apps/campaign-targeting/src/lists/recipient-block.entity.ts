import { Column, Entity, PrimaryColumn } from 'typeorm';

/**
 * Recipients at the positions `blockNo * 1,000 + 1` and on; all blocks of a list but the last are full. A row for each
 * recipient would take ten times the space and the time: lists are written once, and read by position only.
 * Partitioned by month of the list id.
 */
@Entity('recipient_blocks')
export class RecipientBlock {
  @PrimaryColumn('uuid')
  listId!: string;

  /** From 0. */
  @PrimaryColumn('int')
  blockNo!: number;

  /** 98..., in file order. */
  @Column('bigint', { array: true })
  msisdns!: number[];

  /** Index in `operators`, an entry a recipient; kept, so that a price counted once stays right. */
  @Column('smallint', { array: true })
  operators!: number[];

  /** How many of each operator the block has. */
  @Column('int', { array: true })
  byOperator!: number[];
}
