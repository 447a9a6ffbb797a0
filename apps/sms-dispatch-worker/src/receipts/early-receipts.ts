import type { ParsedReceipt } from './receipt.parser';

/** A deliver_sm that is answered once what it says is safe. */
export interface Delivery {
  answer(): void;
}

export interface EarlyReceipt {
  readonly receipt: ParsedReceipt;
  readonly delivery: Delivery;
  readonly at: number;
}

/** A response that is so late is late for another reason (ms). */
const waitMs = 2_000;
const countMax = 5_000;

/** Receipts that came before the response that tells whose they are, by the recipient for whom one is awaited. */
export class EarlyReceipts {
  private readonly byMsisdn = new Map<number, EarlyReceipt[]>();
  private count = 0;

  get isFull(): boolean {
    return this.count >= countMax;
  }

  add(msisdn: number, early: EarlyReceipt): void {
    const list = this.byMsisdn.get(msisdn);
    if (list) list.push(early);
    else this.byMsisdn.set(msisdn, [early]);
    this.count += 1;
  }

  /** Those that waited for this id of this recipient. */
  take(id: string, msisdn: number): readonly EarlyReceipt[] {
    const list = this.count === 0 ? undefined : this.byMsisdn.get(msisdn);
    if (!list) return [];
    const taken = list.filter(({ receipt }) => receipt.ids.includes(id));
    this.keep(
      msisdn,
      list.filter((early) => !taken.includes(early)),
    );
    this.count -= taken.length;
    return taken;
  }

  /** Those that waited long enough; `now` Infinity: all. */
  expire(now: number): readonly EarlyReceipt[] {
    const expired: EarlyReceipt[] = [];
    if (this.count === 0) return expired;
    for (const [msisdn, list] of this.byMsisdn) {
      const over = list.filter(({ at }) => at + waitMs <= now);
      if (over.length === 0) continue;
      expired.push(...over);
      this.keep(
        msisdn,
        list.filter(({ at }) => at + waitMs > now),
      );
    }
    this.count -= expired.length;
    return expired;
  }

  private keep(msisdn: number, list: EarlyReceipt[]): void {
    if (list.length > 0) this.byMsisdn.set(msisdn, list);
    else this.byMsisdn.delete(msisdn);
  }
}
