import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { Account } from '../accounts/account.entity';

/** A code that was asked for; the code itself is nowhere, only its keyed hash. */
@Entity('one_time_codes')
@Index(['personKey', 'createdAt'])
@Index(['budgetKey'])
@Index(['expiresAt'])
@Index(['network', 'createdAt'])
export class OneTimeCode {
  /** The `requestId` that the one who asked for it knows. */
  @PrimaryColumn('uuid')
  id!: string;

  @Column('text')
  purpose!: string;

  /** Keyed hash of the account, of the mobile, or of the username that nobody has. */
  @Column('bytea')
  personKey!: Buffer;

  /** Whose `CodeBudget` it was sent from. */
  @Column('bytea')
  budgetKey!: Buffer;

  /** Null: for a mobile that is nobody's yet, or a decoy for a username that nobody has. */
  @Column('uuid', { nullable: true })
  accountId!: string | null;

  @ManyToOne(() => Account)
  @JoinColumn({ name: 'account_id' })
  account!: Account | null;

  /** The mobile that the code proves, sealed under this row's id. */
  @Column('bytea', { nullable: true })
  mobileSealed!: Buffer | null;

  /** Of a decoy: random bytes, which no code has. */
  @Column('bytea')
  codeHash!: Buffer;

  @Column('smallint')
  triesLeft!: number;

  @Column('timestamptz', { default: () => 'now()' })
  createdAt!: Date;

  /** Brought forward when a newer code takes its place. */
  @Column('timestamptz')
  expiresAt!: Date;

  @Column('timestamptz', { nullable: true })
  usedAt!: Date | null;

  @Column('text')
  address!: string;

  /** The address, of IPv6 its /64: whose codes are counted together. */
  @Column('text')
  network!: string;

  @Column('text')
  device!: string;
}

/** When codes were last sent that one asker had asked for, for one person, over all purposes and channels. */
@Entity('code_budgets')
@Index(['lastSentAt'])
export class CodeBudget {
  /** Keyed hash of the person, and of the asker: the person's known devices, or an address. */
  @PrimaryColumn('bytea')
  budgetKey!: Buffer;

  @Column('timestamptz')
  lastSentAt!: Date;

  /** The nine before, newest first. */
  @Column('timestamptz', { array: true })
  sentBefore!: Date[];
}
