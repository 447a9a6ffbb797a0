const TICK_MS = 2;

/** Runs many short-delayed things for the price of one timer. Granularity 2 ms; never early, order kept within a tick. */
export class DelayWheel {
  private readonly slots = new Map<number, (() => void)[]>();
  private lastTick = 0;
  private timer: NodeJS.Timeout | null = null;

  after(ms: number, run: () => void): void {
    const now = performance.now();
    const tick = Math.ceil((now + ms) / TICK_MS);
    if (this.slots.size === 0) this.lastTick = Math.floor(now / TICK_MS);
    const slot = this.slots.get(tick);
    if (slot) slot.push(run);
    else this.slots.set(tick, [run]);
    this.timer ??= setTimeout(this.turn, TICK_MS);
  }

  stop(): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    this.slots.clear();
  }

  private readonly turn = (): void => {
    this.timer = null;
    const current = Math.floor(performance.now() / TICK_MS);
    while (this.slots.size > 0 && this.lastTick < current) {
      const tick = ++this.lastTick;
      const slot = this.slots.get(tick);
      if (!slot) continue;
      this.slots.delete(tick);
      for (const run of slot) run();
    }
    if (this.slots.size > 0) this.timer ??= setTimeout(this.turn, TICK_MS);
  };
}
