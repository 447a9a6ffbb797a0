import { EmptyDto } from '../core/common.dto';
import { defineRpc } from '../core/define';
import { BooleanField, EnumField, IntField, StringField, UuidField } from '../core/fields';
import { receiptRules, receiptWinners } from '../core/sms-terms';
import type { ReceiptRule, ReceiptWinner } from '../core/sms-terms';
import { LinkDetailDto, LinkIdDto, LinksDto } from './links.dto';
import { doubtPolicies } from './messages.rpc';

/** Links as administrators make and change them. What runs over them is in sms-operations.rpc.ts. */

const name = { description: 'Name for people; no other link has it', minLength: 1, maxLength: 100 } as const;

const host = {
  description: "Name or IP address of the operator's SMSC",
  minLength: 1,
  maxLength: 253,
  pattern: /^[A-Za-z0-9]([\w.:-]*[A-Za-z0-9])?$/,
} as const;

const port = { description: 'Port', min: 1, max: 65_535 } as const;

/** SMPP 3.4 section 4.1.1: a C-octet string of 16, of which one is its end. */
const systemId = {
  description: 'system_id of the account',
  minLength: 1,
  maxLength: 15,
  pattern: /^[\x21-\x7e]+$/,
} as const;

const partsPerSecond = {
  description: 'Contracted parts a second over all binds; 0: no limit',
  min: 0,
  max: 100_000,
} as const;

const window = { description: 'Most unanswered submit_sm a bind', min: 1, max: 10_000 } as const;

const binds = { description: 'How many binds the contract allows at once', min: 1, max: 100 } as const;

const ton = { min: 0, max: 6, optional: true, nullable: true } as const;

const npi = { min: 0, max: 18, optional: true, nullable: true } as const;

export class LinkSettingsDto {
  @StringField({
    description:
      'Password at the operator: written, sealed at rest, and shown to nobody. Absent: as it is; of a new link: none',
    optional: true,
    maxLength: 64,
    pattern: /^[\x20-\x7e]*$/,
  })
  password?: string;

  @BooleanField({ description: 'SMPP over TLS (1.2 or newer); false unless told', optional: true })
  tls?: boolean;

  @StringField({
    description:
      "Certificates (PEM) of the authority that signs the operator's; null: the well-known ones. Only with `tls`",
    optional: true,
    nullable: true,
    maxLength: 20_000,
  })
  caCertificate?: string | null;

  @StringField({
    description: "Name in the operator's certificate, where it is not `host`; null: `host`",
    optional: true,
    nullable: true,
    maxLength: 253,
    pattern: /^[A-Za-z0-9]([\w.-]*[A-Za-z0-9])?$/,
  })
  tlsName?: string | null;

  @StringField({
    description: 'system_type; empty unless told',
    optional: true,
    maxLength: 12,
    pattern: /^[\x21-\x7e]*$/,
  })
  systemType?: string;

  @IntField({
    description: 'From opening a connection to the answer to its bind, ms; 30,000 unless told',
    optional: true,
    min: 1_000,
    max: 600_000,
  })
  bindTimeoutMs?: number;

  @IntField({
    description: 'submit_sm unanswered for so long is in doubt, ms; 30,000 unless told',
    optional: true,
    min: 1_000,
    max: 600_000,
  })
  responseTimeoutMs?: number;

  @IntField({
    description: 'enquire_link after so long without traffic, ms; 30,000 unless told',
    optional: true,
    min: 1_000,
    max: 600_000,
  })
  enquireLinkMs?: number;

  @IntField({
    description: 'source_addr_ton; null: by the form of the line (5 a name, 1 with 98, else 0)',
    ...ton,
  })
  sourceTon?: number | null;

  @IntField({ description: 'source_addr_npi; null: by the form of the line (0 a name, else 1)', ...npi })
  sourceNpi?: number | null;

  @IntField({ description: 'dest_addr_ton; null: 1, international', ...ton })
  destinationTon?: number | null;

  @IntField({ description: 'dest_addr_npi; null: 1, E.164', ...npi })
  destinationNpi?: number | null;

  @IntField({
    description: 'Messages without a receipt are given up so long after their send, s; 172,800 unless told',
    optional: true,
    min: 60,
    max: 2_592_000,
  })
  receiptWaitSeconds?: number;

  @EnumField({
    description: 'How the operator reports long messages; every_part unless told',
    optional: true,
    values: receiptRules,
  })
  receiptRule?: ReceiptRule;

  @EnumField({
    description: 'Which of several final words on one part counts; delivered unless told',
    optional: true,
    values: receiptWinners,
  })
  receiptWins?: ReceiptWinner;

  @IntField({
    description: 'A word that may be overruled is final so long after the first one, s; 0 unless told',
    optional: true,
    min: 0,
    max: 604_800,
  })
  receiptFinalWaitSeconds?: number;

  @IntField({
    description: 'Messages in doubt are settled so long after, s; null: a person settles them',
    optional: true,
    nullable: true,
    min: 60,
    max: 2_592_000,
  })
  doubtWaitSeconds?: number | null;

  @EnumField({ description: 'As what, then; sent unless told', optional: true, values: doubtPolicies })
  doubtSettlesAs?: (typeof doubtPolicies)[number];

  @BooleanField({
    description:
      'Workers hold its binds; switched off nothing leaves over it and what was accepted waits. False of a new link unless told',
    optional: true,
  })
  active?: boolean;
}

export class LinkCreateDto extends LinkSettingsDto {
  @StringField(name)
  name!: string;
  @StringField(host)
  host!: string;
  @IntField(port)
  port!: number;
  @StringField(systemId)
  systemId!: string;
  @IntField(partsPerSecond)
  partsPerSecond!: number;
  @IntField(window)
  window!: number;
  @IntField(binds)
  binds!: number;
}

/** What is not named stays as it is. */
export class LinkChangeDto extends LinkSettingsDto {
  @UuidField({ description: 'Link id' })
  linkId!: string;
  @StringField({ ...name, optional: true })
  name?: string;
  @StringField({ ...host, optional: true })
  host?: string;
  @IntField({ ...port, optional: true })
  port?: number;
  @StringField({ ...systemId, optional: true })
  systemId?: string;
  @IntField({ ...partsPerSecond, optional: true })
  partsPerSecond?: number;
  @IntField({ ...window, optional: true })
  window?: number;
  @IntField({ ...binds, optional: true })
  binds?: number;
}

export const linkTestOutcomes = [
  'answered',
  'nameUnknown',
  'refused',
  'unreachable',
  'connectTimeout',
  'tlsFailed',
  'bindRefused',
  'bindTimeout',
  'enquireTimeout',
  'closed',
  'notSmpp',
] as const;

export type LinkTestOutcome = (typeof linkTestOutcomes)[number];

export class LinkTestDto {
  @EnumField({
    description:
      'answered: bound, and enquire_link was answered; nameUnknown: no such host; refused: nothing listens at the port; unreachable: no way there; connectTimeout: no connection in time; tlsFailed: see `fault`; bindRefused: see `status`; bindTimeout and enquireTimeout: connected, no answer in time; closed: the operator ended the connection; notSmpp: what answers speaks no SMPP',
    values: linkTestOutcomes,
  })
  outcome!: LinkTestOutcome;

  @IntField({ description: 'command_status of a refused bind', nullable: true, min: 0, max: 4_294_967_295 })
  status!: number | null;

  @StringField({
    description: 'Code of the fault as the worker met it, for example ECONNREFUSED or CERT_HAS_EXPIRED',
    nullable: true,
    maxLength: 100,
  })
  fault!: string | null;

  @IntField({ description: 'Until it ended, ms', min: 0, max: 60_000 })
  tookMs!: number;

  @StringField({ description: 'system_id with which the SMSC answered', nullable: true, maxLength: 16 })
  smsc!: string | null;
}

/** A test lasts no longer: connect, bind and enquire_link each have their own bound inside it. */
export const linkTestMs = 20_000;

export const smsLinksRpc = {
  create: defineRpc({
    name: 'sms.links.create',
    input: LinkCreateDto,
    output: LinkDetailDto,
    access: 'user',
    does: 'Makes a link to an operator, switched off unless told; the audit log keeps it.',
    errors: ['link.nameTaken', 'access.denied'],
  }),
  change: defineRpc({
    name: 'sms.links.change',
    input: LinkChangeDto,
    output: LinkDetailDto,
    access: 'user',
    does: 'Changes a link within a second: with another address or account its binds answer what is on its way, unbind and bind anew. The audit log keeps it, but no password.',
    errors: ['link.notFound', 'link.nameTaken', 'access.denied'],
  }),
  delete: defineRpc({
    name: 'sms.links.delete',
    input: LinkIdDto,
    output: EmptyDto,
    access: 'user',
    does: 'Deletes a link that never had a line; another is switched off. The audit log keeps it.',
    errors: ['link.notFound', 'link.inUse', 'access.denied'],
  }),
  test: defineRpc({
    name: 'sms.links.test',
    input: LinkIdDto,
    output: LinkTestDto,
    access: 'user',
    does: 'A worker connects with what is stored, binds, asks with enquire_link and unbinds. It counts as one more bind at the operator; one test a link at a time.',
    errors: ['link.notFound', 'link.testRuns', 'access.denied'],
    deadlineMs: linkTestMs + 5_000,
  }),
  read: defineRpc({
    name: 'sms.links.read',
    input: LinkIdDto,
    output: LinkDetailDto,
    access: 'user',
    does: 'One link as it runs: pace against contract, binds and their workers, throttling and refusals.',
    errors: ['link.notFound', 'access.denied'],
  }),
  list: defineRpc({
    name: 'sms.links.list',
    input: EmptyDto,
    output: LinksDto,
    access: 'user',
    does: 'Operator links with binds, pace and backlog, for administrators.',
    errors: ['access.denied'],
  }),
};
