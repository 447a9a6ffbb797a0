import { accountScreens } from '../features/account/screens';
import { adminScreens } from '../features/admin/screens';
import { entryScreens } from '../features/entry/screens';
import { homeScreens } from '../features/home/screens';
import { inboxScreens } from '../features/inbox/screens';
import { optOutScreens } from '../features/opt-outs/screens';
import { resellerScreens } from '../features/reseller/screens';
import { sendScreens } from '../features/sends/screens';
import { templateScreens } from '../features/templates/screens';
import { walletScreens } from '../features/wallet/screens';
import type { Screen } from './screens';

export const allScreens: readonly Screen[] = [
  ...entryScreens,
  ...homeScreens,
  ...sendScreens,
  ...inboxScreens,
  ...optOutScreens,
  ...templateScreens,
  ...walletScreens,
  ...resellerScreens,
  ...accountScreens,
  ...adminScreens,
];
