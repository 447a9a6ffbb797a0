import { EmptyDto, PageQueryDto } from './common.dto';
import { defineRpc } from './define';
import {
  BooleanField,
  EnumField,
  InstantField,
  IntField,
  ObjectField,
  StringField,
  UuidField,
} from './fields';
import { LineDto, LinkDto } from './sms.rpc';
import { lineClasses, operators, receiptRules, receiptWinners, refundPolicies } from './sms-terms';
import type { LineClass, Operator, ReceiptRule, ReceiptWinner, RefundPolicy } from './sms-terms';

/** What administrators see and change of lines, links and messages in doubt. */

export class LinkIdDto {
  @UuidField({ description: 'Link id' })
  linkId!: string;
}

export class LinkThrottleDto {
  @InstantField({ description: 'The minute' })
  at!: string;

  @StringField({ description: 'Worker that met it', maxLength: 64 })
  worker!: string;

  @IntField({ description: 'ESME_RTHROTTLED and ESME_RMSGQFUL answers in it', min: 1, max: 1_000_000_000 })
  times!: number;
}

export class LinkErrorDto {
  @IntField({
    description: 'SMPP command_status; 0: refused without one',
    min: 0,
    max: 4_294_967_295,
  })
  status!: number;

  @IntField({ description: 'Messages refused with it', min: 1, max: 1_000_000_000 })
  messages!: number;
}

export const maxLinkThrottles = 100;
export const doubtPolicies = ['sent', 'failed'] as const;

export class LinkDetailDto extends LinkDto {
  @BooleanField({ description: 'Usable: workers hold its binds' })
  active!: boolean;

  @StringField({ description: 'Host of the operator', maxLength: 253 })
  host!: string;

  @IntField({ description: 'Port', min: 1, max: 65_535 })
  port!: number;

  @StringField({ description: 'system_id of the account', maxLength: 16 })
  systemId!: string;

  @BooleanField({ description: 'A password is stored; it is never shown' })
  hasPassword!: boolean;

  @StringField({ description: 'system_type', maxLength: 13 })
  systemType!: string;

  @BooleanField({ description: 'SMPP over TLS' })
  tls!: boolean;

  @StringField({
    description: "Certificates (PEM) of the authority that signs the operator's; null: the well-known ones",
    nullable: true,
    maxLength: 20_000,
  })
  caCertificate!: string | null;

  @StringField({
    description: "Name in the operator's certificate; null: `host`",
    nullable: true,
    maxLength: 253,
  })
  tlsName!: string | null;

  @IntField({ description: 'submit_sm unanswered for so long is in doubt, ms', min: 0, max: 600_000 })
  responseTimeoutMs!: number;

  @IntField({ description: 'enquire_link after so long without traffic, ms', min: 0, max: 600_000 })
  enquireLinkMs!: number;

  @IntField({ description: 'source_addr_ton; null: by the form of the line', nullable: true, min: 0, max: 6 })
  sourceTon!: number | null;

  @IntField({
    description: 'source_addr_npi; null: by the form of the line',
    nullable: true,
    min: 0,
    max: 18,
  })
  sourceNpi!: number | null;

  @IntField({ description: 'dest_addr_ton; null: 1', nullable: true, min: 0, max: 6 })
  destinationTon!: number | null;

  @IntField({ description: 'dest_addr_npi; null: 1', nullable: true, min: 0, max: 18 })
  destinationNpi!: number | null;

  @IntField({ description: 'Messages that workers hold and have no answer to', min: 0, max: 1_000_000_000 })
  givenOut!: number;

  @IntField({
    description: 'Of those, messages that may be on the wire: started, not answered; at most window x binds',
    min: 0,
    max: 1_000_000_000,
  })
  inFlight!: number;

  @IntField({
    description: 'Messages without a receipt are given up so long after their send, s',
    min: 0,
    max: 2_000_000_000,
  })
  receiptWaitSeconds!: number;

  @IntField({
    description: 'From opening a connection to the answer to its bind, ms',
    min: 1_000,
    max: 600_000,
  })
  bindTimeoutMs!: number;

  @EnumField({
    description:
      'How the operator reports long messages: `every_part` (delivered when each part was) or `one_for_all` (one receipt speaks for all parts, also for the money)',
    values: receiptRules,
  })
  receiptRule!: ReceiptRule;

  @EnumField({
    description: 'Which of several final words on one part counts: `delivered`, or the `last` one',
    values: receiptWinners,
  })
  receiptWins!: ReceiptWinner;

  @IntField({
    description:
      'A word that may be overruled is final so long after the first one, s; until then the message is `sent` and nothing is paid back. 0: the first word is final',
    min: 0,
    max: 604_800,
  })
  receiptFinalWaitSeconds!: number;

  @IntField({
    description: 'Messages in doubt are settled so long after, s; null: a person settles them',
    nullable: true,
    min: 0,
    max: 2_000_000_000,
  })
  doubtWaitSeconds!: number | null;

  @EnumField({ description: 'As what, then', values: doubtPolicies })
  doubtSettlesAs!: (typeof doubtPolicies)[number];

  @ObjectField({
    description: 'Minutes in which the operator said throttled, newest first, of the last seven days',
    dto: () => LinkThrottleDto,
    array: { maxItems: maxLinkThrottles },
  })
  throttles!: LinkThrottleDto[];

  @ObjectField({
    description: 'Refusals of the last hour by command_status, most first',
    dto: () => LinkErrorDto,
    array: { maxItems: 100 },
  })
  errors!: LinkErrorDto[];
}

export class DoubtsQueryDto extends PageQueryDto {
  @UuidField({ description: 'Only of this link', optional: true })
  linkId?: string;

  @UuidField({ description: 'Only of this send', optional: true })
  sendId?: string;
}

export class DoubtDto {
  @UuidField({ description: 'Send id' })
  sendId!: string;

  @IntField({ description: 'Position in the send', min: 1, max: 100_000_000 })
  position!: number;

  @UuidField({
    description: "Owner's account id; null: the platform itself, which is no account",
    nullable: true,
  })
  customerId!: string | null;

  @StringField({ description: 'Recipient, masked: `98912***4567`', maxLength: 20 })
  msisdn!: string;

  @EnumField({ description: 'Operator', values: operators })
  operator!: Operator;

  @IntField({ description: 'Parts', min: 1, max: 100 })
  parts!: number;

  @UuidField({ description: 'Link id' })
  linkId!: string;

  @StringField({ description: 'Name of the link', maxLength: 100 })
  link!: string;

  @InstantField({ description: 'Given to a worker at; it has been in doubt for less long', nullable: true })
  since!: string | null;
}

export class DoubtsDto {
  @ObjectField({
    description: 'Messages in doubt, the oldest send first',
    dto: () => DoubtDto,
    array: { maxItems: 200 },
  })
  doubts!: DoubtDto[];

  @IntField({ description: 'How many there are over all pages', min: 0, max: 1_000_000_000 })
  total!: number;

  @StringField({ description: 'Cursor of the next page; absent on the last', optional: true, maxLength: 200 })
  nextCursor?: string;
}

export class AdminLineDto extends LineDto {
  @UuidField({
    description: 'Owner: account id of the customer; null: the platform itself, which is no account',
    nullable: true,
  })
  customerId!: string | null;

  @UuidField({ description: 'Link id' })
  linkId!: string;

  @StringField({ description: 'Name of the link', maxLength: 100 })
  link!: string;

  @InstantField({
    description: 'Retired at: nobody sends with it any more, until it is made or pooled anew; null: in use',
    nullable: true,
  })
  retiredAt!: string | null;
}

export class AdminLinesQueryDto extends PageQueryDto {
  @StringField({
    description: 'Part of the number, in any digits',
    optional: true,
    minLength: 1,
    maxLength: 25,
  })
  search?: string;

  @UuidField({ description: 'Only of this customer', optional: true })
  customerId?: string;

  @UuidField({ description: 'Only of this link', optional: true })
  linkId?: string;
}

export class AdminLinesDto {
  @ObjectField({ description: 'By number', dto: () => AdminLineDto, array: { maxItems: 200 } })
  lines!: AdminLineDto[];

  @StringField({ description: 'Cursor of the next page; absent on the last', optional: true, maxLength: 200 })
  nextCursor?: string;
}

export class UnlinedQueryDto extends PageQueryDto {
  @UuidField({ description: 'Only of this link', optional: true })
  linkId?: string;
}

export class UnlinedMessageDto {
  @UuidField({ description: 'Id' })
  id!: string;

  @UuidField({ description: 'Link that it came over' })
  linkId!: string;

  @StringField({ description: 'Name of the link; empty: it is gone', maxLength: 100 })
  link!: string;

  @StringField({ description: 'Sender, 98... or as the operator gave it', maxLength: 25 })
  from!: string;

  @StringField({ description: 'Number that it came to, as the operator wrote it', maxLength: 25 })
  to!: string;

  @StringField({ description: 'Text, parts joined', maxLength: 20_000 })
  text!: string;

  @IntField({
    description:
      'Parts that did not come within a day; their places in the text are marked. Absent: it is whole',
    optional: true,
    min: 1,
    max: 254,
  })
  missingParts?: number;

  @InstantField({ description: 'Received at' })
  receivedAt!: string;
}

export class UnlinedMessagesDto {
  @ObjectField({ description: 'Newest first', dto: () => UnlinedMessageDto, array: { maxItems: 200 } })
  messages!: UnlinedMessageDto[];

  @IntField({ description: 'How many there are over all pages; 10,000 stands for more', min: 0, max: 10_000 })
  total!: number;

  @StringField({ description: 'Cursor of the next page; absent on the last', optional: true, maxLength: 200 })
  nextCursor?: string;
}

export const maxOptOutWords = 50;

export class LineClassDto {
  @EnumField({ description: 'Line class', values: lineClasses })
  lineClass!: LineClass;

  @StringField({
    description:
      'A received text that is nothing but one of these opts out of the line; letters are folded, digits of any script and all marks and spaces around and between are the same. Empty: nobody can opt out',
    maxLength: 40,
    minLength: 1,
    array: { maxItems: maxOptOutWords },
  })
  optOutWords!: string[];
}

export class LineClassesDto {
  @ObjectField({ description: 'Line classes', dto: () => LineClassDto, array: { maxItems: 10 } })
  lineClasses!: LineClassDto[];
}

/** What is not named stays as it is. */
export class LineChangeDto {
  @UuidField({ description: 'Line id' })
  lineId!: string;

  @UuidField({
    description:
      'Account id of the customer who owns it from now on: the secretary falls silent; what was accepted and received before stays with its owner',
    optional: true,
  })
  customerId?: string;

  @IntField({
    description: 'First hour of sending, Asia/Tehran; with `hoursTo`. 0 and 24: no limit',
    optional: true,
    min: 0,
    max: 23,
  })
  hoursFrom?: number;

  @IntField({
    description:
      'Hour at which sending stops, Asia/Tehran; before `hoursFrom`: over midnight; never the same',
    optional: true,
    min: 1,
    max: 24,
  })
  hoursTo?: number;

  @BooleanField({ description: 'Usable; switched off nothing leaves, accepted sends wait', optional: true })
  active?: boolean;

  @BooleanField({ description: 'Also of customers without a line of their own', optional: true })
  shared?: boolean;

  @EnumField({
    description: 'Class: prices of what is quoted from now on, and whether opt-outs hold',
    optional: true,
    values: lineClasses,
  })
  lineClass?: LineClass;
}

export class LineIdDto {
  @UuidField({ description: 'Line id' })
  lineId!: string;
}

/** What a new line and one of the pool have in common. */
export class NewLineDto {
  @StringField({
    description:
      'Number as the operator knows it, any digits, or a name of up to 11 Latin letters and digits',
    minLength: 1,
    maxLength: 25,
  })
  number!: string;

  @UuidField({ description: 'Link over which it sends' })
  linkId!: string;

  @EnumField({ description: 'Class', values: lineClasses })
  lineClass!: LineClass;

  @IntField({
    description: 'First hour of sending, Asia/Tehran; with `hoursTo`. 0 unless told',
    optional: true,
    min: 0,
    max: 23,
  })
  hoursFrom?: number;

  @IntField({
    description: 'Hour at which sending stops, Asia/Tehran. 24 unless told; never that of `hoursFrom`',
    optional: true,
    min: 1,
    max: 24,
  })
  hoursTo?: number;

  @EnumField({
    description: 'What is charged; submitted unless told',
    optional: true,
    values: refundPolicies,
  })
  refundPolicy?: RefundPolicy;
}

export class LineCreateDto extends NewLineDto {
  @UuidField({
    description: 'Account id of the customer who owns it; null or absent: the platform',
    optional: true,
    nullable: true,
  })
  customerId?: string | null;

  @BooleanField({
    description: 'Counts 66 instead of 67 letters in a part of a long Persian text; false unless told',
    optional: true,
  })
  is66Char?: boolean;

  @BooleanField({
    description: 'Also of customers without a line of their own; false unless told',
    optional: true,
  })
  shared?: boolean;
}

export class PooledLineDto {
  @UuidField({ description: 'Id in the pool' })
  id!: string;

  @StringField({ description: 'Number', maxLength: 25 })
  number!: string;

  @EnumField({ description: 'Class', values: lineClasses })
  lineClass!: LineClass;

  @UuidField({ description: 'Link id' })
  linkId!: string;

  @StringField({ description: 'Name of the link', maxLength: 100 })
  link!: string;

  @IntField({ description: 'First hour of sending, Asia/Tehran', min: 0, max: 23 })
  hoursFrom!: number;

  @IntField({ description: 'Hour at which sending stops, Asia/Tehran', min: 1, max: 24 })
  hoursTo!: number;
}

export class PooledLineIdDto {
  @UuidField({ description: 'Id in the pool' })
  pooledId!: string;
}

export class LinePoolDto {
  @ObjectField({
    description: 'Lines that wait for new customers, in the order in which they are given out',
    dto: () => PooledLineDto,
    array: { maxItems: 200 },
  })
  lines!: PooledLineDto[];

  @IntField({ description: 'How many there are over all pages', min: 0, max: 1_000_000_000 })
  total!: number;

  @StringField({ description: 'Cursor of the next page; absent on the last', optional: true, maxLength: 200 })
  nextCursor?: string;
}

export const operationsRpc = {
  readLink: defineRpc({
    name: 'sms.links.read',
    input: LinkIdDto,
    output: LinkDetailDto,
    access: 'user',
    does: 'One link as it runs: pace against contract, binds and their workers, throttling and refusals.',
    errors: ['link.notFound', 'access.denied'],
  }),
  listDoubts: defineRpc({
    name: 'sms.messages.doubts',
    input: DoubtsQueryDto,
    output: DoubtsDto,
    access: 'user',
    does: 'Messages in doubt of all customers, to be settled by an administrator (guarantee 2).',
    errors: ['access.denied'],
    deadlineMs: 15_000,
  }),
  listLines: defineRpc({
    name: 'sms.lines.listAll',
    input: AdminLinesQueryDto,
    output: AdminLinesDto,
    access: 'user',
    does: 'Lines of all customers (SMS-208).',
    errors: ['access.denied'],
  }),
  listUnlined: defineRpc({
    name: 'sms.inbox.unlined',
    input: UnlinedQueryDto,
    output: UnlinedMessagesDto,
    access: 'user',
    does: 'Received messages to numbers that no line of their link has: kept for 180 days, for administrators (SMS-210).',
    errors: ['access.denied'],
  }),
  listLineClasses: defineRpc({
    name: 'sms.lineClasses.list',
    input: EmptyDto,
    output: LineClassesDto,
    access: 'user',
    does: 'What holds for all lines of a class: the words that opt out of them (SMS-212).',
    errors: ['access.denied'],
  }),
  changeLine: defineRpc({
    name: 'sms.lines.change',
    input: LineChangeDto,
    output: AdminLineDto,
    access: 'user',
    does: 'Gives a line to a customer, sets its hours, switches it (SMS-208); the audit log keeps it.',
    errors: ['line.notFound', 'access.denied'],
  }),
  createLine: defineRpc({
    name: 'sms.lines.create',
    input: LineCreateDto,
    output: AdminLineDto,
    access: 'user',
    does: 'Makes a line, or takes a retired one of that number into use again (SMS-208); the audit log keeps it.',
    errors: ['line.numberTaken', 'link.notFound', 'access.denied'],
  }),
  retireLine: defineRpc({
    name: 'sms.lines.retire',
    input: LineIdDto,
    output: AdminLineDto,
    access: 'user',
    does: 'Takes a line out of use: its owner sees it no more, what it sent and received stays. Refused while sends of it are open.',
    errors: ['line.notFound', 'line.inUse', 'access.denied'],
  }),
  listPool: defineRpc({
    name: 'sms.linePool.list',
    input: PageQueryDto,
    output: LinePoolDto,
    access: 'user',
    does: 'Lines that wait for customers who sign up (IDN-215).',
    errors: ['access.denied'],
  }),
  addToPool: defineRpc({
    name: 'sms.linePool.add',
    input: NewLineDto,
    output: PooledLineDto,
    access: 'user',
    does: 'Puts a line into the pool, also a retired one; the audit log keeps it.',
    errors: ['line.numberTaken', 'link.notFound', 'access.denied'],
  }),
  removeFromPool: defineRpc({
    name: 'sms.linePool.remove',
    input: PooledLineIdDto,
    output: EmptyDto,
    access: 'user',
    does: 'Takes a line out of the pool; the audit log keeps it.',
    errors: ['line.notFound', 'access.denied'],
  }),
};
