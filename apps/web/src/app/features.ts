import type { Feature } from '../parts/screens/feature';
import type { Screen } from '../parts/screens/screen';
import { sections } from '../parts/screens/sections';

/** Every folder of `features`: a new one is found without being named here. */
const found = import.meta.glob<{ readonly feature: Feature }>('../features/*/screens.ts', { eager: true });
export const features: readonly Feature[] = Object.values(found).map(({ feature }) => feature);

const groups: readonly string[] = sections.flatMap((section) => section.groups.map(({ key }) => key));
/** Pages without a place in the menu come last. */
const groupOf = ({ menu }: Screen): number => (menu ? groups.indexOf(menu.group) : groups.length);

/** In the order of the menu. */
export const allScreens: readonly Screen[] = features
  .flatMap(({ screens }) => screens)
  .sort((one, other) => groupOf(one) - groupOf(other) || (one.menu?.order ?? 0) - (other.menu?.order ?? 0));
