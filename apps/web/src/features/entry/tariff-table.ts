import type { Schemas } from '../../api/client';
import type { Language, LineClass, Operator } from '../../ui/terms';

export interface TariffRow {
  /** Operators that cost the same; empty: all others than those of the rows before. */
  readonly operators: readonly Operator[];
  /** Rial a part by `<class> <language>`; absent: no tariff. */
  readonly rials: Readonly<Partial<Record<`${LineClass} ${Language}`, number>>>;
}

/** Operators in the order given, those with the same prices in one row: a price list that can be read at a glance. */
export function tariffRows(
  tariffs: readonly Schemas['TariffDto'][],
  order: readonly Operator[],
): readonly TariffRow[] {
  const rows = new Map<string, { operators: Operator[]; rials: TariffRow['rials'] }>();
  for (const operator of order) {
    const own = tariffs.filter((tariff) => tariff.operator === operator);
    if (own.length === 0) continue;
    const rials = Object.fromEntries(
      own
        .map(({ lineClass, language, rialsPerPart }) => [`${lineClass} ${language}`, rialsPerPart] as const)
        .sort(([a], [b]) => a.localeCompare(b)),
    ) as TariffRow['rials'];
    const key = JSON.stringify(rials);
    const row = rows.get(key);
    if (row) row.operators.push(operator);
    else rows.set(key, { operators: [operator], rials });
  }
  return [...rows.values()];
}
