import type { Message } from './held-batch';

export interface InFlightPart {
  readonly sequence: number;
  readonly message: Message;
  readonly part: number;
  /** Number of the submit_sm on this connection, from 1. */
  readonly ordinal: number;
  /** ms of the monotonic clock. */
  readonly writtenAt: number;
  /** It was unanswered for too long and counts as in doubt; its answer still tells. */
  isLate: boolean;
}

const latePartsMax = 10_000;

/**
 * submit_sm of one connection without an answer, in the order they were written, and, apart from them, those whose
 * answer is overdue. Also says what must have arrived: TCP keeps the order, so an answer to a later PDU proves that all
 * earlier ones reached the operator.
 */
export class InFlightTable {
  private readonly waiting = new Map<number, InFlightPart>();
  private readonly late = new Map<number, InFlightPart>();
  private written = 0;
  private arrivedTo = 0;
  /** Since when (ms) the oldest submit_sm that is not known to have arrived waits; meaningless when there is none. */
  unarrivedSince = 0;

  /** Unanswered and not overdue: what fills the operator's window. */
  get size(): number {
    return this.waiting.size;
  }

  /** Ordinal of the last submit_sm. */
  get lastOrdinal(): number {
    return this.written;
  }

  /** submit_sm that may not have reached the operator yet. */
  get unarrived(): number {
    return this.written - this.arrivedTo;
  }

  add(sequence: number, message: Message, part: number, now: number): void {
    if (this.unarrived === 0) this.unarrivedSince = now;
    this.written += 1;
    this.waiting.set(sequence, {
      sequence,
      message,
      part,
      ordinal: this.written,
      writtenAt: now,
      isLate: false,
    });
  }

  /** The part that this response answers; undefined: none, or it was answered before. */
  answer(sequence: number): InFlightPart | undefined {
    const part = this.waiting.get(sequence);
    if (part) {
      this.waiting.delete(sequence);
      return part;
    }
    const latePart = this.late.get(sequence);
    if (latePart) this.late.delete(sequence);
    return latePart;
  }

  /** Everything up to `ordinal` has arrived; answers how many of those were not known to have. */
  arrive(ordinal: number, now: number): number {
    const count = ordinal - this.arrivedTo;
    if (count <= 0) return 0;
    this.arrivedTo = ordinal;
    this.unarrivedSince = now;
    return count;
  }

  /** Parts written before `before` that nobody answered; from now on they are late. */
  expire(before: number): readonly InFlightPart[] {
    let expired: InFlightPart[] | undefined;
    for (const part of this.waiting.values()) {
      if (part.writtenAt >= before) break;
      part.isLate = true;
      this.waiting.delete(part.sequence);
      this.late.set(part.sequence, part);
      (expired ??= []).push(part);
    }
    while (this.late.size > latePartsMax) {
      for (const sequence of this.late.keys()) {
        this.late.delete(sequence);
        break;
      }
    }
    return expired ?? [];
  }

  /** The connection is gone: what was in flight. */
  clear(): readonly InFlightPart[] {
    const parts = [...this.waiting.values()];
    this.waiting.clear();
    this.late.clear();
    return parts;
  }

  hasMsisdn(msisdn: number): boolean {
    for (const part of this.waiting.values()) if (part.message.msisdn === msisdn) return true;
    return false;
  }
}
