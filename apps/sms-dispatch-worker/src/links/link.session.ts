import { lanes } from '@peyk/contracts';
import type { BindStatusDto, DispatchBatchDto, LinkAssignmentDto, LinkStatusDto } from '@peyk/contracts/sms';
import type { Logger } from '@peyk/platform';
import type { OutcomeFrame, PlacedReceipt } from '../outcomes/outcome.frame';
import type { OutcomePublisher } from '../outcomes/outcome.publisher';
import { Pacer } from '../pacing/pacer';
import { EarlyReceipts } from '../receipts/early-receipts';
import type { Delivery } from '../receipts/early-receipts';
import { InboundKeys, readInbound } from '../receipts/inbound.reader';
import { kindOf, parseReceipt } from '../receipts/receipt.parser';
import type { ParsedReceipt } from '../receipts/receipt.parser';
import { SubmittedIds } from '../receipts/submitted-ids';
import type { DeliverSm } from '../smpp/pdu.reader';
import { Status } from '../smpp/protocol';
import { Deque } from '../submit/deque';
import { bitCount, HeldBatch, Message } from '../submit/held-batch';
import type { InFlightPart } from '../submit/in-flight.table';
import { Scheduler } from '../submit/scheduler';
import { classOf, retryDelayMs } from '../submit/status-table';
import { submitTemplate } from '../submit/submit.template';
import { Bind } from './bind';
import type { BindHandler, OddKind } from './bind';

/** What a link needs of the session that it is part of. */
export interface LinkEnvironment {
  readonly publisher: OutcomePublisher;
  readonly logger: Logger;
  /** Adds our TLV to each submit_sm, so that a simulator can count copies. */
  readonly referenceTlv: boolean;
  /** False: the share may belong to somebody else by now, or the broker is away; nothing new is written. */
  mayWrite(now: number): boolean;
  onBatchFinished(batchId: string): void;
}

/** Figures since they were last taken. */
export interface LinkCounts {
  submitted: number;
  throttled: number;
  sent: number;
  failed: number;
  inDoubt: number;
  returned: number;
  receipts: number;
  inbound: number;
  readonly odd: Map<OddKind, number>;
}

/** One that names no message: kept by sms-gateway, where it can be counted. */
const unnamedReceipt: ParsedReceipt = { ids: [], state: 'unknown', error: '', msisdns: [] };
const sweepMs = 50;
const windingMs = 2_000;
/** Started messages wait for their turn at the pace: so much of it is kept ready (ms), more while confirms are slow. */
const aheadMs = { min: 50, max: 250 } as const;
const confirmsAhead = 3;
/** Rows wait so long for company: a fast link needs its window back sooner. */
const flushMs = { fast: 4, slow: 10 } as const;
const fastShare = 500;
const pauseMs = { first: 1_000, max: 10_000 } as const;

/**
 * One link as far as this worker has it: its binds, what is to be sent over them, and the pace.
 *
 * A message is started (reported to sms-gateway, confirmed by the broker), then ready, then written part by part, and ends
 * with an outcome. Parts of messages that were started and whose outcome is not confirmed are at most the windows of
 * the bound binds together (a longer single message goes alone), so that is also what a crash leaves in doubt.
 */
export class LinkSession implements BindHandler {
  private readonly binds = new Map<number, Bind>();
  private readonly held = new Map<string, HeldBatch>();
  private readonly scheduler = new Scheduler();
  private readonly pacer = new Pacer();
  /** By lane: started and confirmed, no part of them on its way over a certain bind. */
  private readonly ready = lanes.map(() => new Deque<Message>());
  /** By lane and bind: the message of which some parts were written and some were not. */
  private readonly partial = lanes.map(() => new Map<Bind, Message>());
  /** By lane: parts to be written of messages that were started, but for those that wait for another try. */
  private readonly unwritten = lanes.map(() => 0);
  private readonly retries = new Set<Message>();
  private readonly submittedIds = new SubmittedIds();
  private readonly earlyReceipts = new EarlyReceipts();
  private readonly inboundKeys: InboundKeys;
  private assignment: LinkAssignmentDto;
  private isAccepting = true;
  /** While the link is given up: until when (ms) what was started may still be written. */
  private windingUntil: number | undefined;
  private openParts = 0;
  private udhReference = 0;
  private pausedAt = -Infinity;
  private pausedUntil = -Infinity;
  private nextPauseMs: number = pauseMs.first;
  private throttledTotal = 0;
  private readonly sweeper: NodeJS.Timeout;
  private wakeTimer: NodeJS.Timeout | undefined;
  private isPumpQueued = false;
  private counts = noCounts();
  private rate = { at: performance.now(), parts: 0, perSecond: 0 };

  constructor(
    assignment: LinkAssignmentDto,
    private readonly environment: LinkEnvironment,
  ) {
    this.assignment = assignment;
    this.inboundKeys = new InboundKeys(assignment.linkId);
    this.sweeper = setInterval(() => this.sweep(), sweepMs);
    this.assign(assignment);
  }

  get linkId(): string {
    return this.assignment.linkId;
  }

  /** What sms-gateway says about the link now; also ends a release. */
  assign(assignment: LinkAssignmentDto): void {
    const isOther = accountOf(assignment) !== accountOf(this.assignment);
    this.assignment = assignment;
    this.pacer.set(assignment.share, assignment.limited, performance.now());
    for (const bind of [...this.binds.values()]) {
      if (isOther || !assignment.bindNos.includes(bind.no)) bind.end();
      else bind.configure(assignment);
    }
    this.isAccepting = true;
    this.windingUntil = undefined;
    for (const no of assignment.bindNos) {
      if (this.binds.has(no)) continue;
      const bind = new Bind(no, assignment, this, this.environment.logger);
      this.binds.set(no, bind);
      bind.start();
    }
  }

  /** A batch for this link. One that cannot be sent as priced is refused whole. */
  add(dto: DispatchBatchDto): void {
    let batch: HeldBatch;
    try {
      batch = new HeldBatch(
        dto,
        submitTemplate(dto.source, dto.text, dto.is66Char, this.assignment.addresses),
      );
      if (batch.parts !== dto.parts) throw new RangeError(`${batch.parts} parts, priced as ${dto.parts}`);
    } catch (error) {
      this.environment.logger.error({ err: error, batchId: dto.batchId }, 'batch cannot be submitted');
      this.refuse(dto);
      return;
    }
    this.held.set(dto.batchId, batch);
    if (this.isAccepting) this.scheduler.add(batch);
    else this.giveBack(batch);
    this.queuePump();
  }

  /** Gives back what has not been started of a send. */
  withdraw(sendId: string): void {
    this.scheduler.withdraw(sendId);
    for (const batch of this.held.values()) if (batch.dto.sendId === sendId) this.giveBack(batch);
  }

  holds(batchId: string): boolean {
    return this.held.has(batchId);
  }

  /**
   * The link is given up: what has not been started goes back at once. What was started is written for at most 2 s more,
   * at the old share, which sms-gateway gives to nobody before `appliedShare` has fallen. Then the rest goes back too and
   * the binds end.
   */
  release(): void {
    if (!this.isAccepting) return;
    this.isAccepting = false;
    this.windingUntil = performance.now() + windingMs;
    this.scheduler.withdraw();
    for (const batch of this.held.values()) this.giveBack(batch);
    this.queuePump();
  }

  /** Released, and nothing is left: no bind, nothing unconfirmed, nothing that still counts in the operator's second. */
  get isOver(): boolean {
    return (
      !this.isAccepting &&
      this.binds.size === 0 &&
      this.openParts === 0 &&
      this.held.size === 0 &&
      !(this.assignment.limited && this.pacer.occupied(performance.now()) > 0)
    );
  }

  /** The session is over: everything is dropped, also what is in flight. */
  destroy(): void {
    this.isAccepting = false;
    clearInterval(this.sweeper);
    clearTimeout(this.wakeTimer);
    for (const bind of [...this.binds.values()]) bind.destroy();
    for (const early of this.earlyReceipts.expire(Infinity)) this.tellReceipt(early.receipt, early.delivery);
    this.held.clear();
  }

  status(): LinkStatusDto {
    const now = performance.now();
    return {
      linkId: this.linkId,
      // A share that was lessened holds when no second at the operator can contain more any longer.
      appliedShare: Math.min(
        100_000,
        this.assignment.limited ? Math.max(this.assignment.share, this.pacer.occupied(now)) : 0,
      ),
      batchIds: [...this.held.keys()].slice(0, 5_000),
      partsPerSecond: this.rate.perSecond,
      throttled: this.throttledTotal,
    };
  }

  bindStatuses(): BindStatusDto[] {
    const isPaused = this.pausedUntil > performance.now();
    return [...this.binds.values()].map((bind) => ({
      linkId: this.linkId,
      bindNo: bind.no,
      state: bind.isBound ? (isPaused ? 'throttled' : 'bound') : 'connecting',
    }));
  }

  get inFlightParts(): number {
    let parts = 0;
    for (const bind of this.binds.values()) parts += bind.inFlight.size;
    return parts;
  }

  takeCounts(): LinkCounts {
    const counts = this.counts;
    this.counts = noCounts();
    return counts;
  }

  /** Runs `pump` once in this turn of the event loop, after what is being handled. */
  queuePump(): void {
    if (this.isPumpQueued) return;
    this.isPumpQueued = true;
    queueMicrotask(() => {
      this.isPumpQueued = false;
      this.pump();
    });
  }

  // --- what binds tell

  onBound(): void {
    this.queuePump();
  }

  onProgress(): void {
    this.queuePump();
  }

  onEnded(bind: Bind): void {
    this.binds.delete(bind.no);
  }

  onArrival(count: number, known: boolean): void {
    if (known) this.pacer.arrived(count, performance.now());
    else this.pacer.lost(count, performance.now());
  }

  onAnswer(bind: Bind, part: InFlightPart, status: number, id: string): void {
    const { message, isLate } = part;
    const bit = 1 << part.part;
    if (isLate) message.doubt &= ~bit;
    else message.inFlight &= ~bit;
    const kind = classOf(status);
    if (kind === 'taken') {
      message.take(part.part, id);
      if (part.writtenAt > this.pausedUntil) this.nextPauseMs = pauseMs.first;
      if (id !== '') this.onId(id, message, part.part);
    } else {
      message.status = status;
      const again = isLate ? undefined : retryDelayMs(kind, message.tries + 1);
      if (kind === 'throttled') this.pause(part.writtenAt);
      if (kind === 'bind') bind.renew();
      if (again === undefined || message.refused !== 0 || message.doubt !== 0) {
        this.unplace(message);
        message.refused |= bit;
        message.pending = 0;
      } else {
        this.unplace(message);
        message.pending |= bit;
        message.retryAt = Math.max(message.retryAt, performance.now() + again);
      }
    }
    this.settle(message);
  }

  onOverdue(_bind: Bind, part: InFlightPart): void {
    this.doubt(part);
    this.settle(part.message);
  }

  onLost(bind: Bind, parts: readonly InFlightPart[]): void {
    for (const part of parts) this.doubt(part);
    // What was not written over it is safe to go over another.
    for (const partial of this.partial) {
      const message = partial.get(bind);
      if (!message) continue;
      this.unplace(message);
      this.retries.add(message);
    }
    for (const { message } of parts) this.settle(message);
    this.queuePump();
  }

  onDeliver(bind: Bind, pdu: DeliverSm): void {
    // Not answered: the operator keeps it and sends it again.
    if (this.environment.publisher.isOverloaded) return;
    const answer = bind.responder(pdu);
    const kind = kindOf(pdu);
    if (kind === 'acknowledgement') {
      this.onOdd(kind);
      answer();
      return;
    }
    if (kind === 'receipt') {
      this.onReceipt(parseReceipt(pdu) ?? unnamedReceipt, { answer });
      return;
    }
    const inbound = readInbound(pdu);
    const { key, answered } = this.inboundKeys.keyOf(inbound, Date.now());
    this.counts.inbound += 1;
    this.frame().inbound(
      { ...inbound, key, at: Date.now() },
      {
        answer: () => {
          if (answer()) answered();
        },
      },
    );
    this.flush();
  }

  onOdd(kind: OddKind): void {
    this.counts.odd.set(kind, (this.counts.odd.get(kind) ?? 0) + 1);
  }

  // --- what the broker tells

  /** Rows are safe: started messages may be written, resolved ones free their place, deliver_sm are answered. */
  onConfirmed(frame: OutcomeFrame): void {
    for (const message of frame.starts) {
      const { batch } = message;
      batch.confirmed = Math.max(batch.confirmed, message.row + 1);
      if (message.row >= batch.returnedFrom) this.forget(message);
      else this.ready[batch.laneNo]?.push(message);
    }
    for (const message of frame.resolved) {
      this.openParts -= message.batch.parts;
      message.batch.open -= 1;
      this.finish(message.batch);
    }
    for (const batchId of frame.returnedBatches) {
      const batch = this.held.get(batchId);
      if (batch) this.finish(batch);
    }
    for (const delivery of frame.deliveries) delivery.answer();
    this.queuePump();
  }

  // --- starting and writing

  private pump(): void {
    const now = performance.now();
    if (now < this.pausedUntil || !this.environment.mayWrite(now)) return;
    this.requeue(now);
    this.write(now);
    this.start();
  }

  private start(): void {
    if (!this.isAccepting || this.environment.publisher.isOverloaded) return;
    const { limited, share, window } = this.assignment;
    if (limited && share === 0) return;
    let budget = 0;
    for (const bind of this.binds.values()) if (bind.isBound) budget += window;
    if (budget === 0) return;
    const { publisher } = this.environment;
    const readyMs = confirmsAhead * (this.flushMs + publisher.confirmMs);
    const ahead = limited
      ? (share * Math.min(aheadMs.max, Math.max(aheadMs.min, readyMs))) / 1_000
      : Infinity;
    let hasStarted = false;
    for (let batch = this.scheduler.peek(); batch; batch = this.scheduler.peek()) {
      const { parts, laneNo } = batch;
      if (this.openParts > 0 && this.openParts + parts > budget) break;
      // Started messages of later lanes are overtaken, so they do not count.
      let before = 0;
      for (let lane = 0; lane <= laneNo; lane += 1) before += this.unwritten[lane] ?? 0;
      if (before > 0 && before >= ahead) break;
      const taken = this.scheduler.take();
      if (!taken) break;
      this.udhReference = (this.udhReference + 1) & 0xff;
      const message = new Message(taken.batch, taken.row, this.udhReference);
      batch.open += 1;
      this.openParts += parts;
      this.unwritten[laneNo] = (this.unwritten[laneNo] ?? 0) + parts;
      this.frame().start(message);
      hasStarted = true;
    }
    if (hasStarted) this.flush();
  }

  private write(now: number): void {
    let room = this.pacer.room(now);
    let isStuck = false;
    while (room > 0 && !isStuck) {
      isStuck = true;
      for (let lane = 0; lane < lanes.length && isStuck; lane += 1) isStuck = !this.writeOne(lane, now);
      room -= 1;
    }
    if (isStuck) return;
    this.wakeIn(this.pacer.waitMs(now));
  }

  /** Writes the next part of a lane; false: there is none, or no bind has room for it. */
  private writeOne(lane: number, now: number): boolean {
    const partial = this.partial[lane];
    const ready = this.ready[lane];
    if (!partial || !ready) return false;
    for (const [bind, message] of partial) {
      if (bind.room > 0) {
        this.writePart(message, bind, now);
        if (message.pending === 0) partial.delete(bind);
        return true;
      }
    }
    const message = ready.first;
    if (!message) return false;
    const bind = this.widest(partial);
    if (!bind) return false;
    ready.shift();
    this.writePart(message, bind, now);
    if (message.pending !== 0) partial.set(bind, message);
    return true;
  }

  private writePart(message: Message, bind: Bind, now: number): void {
    const part = message.nextPart;
    const { laneNo } = message.batch;
    message.pending &= ~(1 << part);
    message.inFlight |= 1 << part;
    message.wasWritten = true;
    this.unwritten[laneNo] = (this.unwritten[laneNo] ?? 0) - 1;
    this.pacer.take();
    this.counts.submitted += 1;
    this.rate.parts += 1;
    bind.submit(message, part, this.environment.referenceTlv ? message.reference(part) : undefined, now);
  }

  /** The bind with most room that is not in the middle of another message of the lane. */
  private widest(partial: ReadonlyMap<Bind, Message>): Bind | undefined {
    let widest: Bind | undefined;
    let most = 0;
    for (const bind of this.binds.values()) {
      const { room } = bind;
      if (room <= most || (partial.size > 0 && partial.has(bind))) continue;
      most = room;
      widest = bind;
    }
    return widest;
  }

  private wakeIn(waitMs: number): void {
    if (this.wakeTimer || waitMs === Infinity) return;
    this.wakeTimer = setTimeout(
      () => {
        this.wakeTimer = undefined;
        this.pump();
      },
      Math.max(1, Math.ceil(waitMs)),
    );
  }

  /** Messages whose next try is due are ready again, before all others of their lane. */
  private requeue(now: number): void {
    for (const message of this.retries) {
      if (message.retryAt > now || message.inFlight !== 0) continue;
      this.retries.delete(message);
      const { laneNo } = message.batch;
      this.unwritten[laneNo] = (this.unwritten[laneNo] ?? 0) + bitCount(message.pending);
      this.ready[laneNo]?.unshift(message);
    }
  }

  /** Its parts are written no further until it is ready again. */
  private unplace(message: Message): void {
    const { laneNo } = message.batch;
    for (const [bind, other] of this.partial[laneNo] ?? []) {
      if (other !== message) continue;
      this.partial[laneNo]?.delete(bind);
      this.unwritten[laneNo] = (this.unwritten[laneNo] ?? 0) - bitCount(message.pending);
      return;
    }
  }

  private doubt({ message, part }: InFlightPart): void {
    this.unplace(message);
    message.inFlight &= ~(1 << part);
    message.doubt |= 1 << part;
    message.pending = 0;
  }

  /** Tells the outcome once nothing is in flight and nothing is left to write. */
  private settle(message: Message): void {
    if (message.inFlight !== 0) return;
    if (message.isResolved && message.doubt !== 0) return;
    if (message.pending !== 0) {
      const isWaiting = this.retries.has(message) || this.isPlaced(message);
      if (isWaiting) return;
      message.tries += 1;
      this.retries.add(message);
      return;
    }
    const kind = message.doubt !== 0 ? 'in_doubt' : message.taken === message.allParts ? 'sent' : 'failed';
    this.frame().outcome(message, kind);
    message.isResolved = true;
    if (kind === 'sent') this.counts.sent += 1;
    else if (kind === 'failed') this.counts.failed += 1;
    else this.counts.inDoubt += 1;
    this.flush();
  }

  private isPlaced(message: Message): boolean {
    for (const other of this.partial[message.batch.laneNo]?.values() ?? [])
      if (other === message) return true;
    return false;
  }

  /** Started, never written, given back. */
  private forget(message: Message): void {
    const { batch } = message;
    this.unwritten[batch.laneNo] = (this.unwritten[batch.laneNo] ?? 0) - batch.parts;
    this.openParts -= batch.parts;
    batch.open -= 1;
    this.finish(batch);
  }

  /** What was not written goes back; what was written in part, or refused and waits for another try, has failed. */
  private giveBackUnwritten(): void {
    const abandoned: Message[] = [...this.retries];
    this.retries.clear();
    for (const partial of this.partial) {
      for (const message of [...partial.values()]) {
        this.unplace(message);
        abandoned.push(message);
      }
    }
    const from = new Map<HeldBatch, number>();
    for (const batch of this.held.values()) {
      if (batch.confirmed < Math.min(batch.next, batch.returnedFrom)) from.set(batch, batch.confirmed);
    }
    for (const queue of this.ready) {
      for (const message of queue.drain()) {
        if (message.wasWritten) {
          this.unwritten[message.batch.laneNo] =
            (this.unwritten[message.batch.laneNo] ?? 0) - bitCount(message.pending);
          abandoned.push(message);
        } else {
          from.set(message.batch, Math.min(from.get(message.batch) ?? Infinity, message.row));
          this.forget(message);
        }
      }
    }
    for (const [batch, row] of from) this.giveBack(batch, row);
    for (const message of abandoned) {
      message.refused |= message.pending;
      message.pending = 0;
      this.settle(message);
    }
  }

  /** Ends a release as soon as all that was started is written, or its time is over. */
  private windUp(now: number): void {
    if (this.windingUntil === undefined) return;
    const isWritten = this.retries.size === 0 && this.unwritten.every((parts) => parts === 0);
    if (!isWritten && now < this.windingUntil) return;
    this.windingUntil = undefined;
    this.assignment = { ...this.assignment, share: 0 };
    if (this.assignment.limited) this.pacer.set(0, true, now);
    this.giveBackUnwritten();
    for (const bind of [...this.binds.values()]) bind.end();
  }

  private giveBack(batch: HeldBatch, fromRow = batch.next): void {
    if (fromRow >= batch.returnedFrom) return;
    batch.returnedFrom = fromRow;
    this.counts.returned += Math.max(0, batch.rows - fromRow);
    this.frame().returned(batch.dto.batchId, batch.dto.fromIndex + fromRow);
    this.flush();
  }

  private finish(batch: HeldBatch): void {
    const { batchId } = batch.dto;
    if (!batch.isFinished || !this.held.delete(batchId)) return;
    this.environment.onBatchFinished(batchId);
  }

  /** Every row has failed: the text is not what was priced, or the sender no address. */
  private refuse(dto: DispatchBatchDto): void {
    for (let row = 0; row < dto.seqs.length; row += 1) {
      this.frame().refused(dto.batchId, dto.fromIndex + row, Status.submitFailed);
      this.counts.failed += 1;
    }
    this.environment.onBatchFinished(dto.batchId);
    this.flush();
  }

  /** All of the link stops: the operator said too fast or too much. Answers to what was written before say nothing new. */
  private pause(writtenAt: number): void {
    this.counts.throttled += 1;
    this.throttledTotal += 1;
    if (writtenAt < this.pausedAt) return;
    const now = performance.now();
    this.pausedAt = now;
    this.pausedUntil = now + this.nextPauseMs;
    this.environment.logger.warn(
      { linkId: this.linkId, pauseMs: this.nextPauseMs },
      'operator throttles the link',
    );
    this.nextPauseMs = Math.min(pauseMs.max, this.nextPauseMs * 2);
  }

  // --- receipts

  private onReceipt(receipt: ParsedReceipt, delivery: Delivery): void {
    const awaited =
      this.earlyReceipts.isFull || this.isKnown(receipt)
        ? undefined
        : receipt.msisdns.find((msisdn) => this.isUnanswered(msisdn));
    if (awaited === undefined) this.tellReceipt(receipt, delivery);
    else this.earlyReceipts.add(awaited, { receipt, delivery, at: performance.now() });
  }

  private isKnown({ ids, msisdns }: ParsedReceipt): boolean {
    return ids.some((id) => msisdns.some((msisdn) => this.submittedIds.isKnown(id, msisdn)));
  }

  /** Is the response to a message for this number still to come? Only then may its receipt have overtaken it. */
  private isUnanswered(msisdn: number): boolean {
    for (const bind of this.binds.values()) if (bind.inFlight.hasMsisdn(msisdn)) return true;
    return false;
  }

  private onId(id: string, message: Message, part: number): void {
    const { msisdn } = message;
    this.submittedIds.remember(id, msisdn, message.batch, message.index, part);
    for (const { receipt, delivery } of this.earlyReceipts.take(id, msisdn))
      this.tellReceipt(receipt, delivery);
  }

  private tellReceipt(receipt: ParsedReceipt, delivery: Delivery): void {
    this.counts.receipts += 1;
    this.frame().receipt(receipt, this.placeOf(receipt), delivery);
    this.flush();
  }

  private placeOf({ ids, msisdns }: ParsedReceipt): PlacedReceipt | undefined {
    for (const id of ids) {
      for (const msisdn of msisdns) {
        const place = this.submittedIds.find(id, msisdn);
        if (place) return { ...place, id, msisdn };
      }
    }
    return undefined;
  }

  // --- the rest

  private sweep(): void {
    const now = performance.now();
    for (const bind of [...this.binds.values()]) bind.sweep(now);
    this.windUp(now);
    for (const { receipt, delivery } of this.earlyReceipts.expire(now)) this.tellReceipt(receipt, delivery);
    if (now - this.rate.at >= 1_000) {
      const parts = this.rate.parts;
      this.rate = { at: now, parts: 0, perSecond: Math.round((parts * 1_000) / (now - this.rate.at)) };
    }
    this.pump();
  }

  private get flushMs(): number {
    const { limited, share } = this.assignment;
    return limited && share < fastShare ? flushMs.slow : flushMs.fast;
  }

  private frame(): OutcomeFrame {
    return this.environment.publisher.frameOf(this.linkId, this);
  }

  private flush(): void {
    this.environment.publisher.flushWithin(this.flushMs);
  }
}

/** What a bind is made with: when it changes, binds are made again. */
function accountOf({ host, port, tls, systemId, password, systemType }: LinkAssignmentDto): string {
  return JSON.stringify([host, port, tls ?? null, systemId, password, systemType]);
}

function noCounts(): LinkCounts {
  return {
    submitted: 0,
    throttled: 0,
    sent: 0,
    failed: 0,
    inDoubt: 0,
    returned: 0,
    receipts: 0,
    inbound: 0,
    odd: new Map(),
  };
}
