import type { OutcomeBatchDto } from '@peyk/contracts/sms';
import type { Logger } from '@peyk/platform';
import { OutcomeFrame } from './outcome.frame';

export interface OutcomeSink {
  readonly connected: boolean;
  /** Resolves when the message is safe; rejects when it may or may not be. */
  publishOutcomes(batch: OutcomeBatchDto): Promise<void>;
}

/** Gets to know, in the order of publishing, when the rows of a link are safe at the broker. */
export interface ConfirmListener {
  onConfirmed(frame: OutcomeFrame): void;
}

const rowsPerFrame = 500;
/** With more rows than this waiting for the broker, nothing new is written and no deliver_sm is answered. */
const rowsWaitingMax = 20_000;
const unconfirmedMax = 8;
const retryMs = 250;
/** How much the newest confirm counts in the mean time to a confirm. */
const smoothing = 0.2;

/**
 * Carries rows to sms-gateway in the order they were said: a few messages may be unconfirmed at once; when one fails, it
 * and all after it are published again, in order. Nothing is forgotten while the broker is away; `isOverloaded` is what
 * bounds that.
 */
export class OutcomePublisher {
  /** In order; the first `published` of them are with the broker. */
  private readonly frames: OutcomeFrame[] = [];
  private readonly building = new Map<string, OutcomeFrame>();
  private readonly listeners = new Map<string, ConfirmListener>();
  private published = 0;
  private unsettled = 0;
  private hasFailed = false;
  private rowsQueued = 0;
  private closedFrames = 0;
  private flushTimer: NodeJS.Timeout | undefined;
  private flushAt = 0;
  private retryTimer: NodeJS.Timeout | undefined;
  /** Mean time from publishing to the confirm (ms). */
  confirmMs = 5;

  constructor(
    private readonly sink: OutcomeSink,
    private readonly sessionId: string,
    private readonly logger: Logger,
  ) {}

  /** The link's rows: append to it at once, then say when it should go. */
  frameOf(linkId: string, listener: ConfirmListener): OutcomeFrame {
    let frame = this.building.get(linkId);
    if (!frame) {
      frame = new OutcomeFrame(this.sessionId, linkId);
      this.building.set(linkId, frame);
      this.listeners.set(linkId, listener);
    } else if (frame.rows >= rowsPerFrame) {
      this.close(linkId, frame);
      return this.frameOf(linkId, listener);
    }
    return frame;
  }

  /** What was appended goes within `delayMs`. */
  flushWithin(delayMs: number): void {
    const at = performance.now() + delayMs;
    if (this.flushTimer && this.flushAt <= at) return;
    clearTimeout(this.flushTimer);
    this.flushAt = at;
    this.flushTimer = setTimeout(() => {
      this.flushTimer = undefined;
      this.flush();
    }, delayMs);
  }

  get rowsWaiting(): number {
    let rows = this.rowsQueued;
    for (const frame of this.building.values()) rows += frame.rows;
    return rows;
  }

  get isOverloaded(): boolean {
    return this.rowsQueued > rowsWaitingMax;
  }

  get isEmpty(): boolean {
    return this.frames.length === 0 && this.building.size === 0;
  }

  /** Tries again what failed: the connection is back. */
  resume(): void {
    if (!this.hasFailed || this.unsettled > 0) {
      this.send();
      return;
    }
    clearTimeout(this.retryTimer);
    this.hasFailed = false;
    this.published = 0;
    this.flush();
  }

  /** The session was declared over: facts still go out, claims on batches do not. */
  dropClaims(): void {
    for (const frame of [...this.frames, ...this.building.values()]) frame.dropClaims();
  }

  stop(): void {
    clearTimeout(this.flushTimer);
    clearTimeout(this.retryTimer);
  }

  flush(): void {
    // With enough under way, or the broker away, a frame grows instead: fewer and larger messages.
    if (this.published < unconfirmedMax && !this.hasFailed && this.sink.connected) {
      for (const [linkId, frame] of this.building) this.close(linkId, frame);
    }
    this.send();
  }

  private close(linkId: string, frame: OutcomeFrame): void {
    this.building.delete(linkId);
    this.frames.push(frame);
    frame.dto.number = ++this.closedFrames;
    frame.queuedRows = frame.rows;
    this.rowsQueued += frame.queuedRows;
    this.send();
  }

  private send(): void {
    while (
      !this.hasFailed &&
      this.published < this.frames.length &&
      this.published < unconfirmedMax &&
      this.sink.connected
    ) {
      const frame = this.frames[this.published];
      if (!frame) return;
      this.published += 1;
      this.unsettled += 1;
      frame.isConfirmed = false;
      frame.publishedAt = performance.now();
      this.sink.publishOutcomes(frame.dto).then(
        () => this.onConfirm(frame),
        (error: unknown) => this.onFailure(error),
      );
    }
    if (!this.sink.connected && !this.isEmpty) this.retryLater();
  }

  private onConfirm(frame: OutcomeFrame): void {
    this.unsettled -= 1;
    frame.isConfirmed = true;
    this.confirmMs += (performance.now() - frame.publishedAt - this.confirmMs) * smoothing;
    for (let first = this.frames[0]; first?.isConfirmed; first = this.frames[0]) {
      this.frames.shift();
      this.published -= 1;
      this.rowsQueued -= first.queuedRows;
      this.listeners.get(first.dto.linkId)?.onConfirmed(first);
    }
    if (this.hasFailed) this.retryLater();
    else if (this.building.size > 0 && !this.flushTimer) this.flush();
    else this.send();
  }

  private onFailure(error: unknown): void {
    this.unsettled -= 1;
    if (!this.hasFailed) this.logger.warn({ err: error }, 'outcomes were not confirmed; they go again');
    this.hasFailed = true;
    this.retryLater();
  }

  private retryLater(): void {
    if (this.hasFailed && this.unsettled > 0) return;
    clearTimeout(this.retryTimer);
    this.retryTimer = setTimeout(() => {
      if (this.sink.connected) this.resume();
      else this.retryLater();
    }, retryMs);
  }
}
