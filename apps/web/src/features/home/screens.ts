import type { Screen } from '../../app/screens';

export const homeScreens: readonly Screen[] = [];
