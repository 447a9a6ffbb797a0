import { DomainError } from '@peyk/contracts';
import { sqlState } from '@peyk/database';
import { counter } from '@peyk/platform';
import type { Logger } from '@peyk/platform';

const restMs = 1_000;
const longestRestMs = 60_000;
/** More than that rest only while everything fails. */
const restingMax = 10_000;

const failures = counter('dispatch_failures_total', 'Tries of a dispatch loop at one thing that failed', [
  'loop',
]);

/**
 * What a loop does to each of many things, a few at once. One that fails hurts no other: it rests, twice as long each
 * time, up to a minute, and is tried again. Where a neighbour is away every further try would only wait as long: the
 * round ends there, and the next one begins with those that were not tried.
 */
export class Round {
  private readonly failed = new Map<string, { readonly times: number; readonly untilMs: number }>();

  constructor(
    private readonly loop: string,
    private readonly logger: Logger,
    private readonly atOnce = 4,
  ) {}

  /** Ids that are not to be tried now: leave them out where the next things are looked for. */
  get resting(): string[] {
    const now = Date.now();
    return [...this.failed].flatMap(([id, { untilMs }]) => (untilMs > now ? [id] : []));
  }

  rests(id: string): boolean {
    return (this.failed.get(id)?.untilMs ?? 0) > Date.now();
  }

  /** Never throws. @returns whether all were tried; false: something that they need is away */
  async each<T>(
    things: readonly T[],
    idOf: (thing: T) => string,
    act: (thing: T) => Promise<unknown>,
  ): Promise<boolean> {
    const waiting = things.values();
    let away = false;
    const work = async (): Promise<void> => {
      // One iterator for all: each thing is taken once.
      for (const thing of waiting) {
        if (away) return;
        const id = idOf(thing);
        try {
          await act(thing);
          this.failed.delete(id);
        } catch (error) {
          away ||= isAway(error);
          this.rest(id, error);
        }
      }
    };
    await Promise.all(Array.from({ length: Math.min(this.atOnce, things.length) }, work));
    return !away;
  }

  private rest(id: string, error: unknown): void {
    failures.inc({ loop: this.loop });
    const times = (this.failed.get(id)?.times ?? 0) + 1;
    const forMs = Math.min(longestRestMs, restMs * 2 ** Math.min(times - 1, 10));
    // At the end of the map: what rests longest is forgotten first.
    this.failed.delete(id);
    const [oldest] = this.failed.keys();
    if (oldest !== undefined && this.failed.size >= restingMax) this.failed.delete(oldest);
    this.failed.set(id, { times, untilMs: Date.now() + forMs });
    this.logger.warn({ err: error, loop: this.loop, id, times, forMs }, 'failed; it is tried again later');
  }
}

/** Another service, the broker or the database does not answer: nothing is wrong with the thing itself. */
function isAway(error: unknown): boolean {
  if (error instanceof DomainError) return error.kind === 'unavailable';
  const state = sqlState(error);
  if (state !== undefined) return /^(08|53|57P)/.test(state);
  const text = error instanceof Error ? error.message : '';
  return /ECONN|EPIPE|ETIMEDOUT|Connection terminated|timeout exceeded when trying to connect/.test(text);
}
