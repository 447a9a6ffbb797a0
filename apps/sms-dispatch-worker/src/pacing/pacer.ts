/** Length of the operator's window (ms). */
const windowMs = 1_000;
/** Two clocks may disagree by their resolution (ms). */
const epsilonMs = 0.5;
/** A part whose bind was closed may still lie in the operator's receive buffer for so long (ms). */
const presumedArrivalMs = 2_000;
/**
 * The bucket only spreads the parts over the second; the limit is the count below. So it runs a little faster than the
 * contract and makes up for a late timer instead of losing that time for good.
 */
const bucketRate = 1.05;
/** Written at once at most: so many ms of the share, or a message of a few parts. */
const burst = { ms: 30, leastParts: 3 } as const;

/**
 * Decides when a part may be written, so that the operator, wherever its clock and window begin, never sees more than
 * `share` parts in a second.
 *
 * A part arrives at some moment between its writing and the first answer to it or to anything written after it on the
 * same bind. It counts from its writing until 1,000 ms after that answer, and no part is written while `share` parts
 * count. Of the parts in any second at the operator let p be the one written last: each other one arrived less than
 * 1,000 ms before p, so it was answered less than 1,000 ms before p was written, so it counted then; hence there are
 * fewer than `share` others. Jitter cannot break this, it only makes it slower: by the time to the answer, a second.
 *
 * Time is given by the caller (ms of a clock that never goes back). Answers are given in the order they come.
 */
export class Pacer {
  private share = 0;
  private limited = true;
  private tokens = 0;
  private refilledAt = 0;
  private unarrived = 0;
  private readonly arrivals = new MomentQueue();
  private readonly presumed = new MomentQueue();

  /** Parts a second, all binds together. Less holds at once for what is written; `occupied` says when it holds whole. */
  set(share: number, limited: boolean, now: number): void {
    if (limited && !this.limited) this.tokens = 0;
    this.refill(now);
    this.share = share;
    this.limited = limited;
    this.tokens = Math.min(this.tokens, this.burst());
  }

  /** Parts that may be written now; Infinity without a limit. */
  room(now: number): number {
    if (!this.limited) return Infinity;
    this.refill(now);
    return Math.max(0, Math.min(Math.floor(this.tokens), this.share - this.occupied(now)));
  }

  /** One part is written. */
  take(): void {
    if (this.limited) this.tokens -= 1;
    this.unarrived += 1;
  }

  /** `count` parts written earlier have reached the operator by `now`. */
  arrived(count: number, now: number): void {
    this.unarrived -= count;
    // Also without a limit they are counted, because one may come; so they are also forgotten.
    this.arrivals.dropUntil(now);
    for (let i = 0; i < count; i += 1) this.arrivals.push(now + windowMs + epsilonMs);
  }

  /** `count` parts will never be known to have arrived: their bind is gone. */
  lost(count: number, now: number): void {
    this.unarrived -= count;
    this.presumed.dropUntil(now);
    for (let i = 0; i < count; i += 1) this.presumed.push(now + presumedArrivalMs + windowMs + epsilonMs);
  }

  /** Parts that may still be in the operator's window. */
  occupied(now: number): number {
    this.arrivals.dropUntil(now);
    this.presumed.dropUntil(now);
    return this.unarrived + this.arrivals.size + this.presumed.size;
  }

  /** From when there may be room (ms from now); Infinity: not before an answer comes or the share changes. */
  waitMs(now: number): number {
    if (!this.limited) return 0;
    if (this.share === 0) return Infinity;
    this.refill(now);
    const forToken = this.tokens >= 1 ? 0 : (1 - this.tokens) / this.perMs();
    const excess = this.occupied(now) - this.share;
    if (excess < 0) return forToken;
    return Math.max(forToken, Math.min(this.arrivals.head, this.presumed.head) - now);
  }

  private refill(now: number): void {
    if (this.limited) {
      this.tokens = Math.min(this.burst(), this.tokens + (now - this.refilledAt) * this.perMs());
    }
    this.refilledAt = now;
  }

  private perMs(): number {
    return (this.share * bucketRate) / 1_000;
  }

  private burst(): number {
    return Math.max(burst.leastParts, (this.share * burst.ms) / 1_000);
  }
}

/** Moments in the order of time; a ring that grows. */
class MomentQueue {
  private moments = new Float64Array(256);
  private first = 0;
  size = 0;

  /** Infinity when empty. */
  get head(): number {
    return this.size === 0 ? Infinity : (this.moments[this.first] ?? Infinity);
  }

  push(moment: number): void {
    if (this.size === this.moments.length) this.grow();
    this.moments[(this.first + this.size) & (this.moments.length - 1)] = moment;
    this.size += 1;
  }

  dropUntil(now: number): void {
    while (this.size > 0 && (this.moments[this.first] ?? 0) <= now) {
      this.first = (this.first + 1) & (this.moments.length - 1);
      this.size -= 1;
    }
  }

  private grow(): void {
    const grown = new Float64Array(this.moments.length * 2);
    grown.set(this.moments.subarray(this.first));
    grown.set(this.moments.subarray(0, this.first), this.moments.length - this.first);
    this.moments = grown;
    this.first = 0;
  }
}
