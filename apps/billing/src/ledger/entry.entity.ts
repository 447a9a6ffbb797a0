import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { Account } from './account.entity';
import { Transfer } from './transfer.entity';

/**
 * What a transfer changed in one account, and what stood there after it. Never changed or deleted (trigger);
 * partitioned by month of `at`.
 */
@Entity('entries')
export class Entry {
  @PrimaryColumn('bigint')
  accountId!: number;

  /** 1, 2, 3, ... within the account, without gaps. */
  @PrimaryColumn('bigint')
  entryNo!: number;

  @PrimaryColumn('timestamptz')
  at!: Date;

  @Index()
  @Column('uuid')
  transferId!: string;

  @Column('bigint')
  postedChangeRials!: number;

  @Column('bigint')
  heldChangeRials!: number;

  @Column('bigint')
  postedAfterRials!: number;

  @Column('bigint')
  heldAfterRials!: number;

  /** SHA-256 over the chain of the entry before and all fields of this one and its transfer (`ledger_link`). */
  @Column('bytea')
  chain!: Buffer;

  @ManyToOne(() => Account, { nullable: false })
  @JoinColumn({ name: 'account_id' })
  account!: Account;

  @ManyToOne(() => Transfer, { nullable: false })
  @JoinColumn({ name: 'transfer_id' })
  transfer!: Transfer;
}
