import { Injectable } from '@nestjs/common';

/** How fast each send leaves now, measured in this process by the parts whose submission it recorded. */
@Injectable()
export class SendPaces {
  private readonly paces = new Map<string, { parts: number; sinceMs: number; pace: number }>();

  /** Parts whose submission was recorded just now. The first ones only begin the measured second: they left before it. */
  countParts(sendId: string, parts: number): void {
    const now = Date.now();
    const entry = this.paces.get(sendId);
    if (!entry) {
      if (this.paces.size > 10_000) this.paces.clear();
      this.paces.set(sendId, { parts: 0, sinceMs: now, pace: 0 });
      return;
    }
    entry.parts += parts;
    const ms = now - entry.sinceMs;
    if (ms >= 1_000) {
      entry.pace = Math.round((entry.parts * 10_000) / ms) / 10;
      entry.parts = 0;
      entry.sinceMs = now;
    }
  }

  /**
   * Parts a second that left lately; 0 when nothing left for three seconds. It is counted by when that was recorded, and
   * a record that was late may bring more into a second than left in it: more than the contract never leaves.
   * @param contracted of the link, parts a second; 0: no limit
   */
  partsPerSecond(sendId: string, contracted: number): number {
    const entry = this.paces.get(sendId);
    if (!entry || Date.now() - entry.sinceMs >= 3_000) return 0;
    return contracted > 0 ? Math.min(entry.pace, contracted) : entry.pace;
  }
}
