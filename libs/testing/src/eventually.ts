export interface EventuallyOptions {
  /** 30 s unless said otherwise. */
  readonly timeoutMs?: number;
  /** Between the first two looks, 20 ms unless said otherwise; up to three times as long once it takes long. */
  readonly everyMs?: number;
}

/**
 * Runs `check` until it does not throw, and answers what it answers: `await eventually(() => expect(seen).toHaveLength(2))`.
 * Throws its last error once `timeoutMs` have passed.
 */
export async function eventually<T>(
  check: () => T | Promise<T>,
  { timeoutMs = 30_000, everyMs = 20 }: EventuallyOptions = {},
): Promise<T> {
  const until = performance.now() + timeoutMs;
  for (let pauseMs = everyMs; ; pauseMs = Math.min(pauseMs * 1.2, everyMs * 3)) {
    try {
      return await check();
    } catch (error) {
      if (performance.now() >= until) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}
