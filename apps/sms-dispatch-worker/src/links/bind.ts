import type { Socket } from 'node:net';
import type { LinkAssignmentDto } from '@peyk/contracts/sms';
import type { Logger } from '@peyk/platform';
import { PDU } from '../smpp/library';
import { readDataSm, readDeliverSm, readSubmitResponse } from '../smpp/pdu.reader';
import type { DeliverSm } from '../smpp/pdu.reader';
import { PduWriter } from '../submit/pdu.writer';
import {
  Command,
  headerBytes,
  interfaceVersion,
  MalformedPduError,
  pduBytesMax,
  sequenceMax,
  Status,
} from '../smpp/protocol';
import type { Message } from '../submit/held-batch';
import { InFlightTable } from '../submit/in-flight.table';
import type { InFlightPart } from '../submit/in-flight.table';
import { connectTo } from './connection';

export interface BindHandler {
  onBound(bind: Bind): void;
  /** A submit_sm_resp, also an overdue one (`part.isLate`); `id` is the operator's, '' with a refusal. */
  onAnswer(bind: Bind, part: InFlightPart, status: number, id: string): void;
  onOverdue(bind: Bind, part: InFlightPart): void;
  /** The connection is gone; these were written and not answered. */
  onLost(bind: Bind, parts: readonly InFlightPart[]): void;
  /** A deliver_sm or data_sm. */
  onDeliver(bind: Bind, pdu: DeliverSm): void;
  /** The operator sent something that costs nothing but is to be known of. */
  onOdd(kind: OddKind): void;
  /** `count` more submit_sm have reached the operator; `known` false: they never will be known to have. */
  onArrival(count: number, known: boolean): void;
  /** There may be room again: all that was read is handled, or the socket took what was written. */
  onProgress(bind: Bind): void;
  /** `end()` is done. */
  onEnded(bind: Bind): void;
}

/**
 * What is wrong with a PDU: `mended` octets too many or too few were read over; `unreadable` answered with an error;
 * `unknown` no command of ours; `nack` a generic_nack for nothing; `unwanted` an alert_notification or outbind;
 * `acknowledgement` of a handset or its owner, for nobody here; `frame` a command_length that cannot be true.
 */
export type OddKind = 'mended' | 'unreadable' | 'unknown' | 'nack' | 'unwanted' | 'acknowledgement' | 'frame';

/** waiting: for the next try. draining: nothing new is written; it unbinds when all is answered. */
type State = 'connecting' | 'bound' | 'draining' | 'unbinding' | 'waiting' | 'ended';

/** Where the link says nothing else. */
const bindTimeoutMs = 30_000;
const backoffMs = { first: 500, max: 30_000, refused: 30_000 } as const;
/** In case the operator has not seen yet that the last owner of the bind is gone. */
const alreadyBoundRetryMs = 1_000;
const drainMs = 8_000;
const unbindMs = 500;
/** A bind that held so long was no failure. */
const stableMs = 5_000;
const enquireAnswerMaxMs = 10_000;
/** A submit_sm not known to have arrived for so long is asked after with enquire_link: pacing waits for it. */
const probeAfterMs = 1_000;
/** Of a PDU that is logged. A repeated one is logged once in so many ms, with how many there were. */
const loggedBytesMax = 256;
const logEveryMs = 1_000;

/**
 * One transceiver bind: connects, binds, keeps itself alive, comes back with backoff. It writes what it is given and
 * keeps the table of what is unanswered; what that means for a message is the link's matter.
 */
export class Bind {
  state: State = 'waiting';
  inFlight = new InFlightTable();
  private socket: Socket | undefined;
  private writer: PduWriter | undefined;
  private rest: Buffer | undefined;
  private sequence = 0;
  private isFlushQueued = false;
  private isBlocked = false;
  /** Counts connections: an answer belongs to the one its request came on. */
  private connection = 0;
  private failures = 0;
  private boundAt = Infinity;
  private timer: NodeJS.Timeout | undefined;
  private lastReadAt = 0;
  private bindSequence = 0;
  private enquiry: { readonly sequence: number; readonly at: number; readonly ordinal: number } | undefined;
  private isEnding = false;
  private renews = false;
  /** By kind of oddity: when it was logged, and how many were not since. */
  private readonly logged = new Map<OddKind, { at: number; left: number }>();

  constructor(
    readonly no: number,
    private options: LinkAssignmentDto,
    private readonly handler: BindHandler,
    private readonly logger: Logger,
  ) {}

  start(): void {
    this.open();
  }

  /** New window and times; host and credentials of a bind never change. */
  configure(options: LinkAssignmentDto): void {
    this.options = options;
  }

  /** submit_sm that may be written now. */
  get room(): number {
    if (this.state !== 'bound' || this.isBlocked) return 0;
    return this.options.window - this.inFlight.size;
  }

  get isBound(): boolean {
    return this.state === 'bound';
  }

  submit(message: Message, part: number, reference: string | undefined, now: number): void {
    const { writer } = this;
    if (!writer) throw new Error('not bound');
    const sequence = this.nextSequence();
    writer.submit(message.batch.template, part, message.msisdn, message.udhReference, sequence, reference);
    this.inFlight.add(sequence, message, part, now);
    this.queueFlush();
  }

  /** A function that answers this PDU with ESME_ROK; false: its connection is gone, it will come again. */
  responder({ sequence, isData }: Pick<DeliverSm, 'sequence' | 'isData'>): () => boolean {
    const { connection } = this;
    return () => {
      if (connection !== this.connection || !this.writer) return false;
      this.writer.deliverResponse(sequence, isData);
      this.queueFlush();
      return true;
    };
  }

  /** Writes nothing new, waits at most 8 s for answers, unbinds. */
  end(): void {
    if (this.isEnding) return;
    this.isEnding = true;
    this.drain();
  }

  /** Connection no longer fit to submit: as `end`, then connects again. */
  renew(): void {
    if (this.state !== 'bound') return;
    this.renews = true;
    this.drain();
  }

  /** Now, without a word. */
  destroy(): void {
    this.isEnding = true;
    this.close();
  }

  /** Called every few tens of ms. */
  sweep(now: number): void {
    if (this.state !== 'bound' && this.state !== 'draining') return;
    for (const part of this.inFlight.expire(now - this.options.responseTimeoutMs)) {
      this.handler.onOverdue(this, part);
    }
    if (this.enquiry) {
      const patienceMs = Math.min(this.options.responseTimeoutMs, enquireAnswerMaxMs);
      // Anything that is read proves life; only the answer itself proves what has arrived.
      if (now - Math.max(this.enquiry.at, this.lastReadAt) > patienceMs) {
        this.logger.warn({ bind: this.no }, 'operator does not answer; the bind is renewed');
        this.close();
      } else if (now - this.enquiry.at > patienceMs) this.enquire(now);
      return;
    }
    const isIdle = now - this.lastReadAt > this.options.enquireLinkMs;
    const isUnsure = this.inFlight.unarrived > 0 && now - this.inFlight.unarrivedSince > probeAfterMs;
    if (isIdle || isUnsure) this.enquire(now);
  }

  private open(): void {
    const { systemId } = this.options;
    const patienceMs = this.options.bindTimeoutMs ?? bindTimeoutMs;
    this.state = 'connecting';
    this.connection += 1;
    this.sequence = 0;
    this.inFlight = new InFlightTable();
    this.rest = undefined;
    this.enquiry = undefined;
    this.isBlocked = false;
    this.renews = false;
    const { socket, readyEvent } = connectTo(this.options);
    const writer = new PduWriter((bytes) => {
      if (!socket.write(bytes)) this.isBlocked = true;
    });
    this.socket = socket;
    this.writer = writer;
    this.timer = setTimeout(() => socket.destroy(new Error(`no bind within ${patienceMs} ms`)), patienceMs);
    socket.on(readyEvent, () => {
      this.bindSequence = this.send('bind_transceiver', {
        system_id: systemId,
        password: this.options.password,
        system_type: this.options.systemType,
        interface_version: interfaceVersion,
      });
    });
    socket.on('data', (chunk: Buffer) => this.onData(chunk));
    socket.on('drain', () => {
      this.isBlocked = false;
      this.handler.onProgress(this);
    });
    socket.on('error', (error: Error) =>
      this.logger.warn({ bind: this.no, err: error.message }, 'connection to the operator failed'),
    );
    socket.on('close', () => {
      if (this.socket === socket) this.close();
    });
  }

  /** The connection is over, for whatever reason. */
  private close(retryMs?: number): void {
    const { socket, inFlight } = this;
    if (this.state === 'ended') return;
    clearTimeout(this.timer);
    const wasOpen = socket !== undefined;
    this.socket = undefined;
    this.writer = undefined;
    this.connection += 1;
    this.state = this.isEnding ? 'ended' : 'waiting';
    socket?.destroy();
    if (wasOpen) {
      const { unarrived } = inFlight;
      if (unarrived > 0) this.handler.onArrival(unarrived, false);
      this.inFlight = new InFlightTable();
      this.handler.onLost(this, inFlight.clear());
    }
    if (this.isEnding) {
      this.handler.onEnded(this);
      return;
    }
    if (performance.now() - this.boundAt > stableMs) this.failures = 0;
    this.boundAt = Infinity;
    const waitMs = retryMs ?? Math.min(backoffMs.max, backoffMs.first * 2 ** this.failures);
    this.failures = Math.min(this.failures + 1, 10);
    // Half to whole, so that the binds of a link do not come back in step.
    this.timer = setTimeout(() => this.open(), waitMs * (0.5 + Math.random() / 2));
  }

  private drain(): void {
    if (this.state === 'draining' || this.state === 'unbinding') return;
    if (this.state !== 'bound') {
      if (this.isEnding) this.close();
      return;
    }
    this.state = 'draining';
    this.timer = setTimeout(() => this.close(0), drainMs);
    this.finishDraining();
  }

  private finishDraining(): void {
    if (this.state !== 'draining' || this.inFlight.size > 0 || !this.socket) return;
    clearTimeout(this.timer);
    if (this.renews && !this.isEnding) {
      this.close(0);
      return;
    }
    this.state = 'unbinding';
    this.send('unbind', {});
    this.timer = setTimeout(() => this.close(0), unbindMs);
  }

  private onData(chunk: Buffer): void {
    const buffer = this.rest ? Buffer.concat([this.rest, chunk]) : chunk;
    const { connection } = this;
    const now = performance.now();
    this.rest = undefined;
    this.lastReadAt = now;
    let at = 0;
    while (buffer.length - at >= headerBytes) {
      const length = buffer.readUInt32BE(at);
      if (length < headerBytes || length > pduBytesMax) {
        // Where the next PDU begins cannot be known any more.
        this.odd('frame', buffer, at, buffer.length);
        this.close();
        return;
      }
      if (buffer.length - at < length) break;
      this.onPdu(buffer, at, at + length, now);
      if (connection !== this.connection) return;
      at += length;
    }
    if (at < buffer.length) this.rest = Buffer.from(buffer.subarray(at));
    this.finishDraining();
    this.handler.onProgress(this);
  }

  private onPdu(buffer: Buffer, at: number, end: number, now: number): void {
    const command = buffer.readUInt32BE(at + 4);
    const status = buffer.readUInt32BE(at + 8);
    const sequence = buffer.readUInt32BE(at + 12);
    switch (command) {
      case Command.submitSmResp: {
        const { id, isMended } =
          status === Status.ok ? readSubmitResponse(buffer, at, end) : { id: '', isMended: false };
        if (isMended) this.odd('mended', buffer, at, end);
        this.onAnswer(sequence, status, id, now);
        return;
      }
      case Command.deliverSm:
      case Command.dataSm:
        this.onDelivery(command, buffer, at, end);
        return;
      case Command.genericNack:
        // It names the PDU that was not understood, so that was not taken. One that names none says nothing.
        if (status === Status.ok || !this.onAnswer(sequence, status, '', now))
          this.odd('nack', buffer, at, end);
        return;
      case Command.bindTransceiverResp:
        this.onBindResponse(status, sequence);
        return;
      case Command.enquireLink:
        this.respond(Command.enquireLinkResp, sequence);
        return;
      case Command.enquireLinkResp:
        if (this.enquiry?.sequence !== sequence) return;
        this.arrived(this.enquiry.ordinal, now);
        this.enquiry = undefined;
        return;
      case Command.unbind:
        this.respond(Command.unbindResp, sequence);
        this.renew();
        return;
      case Command.unbindResp:
        if (this.state === 'unbinding') this.close(0);
        return;
      case Command.alertNotification:
      case Command.outbind:
        this.odd('unwanted', buffer, at, end);
        return;
      default:
        this.odd('unknown', buffer, at, end);
        if (command < Command.genericNack)
          this.respond(Command.genericNack, sequence, Status.invalidCommandId);
    }
  }

  private onDelivery(command: number, buffer: Buffer, at: number, end: number): void {
    let pdu: DeliverSm;
    try {
      pdu = command === Command.dataSm ? readDataSm(buffer, at, end) : readDeliverSm(buffer, at, end);
    } catch (error) {
      if (!(error instanceof MalformedPduError)) throw error;
      this.odd('unreadable', buffer, at, end);
      this.writer?.deliverResponse(
        buffer.readUInt32BE(at + 12),
        command === Command.dataSm,
        Status.permanentAppError,
      );
      this.queueFlush();
      return;
    }
    if (pdu.isMended) this.odd('mended', buffer, at, end);
    this.handler.onDeliver(this, pdu);
  }

  /** Counted each time, logged with its first octets at most once a second. */
  private odd(kind: OddKind, buffer: Buffer, at: number, end: number): void {
    this.handler.onOdd(kind);
    const now = performance.now();
    const { at: loggedAt, left } = this.logged.get(kind) ?? { at: -Infinity, left: 0 };
    if (now - loggedAt < logEveryMs) {
      this.logged.set(kind, { at: loggedAt, left: left + 1 });
      return;
    }
    this.logged.set(kind, { at: now, left: 0 });
    this.logger.warn(
      {
        bind: this.no,
        kind,
        octets: end - at,
        head: buffer.toString('hex', at, Math.min(at + loggedBytesMax, end)),
        notLogged: left,
      },
      'operator sent a PDU that is not as it should be',
    );
  }

  /** False: it answers nothing that is on its way. */
  private onAnswer(sequence: number, status: number, id: string, now: number): boolean {
    const part = this.inFlight.answer(sequence);
    if (!part) return false;
    this.failures = 0;
    this.arrived(part.ordinal, now);
    this.handler.onAnswer(this, part, status, id);
    return true;
  }

  private onBindResponse(status: number, sequence: number): void {
    if (this.state !== 'connecting' || sequence !== this.bindSequence) return;
    clearTimeout(this.timer);
    if (status === Status.ok) {
      this.state = 'bound';
      this.boundAt = performance.now();
      this.logger.info({ bind: this.no }, 'bound');
      this.handler.onBound(this);
      return;
    }
    this.logger.warn({ bind: this.no, status }, 'operator refused the bind');
    if (status === Status.invalidPassword || status === Status.invalidSystemId) this.close(backoffMs.refused);
    else if (status === Status.alreadyBound) this.close(alreadyBoundRetryMs);
    else this.close();
  }

  private arrived(ordinal: number, now: number): void {
    const count = this.inFlight.arrive(ordinal, now);
    if (count > 0) this.handler.onArrival(count, true);
  }

  private enquire(now: number): void {
    const sequence = this.send('enquire_link', {});
    this.enquiry = { sequence, at: now, ordinal: this.inFlight.lastOrdinal };
  }

  private respond(command: number, sequence: number, status: number = Status.ok): void {
    this.writer?.header(command, status, sequence);
    // At once: the connection may be closed by what follows.
    this.writer?.flush();
  }

  private send(command: string, fields: Readonly<Record<string, unknown>>): number {
    const sequence = this.nextSequence();
    this.writer?.raw(new PDU(command, { ...fields, sequence_number: sequence }).toBuffer());
    return sequence;
  }

  private nextSequence(): number {
    this.sequence = this.sequence >= sequenceMax ? 1 : this.sequence + 1;
    return this.sequence;
  }

  private queueFlush(): void {
    if (this.isFlushQueued) return;
    this.isFlushQueued = true;
    queueMicrotask(() => this.flush());
  }

  private flush(): void {
    this.isFlushQueued = false;
    this.writer?.flush();
  }
}
