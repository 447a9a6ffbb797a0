import type { Role } from '@peyk/contracts';
import { Check, Column, Entity, PrimaryColumn, Unique } from 'typeorm';

/** A person, once, with any number of roles (IDN-201). */
@Entity('accounts')
@Unique(['username'])
@Check('accounts_username_check', `username <> ''`)
export class Account {
  @PrimaryColumn('uuid')
  id!: string;

  /** As `normalizeUsername` makes it. */
  @Column('text')
  username!: string;

  @Column('text')
  name!: string;

  @Column('text', { array: true })
  roles!: Role[];

  /** Argon2id in PHC form. Null: no password has been set and none opens the account. */
  @Column('text', { nullable: true })
  passwordHash!: string | null;

  @Column('boolean', { default: false })
  disabled!: boolean;

  /** Goes up with each change of roles, password or `disabled`; stands in access tokens, so that old ones can be told. */
  @Column('int', { default: 1 })
  permissionStamp!: number;

  @Column('timestamptz', { default: () => 'now()' })
  createdAt!: Date;
}
