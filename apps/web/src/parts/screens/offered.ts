import { createContext, useContext } from 'react';
import type { Screen } from './screen';

export interface Offered {
  /** The pages that menus offer to the person who is signed in, in the order of the menu. */
  readonly screens: readonly Screen[];
  /** What nobody has looked at yet, by the path of the page; a page without it is not there. */
  readonly counts: Readonly<Record<string, number>>;
}

export const OfferedContext = createContext<Offered>({ screens: [], counts: {} });
export const useOffered = (): Offered => useContext(OfferedContext);

/** Of the phone's bottom bar and the home page's buttons, in the order of the menu. */
export function quickOf({ screens }: Offered, roles: readonly string[]): readonly Screen[] {
  return screens.filter(({ quick }) => quick === 'everyone' || quick?.some((role) => roles.includes(role)));
}
