import { applyPatch } from './settings';
import type { AccountPatch, AccountSettings, Fault, FaultKind, ReceiptOutcome } from './settings';
import { SlidingSecond } from './sliding-second';
import type { SmppConnection } from './smpp-connection';
import { Status } from './smpp-pdu';
import type { DeliverSm } from './smpp-pdu';

/** A deliver_sm the operator keeps until a client has answered it. */
export interface Delivery {
  readonly kind: 'receipt' | 'inbound';
  /** Bind the message came in on; 0 for inbound. */
  readonly origin: number;
  attempts: number;
  sentAt: number;
  message(): DeliverSm;
}

const HISTOGRAM_BUCKET_MS = 100;
/** Two hours. */
const HISTOGRAM_BUCKETS_MAX = 72_000;
const PENDING_DELIVERIES_MAX = 1_000_000;
const REFUSED_ATTEMPTS_MAX = 10;
const REFUSED_RETRY_MS = 1_000;
const RAW_ANSWERS_MAX = 1_000;
/** Parts of one message come within this time. */
const PARTS_WITHIN_MS = 5_000;

export interface DeliveryCounters {
  /** Made, not yet due or not yet answered, answered with ESME_ROK. */
  queued: number;
  pending: number;
  acked: number;
  /** PDUs written, and those of them that repeat an earlier one. */
  sent: number;
  resent: number;
  /** Answered with another status; given up after a permanent one or 10 of them. */
  refused: number;
  givenUp: number;
  /** Never sent, because 1,000,000 were pending. */
  overflowed: number;
}

class AcceptedHistogram {
  firstAt: number | null = null;
  lastAt: number | null = null;
  private counts: number[] = [];

  add(now: number): void {
    this.firstAt ??= now;
    this.lastAt = now;
    const bucket = Math.floor((now - this.firstAt) / HISTOGRAM_BUCKET_MS);
    if (bucket >= HISTOGRAM_BUCKETS_MAX) return;
    while (this.counts.length <= bucket) this.counts.push(0);
    this.counts[bucket] = (this.counts[bucket] as number) + 1;
  }

  snapshot(): { bucketMs: number; counts: number[] } {
    return { bucketMs: HISTOGRAM_BUCKET_MS, counts: [...this.counts] };
  }
}

/** One system_id: its contract, its binds, what it counted, and the deliveries waiting for it. */
export class OperatorAccount {
  faults: Fault[] = [];
  readonly binds = new Set<SmppConnection>();
  perSecond = new SlidingSecond();
  histogram = new AcceptedHistogram();
  submitted = 0;
  accepted = 0;
  throttled = 0;
  windowExceeded = 0;
  readonly refusedByStatus = new Map<number, number>();
  readonly faultHits = new Map<FaultKind, number>();
  receipts = emptyCounters();
  inbound = emptyCounters();
  rawAnswers: { sequence: number; status: number }[] = [];
  /** Changes at reset: what was scheduled before is dropped. */
  epoch = 0;
  private readonly idsOfParts = new Map<string, { id: number; at: number }>();
  private receivers: SmppConnection[] = [];
  private nextReceiver = 0;
  private waiting = new Queue<Delivery>();

  constructor(
    readonly systemId: string,
    readonly index: number,
    public settings: AccountSettings,
    private readonly later: (ms: number, run: () => void) => void,
  ) {}

  change(patch: AccountPatch): void {
    this.settings = applyPatch(this.settings, patch);
    this.pump();
  }

  /** Forgets counters, scheduled and waiting deliveries and faults; settings and binds stay. */
  reset(): void {
    this.epoch++;
    this.faults = [];
    this.perSecond = new SlidingSecond();
    this.histogram = new AcceptedHistogram();
    this.submitted = this.accepted = this.throttled = this.windowExceeded = 0;
    this.refusedByStatus.clear();
    this.faultHits.clear();
    this.receipts = emptyCounters();
    this.inbound = emptyCounters();
    this.rawAnswers = [];
    this.waiting = new Queue<Delivery>();
    for (const bind of this.binds) bind.inFlight.clear();
  }

  join(bind: SmppConnection): void {
    this.binds.add(bind);
    if (bind.mode !== 'transmitter') this.receivers.push(bind);
    this.pump();
  }

  leave(bind: SmppConnection): void {
    this.binds.delete(bind);
    this.receivers = this.receivers.filter((receiver) => receiver !== bind);
    for (const delivery of bind.inFlight.values()) this.waiting.push(delivery);
    bind.inFlight.clear();
    this.pump();
  }

  /** The first fault of these kinds whose dice fall. */
  drawFault(kinds: readonly FaultKind[], random: () => number): Fault | null {
    for (const fault of this.faults) {
      if (!kinds.includes(fault.kind) || fault.count === 0 || random() >= fault.probability) continue;
      if (fault.count !== null) fault.count--;
      this.faultHits.set(fault.kind, (this.faultHits.get(fault.kind) ?? 0) + 1);
      return fault;
    }
    return null;
  }

  /** Contract check and count of one part; false: throttled. */
  tryAccept(now: number): boolean {
    if (!this.perSecond.tryTake(now, this.settings.partsPerSecond)) {
      this.throttled++;
      return false;
    }
    this.accepted++;
    this.histogram.add(now);
    return true;
  }

  /** The id of the message that a part belongs to. */
  idOfParts(key: string, now: number, draw: () => number): number {
    const known = this.idsOfParts.get(key);
    if (known && now - known.at < PARTS_WITHIN_MS) return known.id;
    if (this.idsOfParts.size > 10_000) this.idsOfParts.clear();
    const id = draw();
    this.idsOfParts.set(key, { id, at: now });
    return id;
  }

  countRefusal(status: number): void {
    this.refusedByStatus.set(status, (this.refusedByStatus.get(status) ?? 0) + 1);
  }

  drawOutcome(random: () => number): ReceiptOutcome {
    const mix = this.settings.receipts.mix;
    const sum = mix.DELIVRD + mix.UNDELIV + mix.EXPIRED + mix.REJECTD + mix.none;
    let left = random() * sum;
    if ((left -= mix.DELIVRD) < 0) return 'DELIVRD';
    if ((left -= mix.UNDELIV) < 0) return 'UNDELIV';
    if ((left -= mix.EXPIRED) < 0) return 'EXPIRED';
    if ((left -= mix.REJECTD) < 0) return 'REJECTD';
    return 'none';
  }

  /** Keeps `delivery` until it is answered; it is sent `delayMs` from now at the earliest. False: too many are pending. */
  deliver(delivery: Delivery, delayMs: number): boolean {
    const counters = this.countersOf(delivery);
    counters.queued++;
    if (this.receipts.pending + this.inbound.pending >= PENDING_DELIVERIES_MAX) {
      counters.overflowed++;
      return false;
    }
    counters.pending++;
    if (delayMs === 0) this.enqueue(delivery);
    else this.enqueueLater(delivery, delayMs);
    return true;
  }

  /** A deliver_sm_resp came on `bind`. One for a delivery that was given to another bind meanwhile says nothing new. */
  onDeliverResponse(bind: SmppConnection, sequence: number, status: number): void {
    const delivery = bind.inFlight.get(sequence);
    if (!delivery) {
      this.rawAnswers.push({ sequence, status });
      if (this.rawAnswers.length > RAW_ANSWERS_MAX) this.rawAnswers.shift();
      return;
    }
    bind.inFlight.delete(sequence);
    const counters = this.countersOf(delivery);
    if (status === Status.ok) {
      counters.acked++;
      counters.pending--;
    } else {
      counters.refused++;
      const permanent = status === Status.permanentAppError || status === Status.rejectAppError;
      if (permanent || delivery.attempts >= REFUSED_ATTEMPTS_MAX) {
        counters.givenUp++;
        counters.pending--;
      } else {
        this.enqueueLater(delivery, REFUSED_RETRY_MS);
      }
    }
    this.pump();
  }

  /** Takes back deliveries that no client answered in time. */
  sweep(now: number): void {
    let taken = false;
    for (const bind of this.binds) {
      for (const [sequence, delivery] of bind.inFlight) {
        if (now - delivery.sentAt < this.settings.deliverTimeoutMs) break; // in the order they were sent
        bind.inFlight.delete(sequence);
        this.waiting.push(delivery);
        taken = true;
      }
    }
    if (taken) this.pump();
  }

  /** Sends what waits, as far as the binds have room. */
  pump(): void {
    while (this.waiting.size > 0) {
      const delivery = this.waiting.peek() as Delivery;
      const bind = this.chooseReceiver(delivery.origin);
      if (!bind) return;
      this.waiting.shift();
      const counters = this.countersOf(delivery);
      counters.sent++;
      if (delivery.attempts++ > 0) counters.resent++;
      bind.deliver(delivery);
    }
  }

  private enqueue(delivery: Delivery): void {
    this.waiting.push(delivery);
    this.pump();
  }

  private enqueueLater(delivery: Delivery, delayMs: number): void {
    const epoch = this.epoch;
    this.later(delayMs, () => {
      if (epoch === this.epoch) this.enqueue(delivery);
    });
  }

  /** Receipts go back on their own bind, or on another when so set; else whichever receiver is next. */
  private chooseReceiver(origin: number): SmppConnection | null {
    const window = this.settings.deliverWindow;
    const own = this.receivers.find((bind) => bind.id === origin && bind.canDeliver(window)) ?? null;
    if (own && !this.settings.receipts.onOtherBind) return own;
    for (let tried = 0; tried < this.receivers.length; tried++) {
      this.nextReceiver = (this.nextReceiver + 1) % this.receivers.length;
      const bind = this.receivers[this.nextReceiver] as SmppConnection;
      if (bind.id !== origin && bind.canDeliver(window)) return bind;
    }
    return own;
  }

  private countersOf(delivery: Delivery): DeliveryCounters {
    return delivery.kind === 'receipt' ? this.receipts : this.inbound;
  }
}

function emptyCounters(): DeliveryCounters {
  return { queued: 0, pending: 0, acked: 0, sent: 0, resent: 0, refused: 0, givenUp: 0, overflowed: 0 };
}

/** First in, first out, without moving what is behind at each shift. */
class Queue<T> {
  private items: T[] = [];
  private head = 0;

  get size(): number {
    return this.items.length - this.head;
  }

  push(item: T): void {
    this.items.push(item);
  }

  peek(): T | undefined {
    return this.items[this.head];
  }

  shift(): void {
    this.head++;
    if (this.head < 1_024 || this.head * 2 < this.items.length) return;
    this.items = this.items.slice(this.head);
    this.head = 0;
  }
}
