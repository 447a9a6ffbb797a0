import { InvalidInput } from '../operator/settings';
import type { Operation } from './order';

const WAITING_MAX = 100;

/** Met by requests of the merchant's program. */
export const CALL_FAULTS = ['slow', 'late', 'cut', 'drop', 'answer', 'unavailable'] as const;
/** Met when a payer is done. */
export const CALLBACK_FAULTS = [
  'repeatCallback',
  'earlyCallback',
  'noCallback',
  'callbackAmount',
  'paidAmount',
  'foreignReference',
] as const;
export const FAULT_KINDS = [...CALL_FAULTS, ...CALLBACK_FAULTS] as const;

/**
 * Of requests:
 * - `slow`: begins `ms` later
 * - `late`: takes effect at once, answers `ms` later
 * - `cut`: takes effect, then the connection closes without an answer; `drop`: the same without any effect
 * - `answer`: answers `code`; takes effect all the same when `effect` is set
 * - `unavailable`: HTTP 503 and a page of HTML
 *
 * Of callbacks:
 * - `repeatCallback`: `copies` in all, at the same time; the browser brings one of them
 * - `earlyCallback`: the bank calls back itself, and only when that was answered the payer's browser goes back too
 * - `noCallback`: the payer has paid and never comes back
 * - `callbackAmount`: the callback says another FinalAmount, `amount` Rial (Behpardakht; Zarinpal's callback has none)
 * - `paidAmount`: the card was charged with `amount` Rial instead
 * - `foreignReference`: the callback names the RefId or authority of another order: `reference`, else the newest other one
 */
export type FaultKind = (typeof FAULT_KINDS)[number];

export interface Fault {
  kind: FaultKind;
  /** Requests that can meet it; null: all. */
  operation: Operation | null;
  /** How often it is still met; null: until it is taken away. */
  count: number | null;
  ms: number;
  code: string;
  effect: boolean;
  copies: number;
  amount: number;
  reference: string | null;
}

/** Waiting faults of one bank, in the order they were put; one request or payment meets at most one. */
export class Faults {
  private list: Fault[] = [];

  /** Throws InvalidInput when too many are waiting. */
  put(fault: Fault): void {
    if (this.list.length >= WAITING_MAX) throw new InvalidInput(`at most ${WAITING_MAX} faults wait`);
    this.list.push(fault);
  }

  clear(): void {
    this.list = [];
  }

  waiting(): readonly Fault[] {
    return this.list;
  }

  /** The one that a request meets; counted. */
  onCall(operation: Operation): Fault | undefined {
    return this.take(
      ({ kind, operation: only }) =>
        (CALL_FAULTS as readonly string[]).includes(kind) && (only === null || only === operation),
    );
  }

  /** The one that a payment meets; counted. */
  onCallback(): Fault | undefined {
    return this.take(({ kind }) => (CALLBACK_FAULTS as readonly string[]).includes(kind));
  }

  private take(wanted: (fault: Fault) => boolean): Fault | undefined {
    const fault = this.list.find(wanted);
    if (!fault || fault.count === null) return fault;
    fault.count -= 1;
    if (fault.count === 0) this.list = this.list.filter((candidate) => candidate !== fault);
    return fault;
  }
}
