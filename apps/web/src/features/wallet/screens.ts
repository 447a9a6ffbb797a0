import type { Screen } from '../../app/screens';

export const walletScreens: readonly Screen[] = [];
