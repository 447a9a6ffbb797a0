import type { ReceiptRule, ReceiptWinner } from '@peyk/contracts';
import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** One account at an operator's SMSC, with its contract. */
@Entity('links')
@Check('links_bind_timeout_check', 'bind_timeout_ms BETWEEN 1000 AND 600000')
@Check('links_receipt_rule_check', "receipt_rule IN ('every_part', 'one_for_all')")
@Check('links_receipt_wins_check', "receipt_wins IN ('delivered', 'last')")
@Check('links_receipt_final_wait_check', 'receipt_final_wait_seconds BETWEEN 0 AND 604800')
export class Link {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('text')
  name!: string;

  @Column('text')
  host!: string;

  @Column('int')
  port!: number;

  @Column('text')
  systemId!: string;

  /** Empty: it is sealed, or there is none; else a row put in by SQL, until the next start. */
  @Column('text', { default: '' })
  password!: string;

  @Column('bytea', { nullable: true })
  sealedPassword!: Buffer | null;

  @Column('text', { default: '' })
  systemType!: string;

  @Column('boolean', { default: false })
  tls!: boolean;

  /** PEM; null: the well-known authorities. */
  @Column('text', { nullable: true })
  caCertificate!: string | null;

  /** In the operator's certificate; null: `host`. */
  @Column('text', { nullable: true })
  tlsName!: string | null;

  /** Null: by the form of the line. */
  @Column('int', { nullable: true })
  sourceTon!: number | null;

  @Column('int', { nullable: true })
  sourceNpi!: number | null;

  /** Null: 1, international E.164. */
  @Column('int', { nullable: true })
  destinationTon!: number | null;

  @Column('int', { nullable: true })
  destinationNpi!: number | null;

  /** Until then at the latest a test of it runs; null or past: none. */
  @Column('timestamptz', { nullable: true })
  testingUntil!: Date | null;

  /** Contracted parts a second over all binds; 0: no limit. */
  @Column('int')
  partsPerSecond!: number;

  /** Most unanswered submit_sm a bind. */
  @Column('int')
  windowSize!: number;

  @Column('int')
  binds!: number;

  /** From the opening of a connection to the answer to its bind. */
  @Column('int', { default: 30_000 })
  bindTimeoutMs!: number;

  @Column('int', { default: 30_000 })
  responseTimeoutMs!: number;

  @Column('int', { default: 30_000 })
  enquireLinkMs!: number;

  /** After a send finished, messages without a receipt become `unreported` so much later. */
  @Column('int', { default: 172_800 })
  receiptWaitSeconds!: number;

  /** Whether the operator reports every part of a long message, or one for all of them. */
  @Column('text', { default: 'every_part' })
  receiptRule!: ReceiptRule;

  /** Which of several final words on one part counts: delivered, whenever it comes, or the last. */
  @Column('text', { default: 'delivered' })
  receiptWins!: ReceiptWinner;

  /** A word that may be overruled is final so long after the first one; 0: the first word is final. */
  @Column('int', { default: 0 })
  receiptFinalWaitSeconds!: number;

  /** Stated policy for messages in doubt: settled so much later; null: a person settles them. */
  @Column('int', { nullable: true })
  doubtWaitSeconds!: number | null;

  @Column('text', { default: 'sent' })
  doubtSettlesAs!: 'sent' | 'failed';

  @Column('boolean', { default: true })
  active!: boolean;
}

/** One life of a worker process. */
@Entity('worker_sessions')
export class WorkerSession {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('text')
  worker!: string;

  @Column('text')
  queue!: string;

  /** live; ended: silent too long or gone, its batches are not yet looked through; closed: they are. */
  @Column('text')
  state!: 'live' | 'ended' | 'closed';

  @Column('boolean', { default: false })
  leaving!: boolean;

  @Column('timestamptz')
  seenAt!: Date;

  @Column('timestamptz', { nullable: true })
  endedAt!: Date | null;
}

/** Who owns a bind: at most one session. */
@Entity('link_binds')
export class LinkBind {
  @PrimaryColumn('uuid')
  linkId!: string;

  @PrimaryColumn('int')
  bindNo!: number;

  @Column('uuid')
  sessionId!: string;

  @Column('text')
  state!: string;

  /** In this state, with this owner. */
  @Column('timestamptz', { default: () => 'now()' })
  since!: Date;

  /** Asked back; it goes to another session once its owner no longer names it. */
  @Column('boolean', { default: false })
  leaving!: boolean;
}

/** Who may send how many of a link's contracted parts a second. */
@Entity('link_shares')
export class LinkShare {
  @PrimaryColumn('uuid')
  linkId!: string;

  @PrimaryColumn('uuid')
  sessionId!: string;

  @Column('int')
  granted!: number;

  /** What the worker said that it keeps to. */
  @Column('int')
  applied!: number;

  /** What the session had when it went away; counts as used until `freeAt`. */
  @Column('int', { default: 0 })
  reserved!: number;

  /** Set: the session is gone, or was taken for gone. */
  @Column('timestamptz', { nullable: true })
  freeAt!: Date | null;

  @Column('real', { default: 0 })
  currentPartsPerSecond!: number;

  @Column('int', { default: 0 })
  throttled!: number;
}

/** How often the operator said throttled to a session in a minute. */
@Entity('link_throttles')
export class LinkThrottle {
  @PrimaryColumn('uuid')
  linkId!: string;

  @Index()
  @PrimaryColumn('timestamptz')
  minute!: Date;

  @PrimaryColumn('uuid')
  sessionId!: string;

  @Column('text')
  worker!: string;

  @Column('int')
  times!: number;
}

/** Messages that the operator refused in a minute, by its command_status; 0: it gave none. */
@Entity('link_errors')
export class LinkError {
  @PrimaryColumn('uuid')
  linkId!: string;

  @Index()
  @PrimaryColumn('timestamptz')
  minute!: Date;

  @PrimaryColumn('bigint')
  status!: number;

  @Column('int')
  messages!: number;
}
