import type { Delivery } from '../outcomes/outcome.frame';
import type { ParsedReceipt } from './receipt.parser';

export interface EarlyReceipt {
  readonly receipt: ParsedReceipt;
  readonly delivery: Delivery;
  readonly at: number;
}

/** A response that is so late is late for another reason (ms). */
const waitMs = 2_000;
const countMax = 5_000;

/** Receipts that came before the response that tells whose they are, by the operator's id. */
export class EarlyReceipts {
  private readonly byId = new Map<string, EarlyReceipt[]>();
  private count = 0;

  get isFull(): boolean {
    return this.count >= countMax;
  }

  add(early: EarlyReceipt): void {
    const list = this.byId.get(early.receipt.id);
    if (list) list.push(early);
    else this.byId.set(early.receipt.id, [early]);
    this.count += 1;
  }

  /** Those that waited for this id. */
  take(id: string): readonly EarlyReceipt[] {
    if (this.count === 0) return [];
    const list = this.byId.get(id) ?? [];
    if (list.length > 0) this.byId.delete(id);
    this.count -= list.length;
    return list;
  }

  /** Those that waited long enough; `now` Infinity: all. */
  expire(now: number): readonly EarlyReceipt[] {
    const expired: EarlyReceipt[] = [];
    for (const [id, [first]] of this.byId) {
      if (first && first.at + waitMs > now) break;
      expired.push(...this.take(id));
    }
    return expired;
  }
}
