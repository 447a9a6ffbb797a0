/**
 * Counts what was taken in the second that ends now: a true sliding window, no buckets. A take at `t` shares a window with
 * one at `u` when `t - u < 1000` ms. `worst` is exact: the fullest window always ends at some take.
 */
export class SlidingSecond {
  private times = new Float64Array(1_024);
  private head = 0;
  private size = 0;
  /** Most takes any one second held, and when (ms of the caller's clock) that second ended. */
  worst = 0;
  worstEndsAt = 0;

  /** Takes one at `now` (ms, never going back) unless `limit` were exceeded; `null` is no limit. */
  tryTake(now: number, limit: number | null): boolean {
    while (this.size > 0 && now - (this.times[this.head] as number) >= 1_000) {
      this.head = (this.head + 1) & (this.times.length - 1);
      this.size--;
    }
    if (limit !== null && this.size >= limit) return false;
    if (this.size === this.times.length) this.grow();
    this.times[(this.head + this.size) & (this.times.length - 1)] = now;
    this.size++;
    if (this.size > this.worst) {
      this.worst = this.size;
      this.worstEndsAt = now;
    }
    return true;
  }

  private grow(): void {
    const grown = new Float64Array(this.times.length * 2);
    grown.set(this.times.subarray(this.head));
    grown.set(this.times.subarray(0, this.head), this.times.length - this.head);
    this.times = grown;
    this.head = 0;
  }
}
