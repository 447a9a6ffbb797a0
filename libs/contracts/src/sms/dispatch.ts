import { defineRpc, defineWork } from '../core/define';
import {
  BooleanField,
  ColumnField,
  EnumField,
  IntField,
  NumberField,
  ObjectField,
  StringField,
  UuidField,
} from '../core/fields';
import { lanes } from '../core/sms-terms';
import type { Lane } from '../core/sms-terms';
import { bindStates } from './links.dto';
import { LinkTestDto, linkTestMs } from './links.rpc';
import { maxBatchMessages, OutcomeBatchDto } from './outcomes.dto';

/** A heartbeat is sent so often; half as often while nothing changes. */
export const heartbeatEveryMs = 250;

/** Without an answer for so long (from the sending of the last answered heartbeat) a worker writes nothing more. */
export const shareLeaseMs = 1_500;

/** A session not heard of for so long is over: its binds go to others. */
export const sessionLeaseMs = 4_000;

/** After a share was taken away from a worker, so long passes before another gets it: one operator window and a margin. */
export const shareQuarantineMs = 1_100;

/** What workers report, in the order in which it happened. */
export const outcomesQueue = 'sms-gateway.outcomes';

/** Queues of worker sessions begin so; sms-gateway may send to no other queue of the worker's. */
export const sessionQueues = 'sms-dispatch-worker.session';

const sessionQueuePattern = /^sms-dispatch-worker\.session\.[\da-f-]{36}$/;

export function sessionQueueOf(sessionId: string): string {
  return `${sessionQueues}.${sessionId}`;
}

export class BindStatusDto {
  @UuidField({ description: 'Link id' })
  linkId!: string;
  @IntField({ description: 'Bind number', min: 0, max: 100 })
  bindNo!: number;
  @EnumField({ description: 'State', values: bindStates })
  state!: (typeof bindStates)[number];
}

export class LinkStatusDto {
  @UuidField({ description: 'Link id' })
  linkId!: string;
  @IntField({ description: 'The share that the worker keeps to now, parts a second', min: 0, max: 100_000 })
  appliedShare!: number;
  @UuidField({ description: 'Batches held, not yet wholly answered', array: { maxItems: 5_000 } })
  batchIds!: string[];
  @NumberField({ description: 'Parts a second over the last second', min: 0, max: 1_000_000 })
  partsPerSecond!: number;
  @IntField({
    description: 'ESME_RTHROTTLED or ESME_RMSGQFUL answers since the session began',
    min: 0,
    max: 1_000_000_000,
  })
  throttled!: number;
}

export class HeartbeatDto {
  @UuidField({ description: 'Session: one life of a worker process' })
  sessionId!: string;
  @StringField({ description: 'Worker name for people (host and pid)', maxLength: 64 })
  worker!: string;
  @StringField({ description: "The session's own queue", maxLength: 120, pattern: sessionQueuePattern })
  queue!: string;
  @BooleanField({ description: 'True: it drains and wants no binds or batches any more' })
  leaving!: boolean;
  @ObjectField({ description: 'Binds it holds', dto: () => BindStatusDto, array: { maxItems: 1_000 } })
  binds!: BindStatusDto[];
  @ObjectField({ description: 'Links it serves', dto: () => LinkStatusDto, array: { maxItems: 200 } })
  links!: LinkStatusDto[];
}

export class LinkTlsDto {
  @StringField({
    description: 'Certificates (PEM) of the authority; null: the well-known ones',
    nullable: true,
    maxLength: 20_000,
  })
  caCertificate!: string | null;
  @StringField({ description: "Name in the operator's certificate", maxLength: 253 })
  name!: string;
}

/** SMPP 3.4 sections 5.2.5 and 5.2.6; null: by the form of the address. */
export class AddressFormsDto {
  @IntField({ description: 'source_addr_ton', nullable: true, min: 0, max: 6 })
  sourceTon!: number | null;
  @IntField({ description: 'source_addr_npi', nullable: true, min: 0, max: 18 })
  sourceNpi!: number | null;
  @IntField({ description: 'dest_addr_ton', nullable: true, min: 0, max: 6 })
  destinationTon!: number | null;
  @IntField({ description: 'dest_addr_npi', nullable: true, min: 0, max: 18 })
  destinationNpi!: number | null;
}

export class LinkAssignmentDto {
  @UuidField({ description: 'Link id' })
  linkId!: string;
  @StringField({ description: 'Name', maxLength: 100 })
  name!: string;
  @StringField({ description: 'SMPP host', maxLength: 255 })
  host!: string;
  @IntField({ description: 'SMPP port', min: 1, max: 65_535 })
  port!: number;
  @StringField({ description: 'system_id', maxLength: 16 })
  systemId!: string;
  @StringField({ description: 'Password; secret', maxLength: 64 })
  password!: string;
  @StringField({ description: 'system_type', maxLength: 13 })
  systemType!: string;
  @ObjectField({
    description: 'Over TLS, and how; null or absent: without',
    dto: () => LinkTlsDto,
    optional: true,
    nullable: true,
  })
  tls?: LinkTlsDto | null;
  @ObjectField({ description: 'TON and NPI of submit_sm', dto: () => AddressFormsDto, optional: true })
  addresses?: AddressFormsDto;
  @IntField({ description: 'Most unanswered submit_sm a bind', min: 1, max: 10_000 })
  window!: number;
  @IntField({
    description:
      'Share of the contracted parts a second for this worker; 0 with `limited` true: write nothing now',
    min: 0,
    max: 100_000,
  })
  share!: number;
  @BooleanField({ description: 'False: the link has no contracted limit' })
  limited!: boolean;
  @IntField({
    description: 'From opening a connection to the answer to its bind, ms; absent: 30,000',
    optional: true,
    min: 1_000,
    max: 600_000,
  })
  bindTimeoutMs?: number;
  @IntField({ description: 'submit_sm unanswered for so long is in doubt, ms', min: 100, max: 600_000 })
  responseTimeoutMs!: number;
  @IntField({ description: 'enquire_link after so long without traffic, ms', min: 100, max: 600_000 })
  enquireLinkMs!: number;
  @IntField({ description: 'Bind numbers that this worker owns', array: { maxItems: 100 }, min: 0, max: 100 })
  bindNos!: number[];
}

export class HeartbeatAnswerDto {
  @BooleanField({ description: 'False: the session is over (it was silent too long); start a new one' })
  alive!: boolean;
  @ObjectField({
    description: 'All links of this worker; a bind not named here must be given up',
    dto: () => LinkAssignmentDto,
    array: { maxItems: 200 },
  })
  links!: LinkAssignmentDto[];
}

/** A batch of messages of one send, to the queue of one session. Row i is the message at `firstSeq + i` of the send. */
export class DispatchBatchDto {
  @UuidField({ description: 'Batch id' })
  batchId!: string;
  @UuidField({ description: 'Send id' })
  sendId!: string;
  @UuidField({ description: 'Customer: the worker is fair between customers within a lane' })
  customerId!: string;
  @UuidField({ description: 'Link id' })
  linkId!: string;
  @EnumField({ description: 'Lane', values: lanes })
  lane!: Lane;
  @StringField({ description: 'Sender line, source_addr', maxLength: 20 })
  source!: string;
  @StringField({
    description: 'Text; cut into parts by the worker with the same rule as the price',
    maxLength: 5_000,
  })
  text!: string;
  @BooleanField({ description: 'Line counts 66 instead of 67' })
  is66Char!: boolean;
  @IntField({ description: 'Parts of one message', min: 1, max: 100 })
  parts!: number;
  @IntField({
    description:
      'Index of the first row here within the batch; rows before it were answered in an earlier assignment',
    min: 0,
    max: maxBatchMessages,
  })
  fromIndex!: number;
  @ColumnField({
    description: 'Position in the send, a row',
    item: 'integer',
    min: 1,
    max: 100_000_000,
    maxItems: maxBatchMessages,
  })
  seqs!: number[];
  @ColumnField({
    description: 'Recipient, 98..., a row',
    item: 'integer',
    min: 1,
    max: 999_999_999_999_999,
    maxItems: maxBatchMessages,
  })
  msisdns!: number[];
}

/** Gives messages that have not been started back: pause, cancel, or the line's hours ended. */
export class WithdrawDto {
  @UuidField({ description: 'Send id' })
  sendId!: string;
}

/** Published by sms-gateway behind the last outcomes of a session that is over: all before it has been recorded. */
export class WorkerSessionEndedDto {
  @UuidField({ description: 'Session' })
  sessionId!: string;
}

/** Published by a reader of outcomes that finds what an earlier one held and lost: all of that comes before it. */
export class OutcomesReaderDto {
  @UuidField({ description: 'Reader: one opening of the queue' })
  readerId!: string;
}

/** Asks only whether the session's queue is still there (`mandatory`); the worker drops it. */
export class PingDto {}

export const dispatchWork = {
  batch: defineWork({
    name: 'sms.dispatch.batch',
    payload: DispatchBatchDto,
    from: ['sms-gateway'],
    to: sessionQueues,
    does: 'To the queue of a worker session: submit these messages.',
  }),
  withdraw: defineWork({
    name: 'sms.dispatch.withdraw',
    payload: WithdrawDto,
    from: ['sms-gateway'],
    to: sessionQueues,
    does: 'To the queue of a worker session: return what has not been started of this send.',
  }),
  ping: defineWork({
    name: 'sms.dispatch.ping',
    payload: PingDto,
    from: ['sms-gateway'],
    to: sessionQueues,
    does: 'To the queue of a worker session: is it there?',
  }),
  sessionEnded: defineWork({
    name: 'sms.dispatch.sessionEnded',
    payload: WorkerSessionEndedDto,
    from: ['sms-gateway'],
    to: outcomesQueue,
    does: 'To the queue sms-gateway.outcomes, by sms-gateway itself: the session is over.',
  }),
  readerBegan: defineWork({
    name: 'sms.dispatch.readerBegan',
    payload: OutcomesReaderDto,
    from: ['sms-gateway'],
    to: outcomesQueue,
    does: 'To the queue sms-gateway.outcomes, by its new reader itself: all that was given out before comes before this.',
  }),
  outcomes: defineWork({
    name: 'sms.dispatch.outcomes',
    payload: OutcomeBatchDto,
    from: ['sms-dispatch-worker'],
    to: outcomesQueue,
    does: 'To the queue sms-gateway.outcomes: what was started, answered, reported and received.',
  }),
};

export const smsWorkersRpc = {
  heartbeat: defineRpc({
    name: 'sms.workers.heartbeat',
    input: HeartbeatDto,
    output: HeartbeatAnswerDto,
    access: 'service',
    callers: ['sms-dispatch-worker'],
    does: 'A worker session says that it lives and learns its binds and shares.',
    errors: [],
    deadlineMs: 1_000,
  }),
};

export const dispatchLinksRpc = {
  test: defineRpc({
    name: 'dispatch.links.test',
    input: LinkAssignmentDto,
    output: LinkTestDto,
    access: 'service',
    callers: ['sms-gateway'],
    does: 'Any worker connects to an operator as told, binds, asks with enquire_link and unbinds, from where the real binds are made.',
    errors: [],
    deadlineMs: linkTestMs + 2_000,
  }),
};
