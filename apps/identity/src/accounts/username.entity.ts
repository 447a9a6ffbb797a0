import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { Account } from './account.entity';

/** What a username is: a code that an institution gave (IDN-007..010), or a word that the person chose. */
export const usernameKinds = [
  'professor_code',
  'school_code',
  'student_code',
  'personnel_code',
  'office_number',
  'chosen',
] as const;
export type UsernameKind = (typeof usernameKinds)[number];

/** A person who is professor and school manager has two: each opens the one account. */
@Entity('usernames')
@Index(['accountId'])
@Check('usernames_username_check', `username <> ''`)
export class Username {
  /** As `normalizeUsername` makes it. */
  @PrimaryColumn('text')
  username!: string;

  @Column('uuid')
  accountId!: string;

  @ManyToOne(() => Account)
  @JoinColumn({ name: 'account_id' })
  account!: Account;

  @Column('text')
  kind!: UsernameKind;

  @Column('timestamptz', { default: () => 'now()' })
  createdAt!: Date;
}
