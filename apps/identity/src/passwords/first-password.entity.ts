import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { Account } from '../accounts/account.entity';

/** A person who signed in with an issued password may set an own one, once (IDN-207); at most one an account. */
@Entity('first_passwords')
@Index('first_passwords_token_hash_key', ['tokenHash'], { unique: true })
export class FirstPassword {
  @PrimaryColumn('uuid')
  accountId!: string;

  @ManyToOne(() => Account)
  @JoinColumn({ name: 'account_id' })
  account!: Account;

  /** SHA-256. */
  @Column('bytea')
  tokenHash!: Buffer;

  /** Remember-me of that sign-in. */
  @Column('boolean')
  persistent!: boolean;

  @Column('timestamptz')
  expiresAt!: Date;
}
