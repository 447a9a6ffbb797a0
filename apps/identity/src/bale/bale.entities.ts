import { Column, Entity, Index, JoinColumn, OneToOne, PrimaryColumn } from 'typeorm';
import { Account } from '../accounts/account.entity';

/** The chat with our bot that a person linked to the account (IDN-206). */
@Entity('bale_chats')
export class BaleChat {
  @PrimaryColumn('uuid')
  accountId!: string;

  @OneToOne(() => Account)
  @JoinColumn({ name: 'account_id' })
  account!: Account;

  @Column('bigint')
  chatId!: string;

  /** Of the mobile that was proved: the link holds only while the account has the same one. */
  @Column('bytea')
  mobileIndex!: Buffer;

  @Column('timestamptz', { default: () => 'now()' })
  linkedAt!: Date;
}

/** A link that was begun in the panel; a newer one of the account takes its place. */
@Entity('bale_link_tokens')
@Index(['chatId'])
@Index(['expiresAt'])
export class BaleLinkToken {
  @PrimaryColumn('uuid')
  accountId!: string;

  @OneToOne(() => Account)
  @JoinColumn({ name: 'account_id' })
  account!: Account;

  /** SHA-256. */
  @Column('bytea', { unique: true })
  tokenHash!: Buffer;

  /** The chat that brought the token and was asked for its contact. */
  @Column('bigint', { nullable: true })
  chatId!: string | null;

  @Column('timestamptz')
  expiresAt!: Date;
}

/** How far the updates of a bot were read. */
@Entity('bale_bots')
export class BaleBotState {
  /** The digits of its token before the colon. */
  @PrimaryColumn('text')
  id!: string;

  @Column('bigint')
  nextOffset!: string;
}
