import type { Screen } from '../../app/screens';

export const templateScreens: readonly Screen[] = [];
