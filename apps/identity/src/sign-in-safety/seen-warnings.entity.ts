import { Column, Entity, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { Account } from '../accounts/account.entity';

/** Until when an account has seen its security warnings. */
@Entity('seen_warnings')
export class SeenWarnings {
  @PrimaryColumn('uuid')
  accountId!: string;

  @ManyToOne(() => Account)
  @JoinColumn({ name: 'account_id' })
  account!: Account;

  @Column('timestamptz')
  seenAt!: Date;
}
