import { DomainError, maxPartsPerMessage, maxTypedNumbers, operators } from '@peyk/contracts';
import type { Language } from '@peyk/contracts';
import type { QuoteRowDto } from '@peyk/contracts/sms';
import type { OperatorCountDto, RecipientsDto, SliceDto } from '@peyk/contracts/targeting';
import { countSmsParts, isSeen, mobileOperator, parseMobileNumber } from '@peyk/persian';

export interface TextMeasure {
  readonly text: string;
  readonly language: Language;
  readonly parts: number;
  readonly units: number;
  readonly ucs2Letters: string;
}

/** Throws send.textEmpty, send.textTooLong. */
export function measureText(text: string, is66Char: boolean): TextMeasure {
  if (!isSeen(text)) throw new DomainError('send.textEmpty', { field: 'text' });
  const count = countSmsParts(text, { is66Char });
  if (count.parts > maxPartsPerMessage) {
    throw new DomainError('send.textTooLong', {
      field: 'text',
      parts: count.parts,
      maximum: maxPartsPerMessage,
    });
  }
  return {
    text,
    language: count.language,
    parts: count.parts,
    units: count.units,
    ucs2Letters: count.ucs2Characters.join(''),
  };
}

export interface TypedCount {
  readonly byOperator: OperatorCountDto[];
  /** In the slice. */
  readonly recipients: number;
  readonly invalid: number;
  readonly duplicates: number;
}

/**
 * Counts typed numbers without storing them: a quote is asked for while a person still types. `row` and `count` slice
 * them as they slice a list (SMS-011): positions of the valid, distinct ones. Throws list.tooManyNumbers (TGT-002; a file
 * takes more: TGT-003), list.sliceOutOfRange.
 */
export function countTyped(numbers: readonly string[], { row = 1, count }: SliceDto = {}): TypedCount {
  if (numbers.length > maxTypedNumbers) {
    throw new DomainError('list.tooManyNumbers', {
      field: 'recipients.numbers',
      max: maxTypedNumbers,
      got: numbers.length,
    });
  }
  const seen = new Set<number>();
  let invalid = 0;
  for (const text of numbers) {
    const national = parseMobileNumber(text);
    if (national < 0) invalid++;
    else seen.add(national);
  }
  const available = Math.max(0, seen.size - row + 1);
  const recipients = count ?? available;
  if (seen.size > 0 && (recipients === 0 || recipients > available))
    throw new DomainError('list.sliceOutOfRange', { available });
  const counts = new Map<(typeof operators)[number], number>();
  for (const national of [...seen].slice(row - 1, row - 1 + recipients)) {
    const operator = mobileOperator(national);
    counts.set(operator, (counts.get(operator) ?? 0) + 1);
  }
  return {
    byOperator: [...counts].map(([operator, recipients]) => ({ operator, recipients })),
    recipients,
    invalid,
    duplicates: numbers.length - invalid - seen.size,
  };
}

/** Exactly one source. Throws input.invalid, list.empty. */
export function assertOneSource(recipients: RecipientsDto): void {
  const sources = Number(recipients.listId !== undefined) + Number(recipients.numbers !== undefined);
  if (sources !== 1) {
    throw new DomainError('input.invalid', {
      fields: [
        { field: 'recipients', rule: 'oneOf', message: 'recipients must have either listId or numbers' },
      ],
    });
  }
  if (recipients.numbers?.length === 0) throw new DomainError('list.empty', { field: 'recipients.numbers' });
}

/** recipients x parts x price, by operator (SMS-204). */
export function priceRows(
  byOperator: readonly OperatorCountDto[],
  parts: number,
  prices: readonly number[],
): QuoteRowDto[] {
  return byOperator
    .filter((row) => row.recipients > 0)
    .map(({ operator, recipients }) => {
      const rialsPerPart = prices[operators.indexOf(operator)] ?? 0;
      return { operator, recipients, rialsPerPart, totalRials: recipients * parts * rialsPerPart };
    });
}
