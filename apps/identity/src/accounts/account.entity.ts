import type { Role, RoleScopes } from '@peyk/contracts';
import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';

/**
 * A person, once, with any number of roles (IDN-201) and usernames (`Username`). National code and mobile are stored
 * sealed, each with a keyed hash beside it for search (IDN-212); see `PersonalData`.
 */
@Entity('accounts')
// Made by their migrations: unique among the people of one reseller, or of the site itself.
@Index('accounts_national_code_index_key', { synchronize: false })
@Index('accounts_email_key', { synchronize: false })
@Index(['nationalCodeIndex'])
@Index(['mobileIndex'])
@Index('accounts_stamp_changed_at_idx', ['stampChangedAt'], { where: 'stamp_changed_at IS NOT NULL' })
@Index(['email'])
@Index('accounts_referral_code_key', ['referralCode'], { unique: true })
@Index(['resellerId'])
// Made by its migration: words of the name, for search.
@Index('accounts_name_words_idx', { synchronize: false })
@Index(['referrerId'])
export class Account {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('text')
  name!: string;

  @Column('text', { array: true })
  roles!: Role[];

  /** Scopes of the roles that have some, by role. */
  @Column('jsonb', { default: {} })
  scopes!: RoleScopes;

  /** Argon2id in PHC form. Null: no password has been set and none opens the account. */
  @Column('text', { nullable: true })
  passwordHash!: string | null;

  /** The password was given by somebody else: signing in opens nothing but setting a new one (IDN-207). */
  @Column('boolean', { default: false })
  mustSetPassword!: boolean;

  @Column('timestamptz', { nullable: true })
  passwordSetAt!: Date | null;

  @Column('boolean', { default: false })
  disabled!: boolean;

  /** Goes up with each change of roles, scopes, password or `disabled`; older access tokens are refused everywhere. */
  @Column('int', { default: 1 })
  permissionStamp!: number;

  /** Set by a trigger whenever the stamp rises. */
  @Column('timestamptz', { nullable: true })
  stampChangedAt!: Date | null;

  @Column('bytea', { nullable: true })
  nationalCodeSealed!: Buffer | null;

  @Column('bytea', { nullable: true })
  nationalCodeIndex!: Buffer | null;

  @Column('bytea', { nullable: true })
  mobileSealed!: Buffer | null;

  @Column('bytea', { nullable: true })
  mobileIndex!: Buffer | null;

  @Column('timestamptz', { nullable: true })
  mobileChangedAt!: Date | null;

  /** Lower case. */
  @Column('text', { nullable: true })
  email!: string | null;

  @Column('timestamptz', { nullable: true })
  emailChangedAt!: Date | null;

  /** The reseller whose user this is; null: the site's own (IDN-216). */
  @Column('uuid', { nullable: true })
  resellerId!: string | null;

  @ManyToOne(() => Account)
  @JoinColumn({ name: 'reseller_id' })
  reseller!: Account | null;

  /** With which it introduces others (IDN-217). */
  @Column('text', { nullable: true })
  referralCode!: string | null;

  @Column('uuid', { nullable: true })
  referrerId!: string | null;

  @ManyToOne(() => Account)
  @JoinColumn({ name: 'referrer_id' })
  referrer!: Account | null;

  /** Terms that were accepted at sign-up (IDN-032). */
  @Column('int', { nullable: true })
  termsVersion!: number | null;

  @Column('timestamptz', { nullable: true })
  termsAcceptedAt!: Date | null;

  @Column('timestamptz', { default: () => 'now()' })
  createdAt!: Date;

  @Column('timestamptz', { default: () => 'now()' })
  updatedAt!: Date;
}
