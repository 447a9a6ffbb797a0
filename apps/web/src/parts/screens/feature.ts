import type { Role } from '../../api/client';
import type { Screen } from './screen';

/** One thing that the command palette found. */
export interface Found {
  readonly key: string;
  readonly title: string;
  readonly note: string;
  readonly to: string;
}
/** Of each feature at most so many. */
export const foundMax = 5;

/** What the command palette finds of a feature beside its pages. */
export interface Search {
  readonly who: readonly Role[];
  /** At most {@link foundMax}. */
  readonly find: (wanted: string) => Promise<readonly Found[]>;
}

/**
 * All that the panel has to know of a feature. Each has one, exported as `feature` from `features/<noun>/screens.ts`,
 * where `app/features.ts` finds it.
 */
export interface Feature {
  readonly screens: readonly Screen[];
  readonly search?: Search;
}
