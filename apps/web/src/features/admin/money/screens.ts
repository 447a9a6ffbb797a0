import type { Screen } from '../../../app/screens';

export const moneyScreens: readonly Screen[] = [];
