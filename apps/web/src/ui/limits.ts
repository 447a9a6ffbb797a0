import limits from '../api/limits.json';
import fa from '../i18n/fa.json';
import { fill, number, toman } from './format';

/** Bounds of what people write, as the API has them (`npm run gen:web`): by class and field, and of the SMS path. */
export { limits };

export interface Bounds {
  readonly min: number;
  readonly max: number;
}

export const isWithin = (value: number, { min, max }: Bounds): boolean => value >= min && value <= max;

interface Rule {
  validator: (rule: unknown, value: unknown) => Promise<void>;
}

/**
 * The rule of a number: what is outside is said at the field, with both bounds, before anything is asked or sent.
 * @param per how much of the API's unit one of the form's is: 1,000 where people write seconds and the API has ms
 */
export function within({ min, max }: Bounds, per = 1): Rule {
  return ruleOf({ min: min / per, max: max / per }, (value) => number(value, 2));
}

/** The same of an amount: kept in Rial, said in Toman. */
export function withinToman(bounds: Bounds): Rule {
  return ruleOf(bounds, toman);
}

function ruleOf({ min, max }: Bounds, say: (value: number) => string): Rule {
  return {
    validator: (_rule, value) =>
      typeof value === 'number' && !isWithin(value, { min, max })
        ? Promise.reject(new Error(fill(fa.outOfBounds, { min: say(min), max: say(max) })))
        : Promise.resolve(),
  };
}
