import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/**
 * What somebody did, or tried, with accounts and their data (IDN-221). Rows are only ever added: a trigger refuses
 * everything else, and the chain (`AuditLink`) shows what was changed around it.
 */
@Entity('audit_entries')
@Index('audit_entries_at_idx', ['at', 'seq'])
@Index('audit_entries_account_idx', ['accountId', 'at', 'seq'])
@Index('audit_entries_actor_idx', ['actorId', 'at', 'seq'])
@Index('audit_entries_action_idx', ['action', 'at', 'seq'])
export class AuditEntryRow {
  @PrimaryColumn({ type: 'bigint', generated: 'identity', generatedIdentity: 'ALWAYS' })
  seq!: number;

  @Column('timestamptz', { default: () => 'clock_timestamp()' })
  at!: Date;

  /** `<noun>.<past verb>`; in the C collation, so that a prefix finds its rows by index. */
  @Column({ type: 'text', collation: 'C' })
  action!: string;

  @Column('uuid', { nullable: true })
  actorId!: string | null;

  @Column('text', { nullable: true })
  actorService!: string | null;

  /** About whom. */
  @Column('uuid', { nullable: true })
  accountId!: string | null;

  @Column('text', { nullable: true })
  reason!: string | null;

  /** What was changed, before and after; national codes and mobiles masked. */
  @Column('jsonb', { nullable: true })
  before!: object | null;

  @Column('jsonb', { nullable: true })
  after!: object | null;

  @Column('text', { nullable: true })
  address!: string | null;

  @Column('text', { nullable: true })
  device!: string | null;

  @Column('text', { nullable: true })
  requestId!: string | null;
}

/** Where an entry stands in the chain, in the order of the commits, without a gap. */
@Entity('audit_links')
@Index('audit_links_entry_seq_key', ['entrySeq'], { unique: true })
export class AuditLink {
  @PrimaryColumn('bigint')
  position!: number;

  @Column('bigint')
  entrySeq!: number;

  /** SHA-256 of the link before and of the entry. */
  @Column('bytea')
  link!: Buffer;
}
