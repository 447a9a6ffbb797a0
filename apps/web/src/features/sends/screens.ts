import type { Screen } from '../../app/screens';

export const sendScreens: readonly Screen[] = [];
