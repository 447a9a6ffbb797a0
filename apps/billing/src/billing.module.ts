import { Module, type Type } from '@nestjs/common';
import { DatabaseModule } from '@peyk/database';
import { MessagingModule, type MessagingRuntime } from '@peyk/messaging';
import type { BillingConfig } from './config';
import { ClubController } from './club/club.controller';
import { ClubService } from './club/club.service';
import { AccountsConsumer } from './customers/accounts.consumer';
import { CustomersService } from './customers/customers.service';
import { CorrectionExpiryJob } from './corrections/correction-expiry.job';
import { CorrectionsController } from './corrections/corrections.controller';
import { CorrectionsService } from './corrections/corrections.service';
import { databaseOptions } from './data-source';
import { ChargesConsumer } from './holds/charges.consumer';
import { HoldExpiryJob } from './holds/hold-expiry.job';
import { HoldsController } from './holds/holds.controller';
import { HoldsService } from './holds/holds.service';
import { EntryPartitions } from './ledger/entry.partitions';
import { serviceRole } from './ledger/ledger.rights';
import { LedgerService } from './ledger/ledger.service';
import { PlanPurchasesService } from './plans/plan-purchases.service';
import { PlansAdminService } from './plans/plans-admin.service';
import { PlansController } from './plans/plans.controller';
import { PlansService } from './plans/plans.service';
import { MarginsConsumer } from './resellers/margins.consumer';
import { MarginsService } from './resellers/margins.service';
import { ResellerTariffsService } from './resellers/reseller-tariffs.service';
import { ResellersController } from './resellers/resellers.controller';
import { TopupRequestExpiryJob } from './resellers/topup-request-expiry.job';
import { TopupRequestsController } from './resellers/topup-requests.controller';
import { TopupRequestsService } from './resellers/topup-requests.service';
import { UsersService } from './resellers/users.service';
import { LevelsService } from './tariffs/levels.service';
import { TariffScheduleService } from './tariffs/tariff-schedule.service';
import { LevelsController, TariffsController } from './tariffs/tariffs.controller';
import { TariffsService } from './tariffs/tariffs.service';
import { TierSetsService } from './tiers/tier-sets.service';
import { TiersController } from './tiers/tiers.controller';
import { TiersService } from './tiers/tiers.service';
import { topupControllers, topupProviders } from './topups/topups.providers';
import { WalletsController } from './wallets/wallets.controller';
import { WalletsService } from './wallets/wallets.service';

export function billingModule(config: BillingConfig, runtime: MessagingRuntime): Type {
  @Module({
    imports: [
      DatabaseModule.forRoot({
        ...databaseOptions(config),
        role: serviceRole,
      }),
      MessagingModule.forRoot(runtime),
    ],
    controllers: [
      WalletsController,
      CorrectionsController,
      HoldsController,
      ChargesConsumer,
      AccountsConsumer,
      MarginsConsumer,
      ResellersController,
      TopupRequestsController,
      ClubController,
      PlansController,
      TariffsController,
      LevelsController,
      TiersController,
      ...topupControllers,
    ],
    providers: [
      LedgerService,
      CorrectionsService,
      CorrectionExpiryJob,
      CustomersService,
      ClubService,
      MarginsService,
      ResellerTariffsService,
      TopupRequestsService,
      TopupRequestExpiryJob,
      UsersService,
      WalletsService,
      HoldsService,
      HoldExpiryJob,
      EntryPartitions,
      PlansService,
      PlanPurchasesService,
      PlansAdminService,
      TariffsService,
      TariffScheduleService,
      LevelsService,
      TiersService,
      TierSetsService,
      ...topupProviders(config),
    ],
  })
  class BillingModule {}
  return BillingModule;
}
