import type { Screen } from '../../app/screens';

export const entryScreens: readonly Screen[] = [];
