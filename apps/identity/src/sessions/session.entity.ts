import type { SessionEndReason } from '@peyk/contracts/identity';
import { Account } from '../accounts/account.entity';
import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';

/** One sign-in and all refresh tokens that followed from it (IDN-210). */
@Entity('sessions')
@Index(['accountId'])
@Index('sessions_open_account_id_idx', ['accountId'], { where: 'ended_at IS NULL' })
@Index('sessions_open_expires_at_idx', ['expiresAt'], { where: 'ended_at IS NULL' })
@Index('sessions_ended_at_idx', ['endedAt'], { where: 'ended_at IS NOT NULL' })
@Check('sessions_end_check', '(ended_at IS NULL) = (end_reason IS NULL)')
export class Session {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  accountId!: string;

  @ManyToOne(() => Account)
  @JoinColumn({ name: 'account_id' })
  account!: Account;

  /** Remember-me (IDN-005). */
  @Column('boolean')
  persistent!: boolean;

  @Column('timestamptz')
  createdAt!: Date;

  /** Last sign-in or refresh, and from where. */
  @Column('timestamptz')
  lastUsedAt!: Date;

  @Column('text')
  address!: string;

  @Column('text')
  device!: string;

  /** No use prolongs it beyond this. */
  @Column('timestamptz')
  endsAt!: Date;

  /** End unless it is used before; at most `endsAt`. */
  @Column('timestamptz')
  expiresAt!: Date;

  /** Random, part of what the MAC of its refresh tokens is made of. */
  @Column('bytea')
  refreshSeed!: Buffer;

  /** Number of the one refresh token that is valid now; 0 is that of the sign-in. */
  @Column('int')
  generation!: number;

  /** When the latest refresh tokens were replaced, the newest first, at most 8. */
  @Column('timestamptz', { array: true })
  rotatedAt!: Date[];

  @Column('timestamptz', { nullable: true })
  endedAt!: Date | null;

  @Column('text', { nullable: true })
  endReason!: SessionEndReason | null;
}
