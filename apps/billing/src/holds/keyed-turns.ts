/**
 * Runs what has the same key one after the other, in the order of the calls; different keys run at once. A failure
 * does not stop those behind it.
 */
export class KeyedTurns {
  private readonly last = new Map<string, Promise<unknown>>();

  /** Keys with something running or waiting. */
  get size(): number {
    return this.last.size;
  }

  run<T>(key: string, act: () => Promise<T>): Promise<T> {
    const mine = (this.last.get(key) ?? Promise.resolve()).then(act, act);
    this.last.set(key, mine);
    const leave = (): void => {
      if (this.last.get(key) === mine) this.last.delete(key);
    };
    mine.then(leave, leave);
    return mine;
  }
}
