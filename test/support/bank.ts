// The simulators are test equipment themselves: their typed desk serves specs beside them and suites here.
// eslint-disable-next-line peyk/layers
export * from '../../apps/simulators/src/banks/bank-desk.fixture';

/** How long the drivers of a spec wait for an answer: long, since the machine may be slow, but while a bank is to be late. */
export class Patience {
  /** ms; `late` answers come after twice as long. */
  static readonly short = 800;
  private ms = 30_000;

  /** The account with this for its `timeoutMs`. */
  of<Account extends object>(account: Account): Account & { readonly timeoutMs: number } {
    const now = (): number => this.ms;
    return {
      ...account,
      get timeoutMs() {
        return now();
      },
    };
  }

  /** Runs one call to a bank that answers too late. */
  async lose<T>(call: () => Promise<T>): Promise<T> {
    const usual = this.ms;
    this.ms = Patience.short;
    try {
      return await call();
    } finally {
      this.ms = usual;
    }
  }
}
