import type { Screen } from '../../app/screens';
import { moneyScreens } from './money/screens';

export const adminScreens: readonly Screen[] = [...moneyScreens];
