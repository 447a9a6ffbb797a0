import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** One deliver_sm with text, kept until the message is whole (and after it, to know a repetition). */
@Entity('inbound_parts')
@Index('inbound_parts_open', ['toNumber', 'fromNumber', 'reference'], { where: '(inbox_id IS NULL)' })
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

  @Column('text')
  body!: string;

  @Column('uuid', { nullable: true })
  inboxId!: string | null;

  @Column('timestamptz')
  receivedAt!: Date;
}

@Entity('inbox_messages')
@Index(['customerId', 'id'])
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

  @Column('timestamptz')
  receivedAt!: Date;
}

/** The secretary's last answer to a sender on a line; also the guard against two machines that answer each other. */
@Entity('secretary_answers')
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
