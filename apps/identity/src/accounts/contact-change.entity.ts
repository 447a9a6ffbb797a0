import { changerRoles, contactChangeStates, contactFields } from '@peyk/contracts/identity';
import type { ChangerRole, ContactChangeState, ContactField } from '@peyk/contracts/identity';
import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { Account } from './account.entity';

/** All moves of a change; what is not listed is refused. Time alone ends a hold: the state stays `held` then. */
export const contactMoves: Readonly<Record<ContactChangeState, readonly ContactChangeState[]>> = {
  held: ['approved', 'stopped'],
  approved: [],
  proved: ['stopped'],
  stopped: [],
};

const listed = (values: readonly string[]): string => values.map((value) => `'${value}'`).join(', ');

/** Where codes go, or what opens the account, was changed: by somebody else, or by the owner with codes to both. Kept for 30 days. */
@Entity('contact_changes')
@Check('contact_changes_field_check', `field IN (${listed(contactFields)})`)
@Check('contact_changes_state_check', `state IN (${listed(contactChangeStates)})`)
@Check('contact_changes_changed_as_check', `changed_as IN (${listed(changerRoles)})`)
@Index(['accountId', 'changedAt'])
@Index(['changedAt'])
@Index('contact_changes_next_try_at_idx', ['nextTryAt'], { where: 'next_try_at IS NOT NULL' })
export class ContactChange {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  accountId!: string;

  @ManyToOne(() => Account, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'account_id' })
  account!: Account;

  @Column('text')
  field!: ContactField;

  /** What a mobile or national code was, sealed (`PersonalData.sealBefore`); null: there was none. */
  @Column('bytea', { nullable: true })
  beforeSealed!: Buffer | null;

  @Column('text', { nullable: true })
  beforeEmail!: string | null;

  @Column('uuid')
  changedBy!: string;

  @Column('text')
  changedAs!: ChangerRole;

  @Column('timestamptz', { default: () => 'now()' })
  changedAt!: Date;

  @Column('timestamptz')
  heldUntil!: Date;

  @Column('text', { default: 'held' })
  state!: ContactChangeState;

  @Column('uuid', { nullable: true })
  decidedBy!: string | null;

  @Column('timestamptz', { nullable: true })
  decidedAt!: Date | null;

  /** When the owner gets a message, or another one; null: it was sent, or given up. */
  @Column('timestamptz', { nullable: true })
  nextTryAt!: Date | null;

  @Column('int', { default: 0 })
  tries!: number;
}

/** The states from which a change may go to `to`. */
export function contactStatesBefore(to: 'approved' | 'stopped'): string[] {
  return Object.entries(contactMoves).flatMap(([from, next]) => (next.includes(to) ? [from] : []));
}
