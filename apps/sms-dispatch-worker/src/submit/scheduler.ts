import { lanes } from '@peyk/contracts';
import type { HeldBatch } from './held-batch';

/** Takes turns: the current one stays until `advance` or `removeCurrent`. */
class Round<T extends { readonly id: string }> {
  private readonly items: T[] = [];
  private cursor = 0;

  get current(): T | undefined {
    return this.items[this.cursor];
  }

  find(id: string): T | undefined {
    return this.items.find((item) => item.id === id);
  }

  add(item: T): T {
    this.items.push(item);
    return item;
  }

  advance(): void {
    this.cursor = this.cursor + 1 < this.items.length ? this.cursor + 1 : 0;
  }

  remove(unwanted: (item: T) => boolean): void {
    for (let at = this.items.length - 1; at >= 0; at -= 1) {
      const item = this.items[at];
      if (!item || !unwanted(item)) continue;
      this.items.splice(at, 1);
      if (at < this.cursor) this.cursor -= 1;
    }
    if (this.cursor >= this.items.length) this.cursor = 0;
  }

  all(): readonly T[] {
    return this.items;
  }
}

interface Send {
  readonly id: string;
  readonly batches: HeldBatch[];
}
interface Customer {
  readonly id: string;
  readonly sends: Round<Send>;
}

/**
 * What has not been started on one link, in the order of its turn: the first lane that has anything; in it customer by
 * customer, of the customer send by send, a message each; within a send batch after batch, row after row.
 */
export class Scheduler {
  private readonly lanes = lanes.map(() => new Round<Customer>());

  add(batch: HeldBatch): void {
    if (batch.next >= batch.rows) return;
    const customers = this.lanes[batch.laneNo];
    if (!customers) throw new RangeError(`lane ${batch.laneNo}`);
    const { customerId, sendId } = batch.dto;
    const customer =
      customers.find(customerId) ?? customers.add({ id: customerId, sends: new Round<Send>() });
    const send = customer.sends.find(sendId) ?? customer.sends.add({ id: sendId, batches: [] });
    send.batches.push(batch);
  }

  /** The batch whose next row comes next. */
  peek(): HeldBatch | undefined {
    for (const customers of this.lanes) {
      const batch = customers.current?.sends.current?.batches[0];
      if (batch) return batch;
    }
    return undefined;
  }

  /** Takes the next row of `peek()`; answers the row. */
  take(): { readonly batch: HeldBatch; readonly row: number } | undefined {
    const batch = this.peek();
    const customers = batch && this.lanes[batch.laneNo];
    const customer = customers?.current;
    const send = customer?.sends.current;
    if (!batch || !customers || !customer || !send) return undefined;
    const row = batch.next;
    batch.next += 1;
    if (batch.next >= batch.rows) send.batches.shift();
    if (send.batches.length === 0) customer.sends.remove((item) => item === send);
    else customer.sends.advance();
    if (customer.sends.current) customers.advance();
    else customers.remove((item) => item === customer);
    return { batch, row };
  }

  /** Forgets the unstarted rows of a send, or of all. */
  withdraw(sendId?: string): void {
    for (const customers of this.lanes) {
      for (const customer of customers.all()) {
        customer.sends.remove((send) => sendId === undefined || send.id === sendId);
      }
      customers.remove((customer) => customer.sends.current === undefined);
    }
  }
}
