import type { Schemas } from '../../api/client';
import { languageTitles, operatorTitles } from '../../ui/terms';
import type { Language, LineClass, Operator } from '../../ui/terms';

type Own = Schemas['OwnTariffDto'];
type Set = Schemas['ResellerTariffDto'];

export interface TariffRow {
  readonly key: string;
  readonly operator: Operator;
  readonly language: Language;
  /** What the reseller pays for a part now, Rial. */
  readonly costRials: number;
  /** What its users pay now, Rial: what it costs the reseller, until it sets something. */
  readonly priceRials: number;
  readonly isSet: boolean;
  /** Announced prices, the soonest first. */
  readonly coming: readonly Set[];
}

/** One line class of what users pay beside what the reseller pays itself (BIL-009). */
export function tariffRows(
  own: readonly Own[],
  sets: readonly Set[],
  lineClass: LineClass,
  now: Date,
): readonly TariffRow[] {
  const languages = Object.keys(languageTitles);
  const operators = Object.keys(operatorTitles);
  return own
    .filter((tariff) => tariff.lineClass === lineClass)
    .map(({ operator, language, rialsPerPart }) => {
      const here = sets
        .filter(
          (set) => set.lineClass === lineClass && set.operator === operator && set.language === language,
        )
        .sort((one, other) => one.validFrom.localeCompare(other.validFrom));
      const current = here.filter(({ validFrom }) => new Date(validFrom) <= now).at(-1);
      return {
        key: `${language} ${operator}`,
        operator,
        language,
        costRials: rialsPerPart,
        priceRials: current?.rialsPerPart ?? rialsPerPart,
        isSet: current !== undefined,
        coming: here.filter(({ validFrom }) => new Date(validFrom) > now),
      };
    })
    .sort(
      (one, other) =>
        languages.indexOf(one.language) - languages.indexOf(other.language) ||
        operators.indexOf(one.operator) - operators.indexOf(other.operator),
    );
}
