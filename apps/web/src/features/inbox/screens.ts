import type { Screen } from '../../app/screens';

export const inboxScreens: readonly Screen[] = [];
