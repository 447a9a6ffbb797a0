import type { HeldBatch } from '../submit/held-batch';

/** Which part an operator's id belongs to. */
export interface SubmittedPart {
  readonly batchId: string;
  readonly index: number;
  readonly part: number;
}

/** Ids remembered at least; at most twice as many. About 60 octets each. */
const generationSize = 50_000;

interface Generation {
  /** id -> batch number, index and part in one number. */
  readonly places: Map<string, number>;
  readonly batchIds: Map<number, string>;
}

/**
 * The last 50,000 to 100,000 ids that the operator gave, so that most receipts name their message without a look into
 * the database. A receipt that is not found here (older, given to another worker, written in another form) is matched
 * by sms-gateway.
 */
export class SubmittedIds {
  private young: Generation = { places: new Map(), batchIds: new Map() };
  private old: Generation = { places: new Map(), batchIds: new Map() };
  private readonly numbers = new WeakMap<HeldBatch, number>();
  private lastNumber = 0;

  remember(id: string, batch: HeldBatch, index: number, part: number): void {
    if (this.young.places.size >= generationSize) {
      this.old = this.young;
      this.young = { places: new Map(), batchIds: new Map() };
    }
    let number = this.numbers.get(batch);
    if (number === undefined) {
      this.lastNumber += 1;
      number = this.lastNumber;
      this.numbers.set(batch, number);
    }
    if (!this.young.batchIds.has(number)) this.young.batchIds.set(number, batch.dto.batchId);
    this.young.places.set(id, number * 4_096 + index * 32 + part);
  }

  find(id: string): SubmittedPart | undefined {
    return lookUp(this.young, id) ?? lookUp(this.old, id);
  }
}

function lookUp({ places, batchIds }: Generation, id: string): SubmittedPart | undefined {
  const place = places.get(id);
  if (place === undefined) return undefined;
  const batchId = batchIds.get(Math.floor(place / 4_096));
  if (batchId === undefined) return undefined;
  return { batchId, index: (place % 4_096) >> 5, part: place % 32 };
}
