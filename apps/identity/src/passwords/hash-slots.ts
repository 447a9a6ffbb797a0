import { DomainError } from '@peyk/contracts';

/**
 * Runs at most `parallel` tasks at once, first come first served, and refuses instead of letting more than `waitingMax`
 * wait: a password hash costs a core tens of milliseconds, so a flood of sign-ins would otherwise stop everything else.
 */
export class HashSlots {
  private running = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(
    private readonly parallel: number,
    private readonly waitingMax: number,
  ) {}

  /** @throws rate.limited at once when the queue is full; else what `task` throws */
  async run<T>(task: () => Promise<T>): Promise<T> {
    if (this.running < this.parallel) {
      this.running += 1;
    } else {
      if (this.waiting.length >= this.waitingMax) throw new DomainError('rate.limited');
      // The one that ends hands its slot on, so nobody who comes meanwhile gets past the queue.
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    }
    try {
      return await task();
    } finally {
      const next = this.waiting.shift();
      if (next) next();
      else this.running -= 1;
    }
  }
}
