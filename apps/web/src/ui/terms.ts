import type { Schemas } from '../api/client';
import words from './terms.fa.json';

type Tariff = Schemas['TariffDto'];
export type Operator = Tariff['operator'];
export type LineClass = Tariff['lineClass'];
export type Language = Tariff['language'];

/** Words of the domain that many screens show, in the order to show them. */
export const operatorTitles: Readonly<Record<Operator, string>> = {
  mci: words.mci,
  irancell: words.irancell,
  rightel: words.rightel,
  shatel: words.shatel,
  aptel: words.aptel,
  mtce: words.mtce,
  telekish: words.telekish,
  other: words.other,
};
export const lineClassTitles: Readonly<Record<LineClass, string>> = {
  service: words.service,
  advertising: words.advertising,
};
export const languageTitles: Readonly<Record<Language, string>> = { fa: words.fa, en: words.en };

/** Options of a select or a filter. */
export function optionsOf<Value extends string>(
  titles: Readonly<Record<Value, string>>,
): { value: Value; label: string }[] {
  return (Object.keys(titles) as Value[]).map((value) => ({ value, label: titles[value] }));
}
