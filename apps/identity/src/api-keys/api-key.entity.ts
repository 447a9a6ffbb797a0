import type { KeyScope } from '@peyk/contracts';
import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { Account } from '../accounts/account.entity';

/** A key for a customer's program (SMT-214). Of its secret only a keyed hash is kept. */
@Entity('api_keys')
@Index(['accountId'])
@Index('api_keys_revoked_at_idx', ['revokedAt'], { where: 'revoked_at IS NOT NULL' })
@Check('api_keys_scopes_check', 'cardinality(scopes) > 0')
export class ApiKey {
  /** `sid` of the access tokens that are made for it. */
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  accountId!: string;

  @ManyToOne(() => Account)
  @JoinColumn({ name: 'account_id' })
  account!: Account;

  @Column('text')
  name!: string;

  /** HMAC-SHA256 of id and secret. */
  @Column('bytea')
  secretHash!: Buffer;

  @Column('text', { array: true })
  scopes!: KeyScope[];

  /** Networks that it is accepted from; empty: all. */
  @Column('cidr', { array: true })
  addresses!: string[];

  @Column('int', { nullable: true })
  ratePerMinute!: number | null;

  @Column('timestamptz', { nullable: true })
  expiresAt!: Date | null;

  @Column('timestamptz')
  createdAt!: Date;

  /** Exact to a minute. */
  @Column('timestamptz', { nullable: true })
  lastUsedAt!: Date | null;

  @Column('text', { nullable: true })
  lastUsedAddress!: string | null;

  @Column('timestamptz', { nullable: true })
  revokedAt!: Date | null;
}
