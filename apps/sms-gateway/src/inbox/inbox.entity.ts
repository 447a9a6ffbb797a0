import type { SmsAlphabet } from '@peyk/persian';
import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import type { Relation } from 'typeorm';

/** One deliver_sm with text, kept until the message is whole (and after it, to know a repetition). */
@Entity('inbound_parts')
@Index('inbound_parts_message', ['toNumber', 'fromNumber', 'reference', 'receivedAt'])
@Index('inbound_parts_due', ['lookAt'], { where: '(inbox_id IS NULL)' })
@Index('inbound_parts_joined', ['receivedAt'], { where: '(inbox_id IS NOT NULL)' })
export class InboundPart {
  @PrimaryColumn('uuid')
  linkId!: string;

  @PrimaryColumn('text')
  key!: string;

  @Column('text')
  fromNumber!: string;

  @Column('text')
  toNumber!: string;

  @Column('int', { nullable: true })
  reference!: number | null;

  @Column('int')
  total!: number;

  @Column('int')
  part!: number;

  /** Of a message that is whole; '' where the octets say it. */
  @Column('text')
  body!: string;

  /** Of a part: what its octets are; null: it came as text. */
  @Column('text', { nullable: true })
  alphabet!: SmsAlphabet | null;

  @Column('bytea', { nullable: true })
  octets!: Buffer | null;

  /** The message that it is of, in `inbox_messages` or `unlined_messages`; null: it waits for the others. */
  @Column('uuid', { nullable: true })
  inboxId!: string | null;

  @Column('timestamptz')
  receivedAt!: Date;

  /** Parts of one report have one time: this is their order. */
  @Column('timestamptz', { default: () => 'clock_timestamp()' })
  arrivedAt!: Date;

  /** When what waits is looked at again although nothing comes. */
  @Column('timestamptz', { nullable: true })
  lookAt!: Date | null;
}

@Entity('inbox_messages')
@Index(['customerId', 'id'])
@Index('inbox_messages_thread', ['customerId', 'lineId', 'fromNumber', 'id'])
export class InboxMessage {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  customerId!: string;

  @Column('uuid')
  lineId!: string;

  @Column('text')
  fromNumber!: string;

  @Column('text')
  toNumber!: string;

  @Column('text')
  body!: string;

  /** Parts that never came; their place in the text is marked. */
  @Column('int', { default: 0 })
  missingParts!: number;

  @Column('timestamptz')
  receivedAt!: Date;
}

/** Words by which a received message is found (`WordIndex`). */
@Entity('inbox_words')
@Index(['customerId', 'id'])
// Made by its migration.
@Index('inbox_words_words_idx', { synchronize: false })
export class InboxWords {
  @PrimaryColumn('uuid')
  id!: string;

  @ManyToOne(() => InboxMessage, { nullable: false, onDelete: 'CASCADE' })
  @JoinColumn({ name: 'id' })
  message?: Relation<InboxMessage>;

  @Column('uuid')
  customerId!: string;

  @Column('tsvector')
  words!: string;
}

/** A message to a number that no line of its link has: for administrators, kept for 180 days. */
@Entity('unlined_messages')
@Index('unlined_messages_link', ['linkId', 'id'])
@Index('unlined_messages_received', ['receivedAt'])
export class UnlinedMessage {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  linkId!: string;

  @Column('text')
  fromNumber!: string;

  /** As the operator wrote it. */
  @Column('text')
  toNumber!: string;

  @Column('text')
  body!: string;

  @Column('int', { default: 0 })
  missingParts!: number;

  @Column('timestamptz')
  receivedAt!: Date;
}

/** What one number wrote to one line of a customer. */
@Entity('inbox_threads')
@Index('inbox_threads_number', ['customerId', 'lineId', 'fromNumber'], { unique: true })
@Index('inbox_threads_newest', ['customerId', 'lastId'])
@Index('inbox_threads_unread', ['customerId'], { where: '(unread > 0)' })
export class InboxThread {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  customerId!: string;

  @Column('uuid')
  lineId!: string;

  @Column('text')
  fromNumber!: string;

  @Column('text')
  toNumber!: string;

  @Column('int')
  messages!: number;

  @Column('int')
  unread!: number;

  /** Message up to which all were seen; null: none. */
  @Column('uuid', { nullable: true })
  seenId!: string | null;

  @Column('uuid')
  lastId!: string;

  @Column('text')
  lastText!: string;

  @Column('timestamptz')
  lastAt!: Date;
}

/** The secretary's last answer to a sender on a line; also the guard against two machines that answer each other. */
@Entity('secretary_answers')
@Index('secretary_answers_given', ['answeredAt'], { where: '(NOT due)' })
@Index('secretary_answers_due', ['lineId'], { where: 'due' })
export class SecretaryAnswer {
  @PrimaryColumn('uuid')
  lineId!: string;

  @PrimaryColumn('bigint')
  msisdn!: number;

  /** The message that it answers. */
  @Column('uuid')
  inboxId!: string;

  @Column('timestamptz')
  answeredAt!: Date;

  /** Not yet handed over as a send. */
  @Column('boolean')
  due!: boolean;
}

/** An own send to the number of a thread alone, over its line. Both ids are in the order of time. */
@Entity('thread_sends')
export class ThreadSend {
  @PrimaryColumn('uuid')
  threadId!: string;

  @Index()
  @PrimaryColumn('uuid')
  sendId!: string;
}
