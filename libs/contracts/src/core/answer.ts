import type { RpcContract } from './define';
import { DomainError } from '../errors';
import { fieldsOf } from './fields';
import { parseDto } from './validate';

/** Rows of a list answer that broke its own contract, by the field of the list; `why` is what the first of them broke. */
export interface LeftOut {
  readonly field: string;
  readonly rows: number;
  readonly why: unknown;
}

/** Lists that people read: page by page, or by a contract that lists. */
export function isListAnswer({ name, output, access }: RpcContract): boolean {
  if (access === 'service') return false;
  return fieldsOf(output).has('nextCursor') || name.slice(name.lastIndexOf('.') + 1).startsWith('list');
}

/**
 * Checks the answer of an RPC. One row that breaks the contract must not take a person's whole list away, and that for
 * ever: it is left out and reported to `onLeftOut`, the rest is answered. Everything else is checked as strictly as any
 * input. Throws input.invalid.
 */
export function parseAnswer<I extends object, O extends object>(
  contract: RpcContract<I, O>,
  value: unknown,
  onLeftOut: (leftOut: LeftOut) => void,
): O {
  try {
    return parseDto(contract.output, value, { unknownFields: 'ignore' });
  } catch (error) {
    if (!isListAnswer(contract) || typeof value !== 'object' || value === null) throw error;
    const answer: Record<string, unknown> = { ...value };
    const leftOut: LeftOut[] = [];
    for (const [field, { array, dto }] of fieldsOf(contract.output)) {
      const rows = answer[field];
      if (!array || !dto || !Array.isArray(rows)) continue;
      let why: unknown = { maxItems: array.maxItems };
      const sound = (rows as unknown[]).filter((row) => {
        try {
          parseDto(dto(), row, { unknownFields: 'ignore' });
          return true;
        } catch (broken) {
          if (broken instanceof DomainError) why = broken.details;
          return false;
        }
      });
      answer[field] = sound.slice(0, array.maxItems);
      const missing = rows.length - Math.min(sound.length, array.maxItems);
      if (missing > 0) leftOut.push({ field, rows: missing, why });
    }
    if (leftOut.length === 0) throw error;
    const parsed = parseDto(contract.output, answer, { unknownFields: 'ignore' });
    leftOut.forEach(onLeftOut);
    return parsed;
  }
}
