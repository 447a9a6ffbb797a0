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
