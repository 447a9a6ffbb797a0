import type { Screen } from '../../app/screens';

export const accountScreens: readonly Screen[] = [];
