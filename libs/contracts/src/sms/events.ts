import { defineEvent } from '../core/define';
import type { EventsOf } from '../core/define';
import {
  BooleanField,
  EnumField,
  InstantField,
  IntField,
  NumberField,
  ObjectField,
  RialsField,
  StringField,
  UuidField,
} from '../core/fields';
import { lineClasses, sendStates } from '../core/sms-terms';
import type { LineClass, SendState } from '../core/sms-terms';
import { SendCountsDto } from './sends.dto';

export class SendAcceptedDto {
  @UuidField({ description: 'Send id' })
  sendId!: string;
  @UuidField({ description: 'Owner' })
  customerId!: string;
  @IntField({ description: 'Recipients', min: 0, max: 100_000_000 })
  recipients!: number;
  @RialsField({ description: 'Quoted price, Rial' })
  quotedRials!: number;
}

export class SendChargedDto {
  @UuidField({ description: 'Send id = hold id' })
  sendId!: string;
  @UuidField({ description: 'Owner' })
  customerId!: string;
  @RialsField({ description: 'To capture from the hold, Rial' })
  captureRials!: number;
  @RialsField({ description: 'To pay back of what was captured before, Rial' })
  refundRials!: number;
}

export class SendClosedDto {
  @UuidField({ description: 'Send id = hold id' })
  sendId!: string;
  @UuidField({ description: 'Owner' })
  customerId!: string;
  @RialsField({ description: 'Captured in all by the charges before, Rial: a check' })
  chargedRials!: number;
}

export class SendEarnedDto {
  @UuidField({ description: 'Send id = hold id' })
  sendId!: string;
  @UuidField({ description: 'Owner' })
  customerId!: string;
  @UuidField({ description: 'Reseller whose user it was when the send was quoted' })
  resellerId!: string;
  @IntField({ description: 'Parts charged and not paid back', min: 0, max: 2_000_000_000 })
  parts!: number;
  @RialsField({ description: 'Charged less paid back, Rial' })
  netRials!: number;
  @RialsField({ description: 'Of it the price above the cost of the reseller, Rial' })
  marginRials!: number;
}

export class SendFinishedDto {
  @UuidField({ description: 'Send id' })
  sendId!: string;
  @UuidField({ description: 'Owner' })
  customerId!: string;
  @EnumField({ description: 'finished, cancelled, refused or missed', values: sendStates })
  state!: SendState;
}

/** Live progress; sent at most twice a second for a running send, not stored: a later one replaces it. */
export class SendProgressedDto {
  @UuidField({ description: 'Send id' })
  sendId!: string;
  @UuidField({ description: 'Owner' })
  customerId!: string;
  @EnumField({ description: 'State', values: sendStates })
  state!: SendState;
  @IntField({ description: 'Recipients', min: 0, max: 100_000_000 })
  recipients!: number;
  @ObjectField({ description: 'Messages by state', dto: () => SendCountsDto })
  counts!: SendCountsDto;
  @RialsField({ description: 'Charged until now, Rial' })
  chargedRials!: number;
  @NumberField({ description: 'Parts a second that left in the last seconds', min: 0, max: 1_000_000 })
  partsPerSecond!: number;
  @InstantField({ description: 'When' })
  at!: string;
}

export class InboxReceivedDto {
  @UuidField({ description: 'Inbox message id' })
  inboxId!: string;
  @UuidField({ description: 'Owner of the line' })
  customerId!: string;
  @StringField({ description: 'Sender', maxLength: 25 })
  from!: string;
  @StringField({ description: 'Line', maxLength: 25 })
  to!: string;
}

/** What administrators change of a line. */
export class LineTermsDto {
  @UuidField({ description: 'Owner; null: the platform itself', nullable: true })
  customerId!: string | null;
  @IntField({ description: 'First hour of sending, Asia/Tehran', min: 0, max: 23 })
  hoursFrom!: number;
  @IntField({ description: 'Hour at which sending stops, Asia/Tehran', min: 1, max: 24 })
  hoursTo!: number;
  @BooleanField({ description: 'Usable' })
  active!: boolean;
  @BooleanField({ description: 'Also of customers without a line of their own' })
  shared!: boolean;
  @EnumField({ description: 'Class', optional: true, values: lineClasses })
  lineClass?: LineClass;
}

export class LineChangedDto {
  @UuidField({ description: 'Line id' })
  lineId!: string;
  @StringField({ description: 'Its number', maxLength: 25 })
  number!: string;
  @UuidField({ description: 'Administrator that changed it' })
  by!: string;
  @ObjectField({ description: 'Until now', dto: () => LineTermsDto })
  before!: LineTermsDto;
  @ObjectField({ description: 'From now on', dto: () => LineTermsDto })
  after!: LineTermsDto;
}

/** A field that an administrator changed, in words of the audit log. */
export class AdministeredFieldDto {
  @StringField({ description: 'Field', maxLength: 60 })
  field!: string;
  @StringField({ description: 'Until now; null: nothing', nullable: true, maxLength: 4_000 })
  before!: string | null;
  @StringField({ description: 'From now on; null: nothing', nullable: true, maxLength: 4_000 })
  after!: string | null;
}

export class AdministeredDto {
  @StringField({
    description: '`<noun>.<past verb>`, as the audit log has it: `link.changed`',
    maxLength: 60,
    pattern: /^[a-z_]+\.[a-z_]+$/,
  })
  action!: string;
  @UuidField({ description: 'Administrator that did it' })
  by!: string;
  @UuidField({ description: 'Customer whom it concerns; null: none', nullable: true })
  customerId!: string | null;
  @StringField({ description: 'Why, as the administrator gave it', nullable: true, maxLength: 500 })
  reason!: string | null;
  @ObjectField({
    description: 'What it was done to, and what changed; never a secret',
    dto: () => AdministeredFieldDto,
    array: { maxItems: 60 },
  })
  fields!: AdministeredFieldDto[];
}

export const smsEvents = {
  sendAccepted: defineEvent({
    name: 'sms.send.accepted',
    version: 1,
    payload: SendAcceptedDto,
    when: 'A send was stored and its credit held.',
  }),
  sendCharged: defineEvent({
    name: 'sms.send.charged',
    version: 1,
    payload: SendChargedDto,
    when: 'Outcomes of a batch of messages were recorded that move money: captured or paid back.',
  }),
  sendClosed: defineEvent({
    name: 'sms.send.closed',
    version: 1,
    payload: SendClosedDto,
    when: 'No message of the send can be charged any more; the rest of the hold is free.',
  }),
  sendEarned: defineEvent({
    name: 'sms.send.earned',
    version: 1,
    payload: SendEarnedDto,
    when: "A send of a reseller's user is settled, and where its line pays back every message was reported or given up: what the reseller earned is certain.",
  }),
  sendFinished: defineEvent({
    name: 'sms.send.finished',
    version: 1,
    payload: SendFinishedDto,
    when: 'The last message left the queue, or the send was cancelled, refused or missed.',
  }),
  sendProgressed: defineEvent({
    name: 'sms.send.progressed',
    version: 1,
    payload: SendProgressedDto,
    when: 'A running send moved on; live only, never stored or repeated.',
  }),
  lineChanged: defineEvent({
    name: 'sms.line.changed',
    version: 1,
    payload: LineChangedDto,
    when: 'An administrator gave a line to a customer, set its hours or switched it.',
  }),
  administered: defineEvent({
    name: 'sms.administration.done',
    version: 1,
    payload: AdministeredDto,
    when: 'An administrator did something that the audit log keeps, other than changing a line.',
  }),
  inboxReceived: defineEvent({
    name: 'sms.inbox.received',
    version: 1,
    payload: InboxReceivedDto,
    when: 'A message from a subscriber is complete and stored in the inbox.',
  }),
} satisfies EventsOf<'sms'>;
