import { accountScreens } from '../features/account/screens';
import { auditScreens } from '../features/audit/screens';
import { banksScreens } from '../features/banks/screens';
import { barcodesScreens } from '../features/barcodes/screens';
import { promotionsScreens } from '../features/promotions/screens';
import { clubScreens } from '../features/club/screens';
import { correctionsScreens } from '../features/corrections/screens';
import { deadLettersScreens } from '../features/dead-letters/screens';
import { doubtsScreens } from '../features/doubts/screens';
import { entryScreens } from '../features/entry/screens';
import { giftsScreens } from '../features/gifts/screens';
import { homeScreens } from '../features/home/screens';
import { importsScreens } from '../features/imports/screens';
import { inboxScreens } from '../features/inbox/screens';
import { levelsScreens } from '../features/levels/screens';
import { linesScreens } from '../features/lines/screens';
import { linksScreens } from '../features/links/screens';
import { newSendScreens } from '../features/new-send/screens';
import { optOutsScreens } from '../features/opt-outs/screens';
import { peopleScreens } from '../features/people/screens';
import { plansScreens } from '../features/plans/screens';
import { requestsScreens } from '../features/requests/screens';
import { sendsScreens } from '../features/sends/screens';
import { tariffsScreens } from '../features/tariffs/screens';
import { templatesScreens } from '../features/templates/screens';
import { topupsScreens } from '../features/topups/screens';
import { usersScreens } from '../features/users/screens';
import { walletScreens } from '../features/wallet/screens';
import type { Screen } from '../parts/screens/screen';

/** One row a feature, in the order of the menu. */
export const allScreens: readonly Screen[] = [
  ...entryScreens,
  ...homeScreens,
  ...newSendScreens,
  ...sendsScreens,
  ...inboxScreens,
  ...linesScreens,
  ...linksScreens,
  ...doubtsScreens,
  ...optOutsScreens,
  ...templatesScreens,
  ...walletScreens,
  ...correctionsScreens,
  ...topupsScreens,
  ...banksScreens,
  ...usersScreens,
  ...requestsScreens,
  ...plansScreens,
  ...tariffsScreens,
  ...levelsScreens,
  ...giftsScreens,
  ...promotionsScreens,
  ...clubScreens,
  ...accountScreens,
  ...peopleScreens,
  ...importsScreens,
  ...barcodesScreens,
  ...auditScreens,
  ...deadLettersScreens,
];
