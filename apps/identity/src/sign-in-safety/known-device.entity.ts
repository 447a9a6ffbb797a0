import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { Account } from '../accounts/account.entity';

/** A browser on which somebody signed in to the account; one browser may be known to several accounts. */
@Entity('known_devices')
@Index(['accountId'])
@Index(['lastSeenAt'])
export class KnownDevice {
  /** SHA-256 of the token in the browser's cookie. */
  @PrimaryColumn('bytea')
  tokenHash!: Buffer;

  @PrimaryColumn('uuid')
  accountId!: string;

  @ManyToOne(() => Account)
  @JoinColumn({ name: 'account_id' })
  account!: Account;

  @Column('timestamptz', { default: () => 'now()' })
  lastSeenAt!: Date;
}
