import { randomInt } from 'node:crypto';

const CAPACITY_INITIAL = 1 << 12;
const NATIONAL_MIN = 9_000_000_000;

/**
 * The numbers seen in one file and the row each was first seen in: open addressing over two Uint32Arrays, 8 bytes a slot
 * and at most half full, so 1,000,000 numbers take 16 MiB where a Map takes over 100.
 */
export class RecipientSet {
  private capacity = CAPACITY_INITIAL;
  /** National number - 9,000,000,000 + 1; 0 is a free slot. */
  private keys = new Uint32Array(CAPACITY_INITIAL);
  private rows = new Uint32Array(CAPACITY_INITIAL);
  private count = 0;
  /** Random, so that nobody can write a file whose numbers all fall into one slot. */
  private readonly multiplier = randomInt(0x1000_0000, 0x7fff_ffff) * 2 + 1;

  get size(): number {
    return this.count;
  }

  /** Adds a national number (9121234567); 0 if it was new, else the row it was first seen in (rows count from 1). */
  add(national: number, row: number): number {
    const key = national - NATIONAL_MIN + 1;
    const slot = this.findSlot(key);
    if (this.keys[slot] === key) return this.rows[slot] ?? 0;
    this.keys[slot] = key;
    this.rows[slot] = row;
    this.count += 1;
    if (this.count * 2 > this.capacity) this.grow();
    return 0;
  }

  private findSlot(key: number): number {
    const mask = this.capacity - 1;
    let hash = Math.imul(key, this.multiplier);
    hash ^= hash >>> 15;
    let slot = (Math.imul(hash, 0x2c1b3c6d) >>> 7) & mask;
    while (this.keys[slot] !== 0 && this.keys[slot] !== key) slot = (slot + 1) & mask;
    return slot;
  }

  private grow(): void {
    const { keys, rows } = this;
    this.capacity *= 2;
    this.keys = new Uint32Array(this.capacity);
    this.rows = new Uint32Array(this.capacity);
    keys.forEach((key, i) => {
      if (key === 0) return;
      const slot = this.findSlot(key);
      this.keys[slot] = key;
      this.rows[slot] = rows[i] ?? 0;
    });
  }
}
