import { rpcsOf } from '../core/define';
import { billingBanksRpc, billingBankReportsRpc } from './banks.rpc';
import { billingClubRpc, billingClubSettingsRpc, billingClubRewardsRpc } from './club.rpc';
import { billingCorrectionsRpc } from './corrections.rpc';
import { billingDeadLettersRpc } from './dead-letters.rpc';
import { billingHoldsRpc } from './holds.rpc';
import { billingPlansRpc, billingCampaignsRpc } from './plans.rpc';
import { billingPricesRpc } from './prices.rpc';
import { billingUsersRpc, billingResellerTariffsRpc } from './resellers.rpc';
import { billingLevelsRpc, billingTariffsRpc } from './tariffs.rpc';
import { billingTiersRpc, billingGiftsRpc } from './tiers.rpc';
import { billingTopupRequestsRpc } from './topup-requests.rpc';
import { billingTopupsRpc } from './topups.rpc';
import { billingWalletsRpc } from './wallets.rpc';

export const billingRpcs = rpcsOf('billing', {
  bankReports: billingBankReportsRpc,
  banks: billingBanksRpc,
  campaigns: billingCampaignsRpc,
  clubRewards: billingClubRewardsRpc,
  club: billingClubRpc,
  clubSettings: billingClubSettingsRpc,
  corrections: billingCorrectionsRpc,
  deadLetters: billingDeadLettersRpc,
  gifts: billingGiftsRpc,
  holds: billingHoldsRpc,
  levels: billingLevelsRpc,
  plans: billingPlansRpc,
  prices: billingPricesRpc,
  resellerTariffs: billingResellerTariffsRpc,
  tariffs: billingTariffsRpc,
  tiers: billingTiersRpc,
  topupRequests: billingTopupRequestsRpc,
  topups: billingTopupsRpc,
  users: billingUsersRpc,
  wallets: billingWalletsRpc,
});
