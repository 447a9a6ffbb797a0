import type { UsernameKind } from '@peyk/contracts/identity';
import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { Account } from './account.entity';

/** A person who is professor and school manager has two: each opens the one account. */
@Entity('usernames')
@Index(['accountId'])
// Made by its migration: TypeORM knows no collation of an index. Beginnings of usernames are searched for with it.
@Index('usernames_prefix_idx', { synchronize: false })
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
