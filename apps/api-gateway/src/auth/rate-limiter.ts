import { isIPv6 } from 'node:net';
import { DomainError } from '@peyk/contracts';

const maxKeys = 50_000;

/**
 * Token buckets in the memory of this replica: `perMinute` requests at once at most, and so many a minute. At most
 * 50,000 keys are remembered; of more, the one that was silent longest is forgotten.
 */
export class RateLimiter {
  private readonly buckets = new Map<string, { tokens: number; atMs: number }>();

  constructor(
    private readonly perMinute: number,
    private readonly nowMs: () => number = () => performance.now(),
  ) {}

  /**
   * Takes one. Throws rate.limited with `details.retryAfterSeconds`.
   * @param perMinute of this key, where it has less than the others
   */
  take(key: string, perMinute = this.perMinute): void {
    const atMs = this.nowMs();
    const known = this.buckets.get(key);
    const perMs = perMinute / 60_000;
    const tokens = known ? Math.min(perMinute, known.tokens + (atMs - known.atMs) * perMs) : perMinute;
    // Set again at the end: the order of the map is the order of the last use.
    this.buckets.delete(key);
    if (this.buckets.size >= maxKeys) {
      for (const [oldest] of this.buckets) {
        this.buckets.delete(oldest);
        break;
      }
    }
    this.buckets.set(key, { tokens: tokens >= 1 ? tokens - 1 : tokens, atMs });
    if (tokens < 1)
      throw new DomainError('rate.limited', { retryAfterSeconds: Math.ceil((1 - tokens) / perMs / 1_000) });
  }
}

/** Things that last (streams, uploads): so many at once for one key. */
export class Slots {
  private readonly taken = new Map<string, number>();

  constructor(private readonly perKey: number) {}

  /** Throws rate.limited. Answers the function that gives the slot back; a second call of it does nothing. */
  take(key: string): () => void {
    const now = this.taken.get(key) ?? 0;
    if (now >= this.perKey)
      throw new DomainError('rate.limited', { atOnce: this.perKey, retryAfterSeconds: 5 });
    this.taken.set(key, now + 1);
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      const left = (this.taken.get(key) ?? 1) - 1;
      if (left > 0) this.taken.set(key, left);
      else this.taken.delete(key);
    };
  }
}

/** One key for one customer of a network: an IPv6 customer owns a whole /64 and could use each address of it once. */
export function addressKey(address: string): string {
  const v4 = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (v4) return v4;
  const plain = address.split('%', 1)[0] ?? '';
  if (!isIPv6(plain)) return address;
  const [head = '', tail] = plain.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const gap = tail === undefined ? 0 : 8 - left.length - right.length;
  const groups = [...left, ...Array<string>(Math.max(0, gap)).fill('0'), ...right];
  return `${groups
    .slice(0, 4)
    .map((group) => parseInt(group, 16).toString(16))
    .join(':')}::/64`;
}
