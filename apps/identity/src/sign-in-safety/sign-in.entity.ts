import type { SignInMethod, SignInOutcome } from '@peyk/contracts/identity';
import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { Account } from '../accounts/account.entity';

/** One try to sign in to an account that exists; kept for a year (IDN-211). */
@Entity('sign_ins')
@Index(['accountId', 'id'])
export class SignIn {
  /** UUIDv7: the order of time. */
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  accountId!: string;

  @ManyToOne(() => Account)
  @JoinColumn({ name: 'account_id' })
  account!: Account;

  @Column('timestamptz', { default: () => 'now()' })
  at!: Date;

  @Column('text')
  method!: SignInMethod;

  @Column('text')
  outcome!: SignInOutcome;

  @Column('text')
  device!: string;

  @Column('text')
  address!: string;

  /** Of the address, as `networkOf` cuts it. */
  @Column('text')
  network!: string;

  /** It succeeded where nobody had signed in to this account within 90 days. */
  @Column('boolean')
  newDevice!: boolean;
}
