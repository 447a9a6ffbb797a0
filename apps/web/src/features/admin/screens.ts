import type { Screen } from '../../app/screens';

export const adminScreens: readonly Screen[] = [];
