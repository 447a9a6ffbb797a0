import { DomainError, maxPartsPerMessage, operators } from '@peyk/contracts';
import type { Language, OperatorCountDto, QuoteRowDto, RecipientsDto } from '@peyk/contracts';
import { countSmsParts, mobileOperator, parseMobileNumber } from '@peyk/persian';

export interface TextMeasure {
  readonly text: string;
  readonly language: Language;
  readonly parts: number;
  readonly units: number;
  readonly ucs2Letters: string;
}

/** Throws send.textEmpty, send.textTooLong. */
export function measureText(text: string, is66Char: boolean): TextMeasure {
  if (text.trim() === '') throw new DomainError('send.textEmpty', { field: 'text' });
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
  readonly valid: number;
  readonly invalid: number;
  readonly duplicates: number;
}

/** Counts typed numbers without storing them: a quote is asked for while a person still types. */
export function countTyped(numbers: readonly string[]): TypedCount {
  const seen = new Set<number>();
  const counts = new Map<(typeof operators)[number], number>();
  let invalid = 0;
  for (const text of numbers) {
    const national = parseMobileNumber(text);
    if (national < 0) invalid++;
    else if (!seen.has(national)) {
      seen.add(national);
      const operator = mobileOperator(national);
      counts.set(operator, (counts.get(operator) ?? 0) + 1);
    }
  }
  return {
    byOperator: [...counts].map(([operator, recipients]) => ({ operator, recipients })),
    valid: seen.size,
    invalid,
    duplicates: numbers.length - invalid - seen.size,
  };
}

/** Exactly one source; `row` and `count` only slice a list. */
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
