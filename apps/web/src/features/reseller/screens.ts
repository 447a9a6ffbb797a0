import type { Screen } from '../../app/screens';

export const resellerScreens: readonly Screen[] = [];
