import type { HeldBatch } from '../submit/held-batch';

/** Which part an operator's id belongs to. */
export interface SubmittedPart {
  readonly batchId: string;
  readonly index: number;
  readonly part: number;
}

/** Ids remembered at least; at most twice as many. About 80 octets each. */
const generationSize = 50_000;
/** The id was given to one recipient more than once: for several parts of a message, or again. */
const several = -1;

interface Generation {
  /** id and recipient -> batch number, index and part in one number, or `several`. */
  readonly places: Map<string, number>;
  readonly batchIds: Map<number, string>;
}

/**
 * The last 50,000 to 100,000 ids that the operator gave, each with its recipient (nodes behind one address give the same
 * id twice, and counters begin again), so that most receipts name their message without a look into the database. A
 * receipt that is not found here (older, given to another worker, written in another form) or not for one part alone is
 * matched by sms-gateway.
 */
export class SubmittedIds {
  private young: Generation = { places: new Map(), batchIds: new Map() };
  private old: Generation = { places: new Map(), batchIds: new Map() };
  private readonly numbers = new WeakMap<HeldBatch, number>();
  private lastNumber = 0;

  remember(id: string, msisdn: number, batch: HeldBatch, index: number, part: number): void {
    if (this.young.places.size >= generationSize) {
      this.old = this.young;
      this.young = { places: new Map(), batchIds: new Map() };
    }
    const key = keyOf(id, msisdn);
    if (this.isKnown(id, msisdn)) {
      this.young.places.set(key, several);
      return;
    }
    let number = this.numbers.get(batch);
    if (number === undefined) {
      this.lastNumber += 1;
      number = this.lastNumber;
      this.numbers.set(batch, number);
    }
    if (!this.young.batchIds.has(number)) this.young.batchIds.set(number, batch.dto.batchId);
    this.young.places.set(key, number * 4_096 + index * 32 + part);
  }

  isKnown(id: string, msisdn: number): boolean {
    const key = keyOf(id, msisdn);
    return this.young.places.has(key) || this.old.places.has(key);
  }

  /** undefined also for an id that several parts have. */
  find(id: string, msisdn: number): SubmittedPart | undefined {
    const key = keyOf(id, msisdn);
    return lookUp(this.young.places.has(key) ? this.young : this.old, key);
  }
}

function keyOf(id: string, msisdn: number): string {
  return `${msisdn} ${id}`;
}

function lookUp({ places, batchIds }: Generation, key: string): SubmittedPart | undefined {
  const place = places.get(key);
  if (place === undefined || place === several) return undefined;
  const batchId = batchIds.get(Math.floor(place / 4_096));
  if (batchId === undefined) return undefined;
  return { batchId, index: (place % 4_096) >> 5, part: place % 32 };
}
