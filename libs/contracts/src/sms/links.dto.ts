import {
  BooleanField,
  EnumField,
  InstantField,
  IntField,
  NumberField,
  ObjectField,
  StringField,
  UuidField,
} from '../core/fields';
import { receiptRules, receiptWinners } from '../core/sms-terms';
import type { ReceiptRule, ReceiptWinner } from '../core/sms-terms';
import { doubtPolicies } from './messages.rpc';

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

export class LinkDto {
  @UuidField({ description: 'Link id' })
  id!: string;
  @StringField({ description: 'Name', maxLength: 100 })
  name!: string;
  @IntField({ description: 'Contracted parts a second; 0: no limit', min: 0, max: 100_000 })
  partsPerSecond!: number;
  @IntField({ description: 'Window a bind', min: 1, max: 10_000 })
  window!: number;
  @NumberField({ description: 'Parts a second now', min: 0, max: 1_000_000 })
  currentPartsPerSecond!: number;
  @IntField({ description: 'Messages waiting', min: 0, max: 1_000_000_000 })
  backlog!: number;
  @IntField({ description: 'Messages in doubt', min: 0, max: 1_000_000_000 })
  inDoubt!: number;
  @IntField({ description: 'Times the operator said throttled since start', min: 0, max: 1_000_000_000 })
  throttled!: number;
  @IntField({
    description:
      'Receipts of the last three days that name no message of ours, by id and recipient; at most 100,000 are kept',
    min: 0,
    max: 1_000_000_000,
  })
  unmatchedReceipts!: number;
  @ObjectField({ description: 'Binds', dto: () => BindDto, array: { maxItems: 100 } })
  binds!: BindDto[];
}

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

export const bindStates = ['bound', 'connecting', 'throttled', 'closed'] as const;

export class BindDto {
  @IntField({ description: 'Number of the bind, from 0', min: 0, max: 100 })
  no!: number;

  @StringField({ description: 'Worker that owns it', optional: true, nullable: true, maxLength: 64 })
  worker?: string | null;

  @EnumField({ description: 'State', values: bindStates })
  state!: (typeof bindStates)[number];

  @InstantField({ description: 'In this state since; null: nobody owns it', optional: true, nullable: true })
  since?: string | null;
}

export class LinksDto {
  @ObjectField({ description: 'Operator links', dto: () => LinkDto, array: { maxItems: 200 } })
  links!: LinkDto[];
}
