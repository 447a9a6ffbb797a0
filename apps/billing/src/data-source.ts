import type { DatabaseOptions } from '@peyk/database';
import { AddInboxAge1790000021000, CreateMessaging1790000000000, messagingEntities } from '@peyk/messaging';
import type { BillingConfig } from './config';
import { BankRow } from './banks/bank.entity';
import { ClubMember, ClubPoints, ClubReward, ClubSettings } from './club/club.entity';
import { Customer } from './customers/customer.entity';
import { Correction } from './corrections/correction.entity';
import { Hold } from './holds/hold.entity';
import { Account } from './ledger/account.entity';
import { Entry } from './ledger/entry.entity';
import { Transfer } from './ledger/transfer.entity';
import { CreateLedger1790000001000 } from './migrations/1790000001000-create-ledger';
import { CreateTariffs1790000002000 } from './migrations/1790000002000-create-tariffs';
import { CreatePlans1790000003000 } from './migrations/1790000003000-create-plans';
import { CreateCustomers1790000005000 } from './migrations/1790000005000-create-customers';
import { CreateResale1790000005100 } from './migrations/1790000005100-create-resale';
import { CreatePricing1790000006000 } from './migrations/1790000006000-create-pricing';
import { CreateTopups1790000007000 } from './migrations/1790000007000-create-topups';
import { ExtendLedger1790000004000 } from './migrations/1790000004000-extend-ledger';
import { CreateCorrections1790000004200 } from './migrations/1790000004200-create-corrections';
import { RefuseWithoutErrors1790000019000 } from './migrations/1790000019000-refuse-without-errors';
import { RestrictService1790000004100 } from './migrations/1790000004100-restrict-service';
import { CustomerPlan, Plan, PlanCampaign, PlanPurchase } from './plans/plan.entity';
import { ResellerTariff } from './resellers/reseller-tariff.entity';
import { ResoldSend } from './resellers/resold-send.entity';
import { TopupRequest } from './resellers/topup-request.entity';
import { Level, LevelChange, Tariff } from './tariffs/tariff.entity';
import { GiftTier, GiftTierSet } from './tiers/tier.entity';
import { BankReport } from './topups/bank-report.entity';
import { Topup } from './topups/topup.entity';

/** Billing's database: for the program, its commands and its tests. */
export function databaseOptions(
  config: Pick<BillingConfig, 'databaseUrl' | 'databasePoolMax'>,
): DatabaseOptions {
  return {
    url: config.databaseUrl,
    poolMax: config.databasePoolMax,
    applicationName: 'billing',
    entities: [
      Account,
      Transfer,
      Entry,
      Hold,
      Correction,
      Level,
      LevelChange,
      Tariff,
      GiftTierSet,
      GiftTier,
      Plan,
      CustomerPlan,
      PlanCampaign,
      PlanPurchase,
      Customer,
      ResellerTariff,
      ResoldSend,
      TopupRequest,
      ClubSettings,
      ClubMember,
      ClubPoints,
      ClubReward,
      BankRow,
      Topup,
      BankReport,
      ...messagingEntities,
    ],
    migrations: [
      CreateMessaging1790000000000,
      AddInboxAge1790000021000,
      CreateLedger1790000001000,
      CreateTariffs1790000002000,
      CreatePlans1790000003000,
      ExtendLedger1790000004000,
      RestrictService1790000004100,
      CreateCorrections1790000004200,
      CreateCustomers1790000005000,
      CreateResale1790000005100,
      CreatePricing1790000006000,
      CreateTopups1790000007000,
      RefuseWithoutErrors1790000019000,
    ],
  };
}
