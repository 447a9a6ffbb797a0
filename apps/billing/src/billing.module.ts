import { Module, type Type } from '@nestjs/common';
import { DatabaseModule } from '@peyk/database';
import { MessagingModule, type MessagingRuntime } from '@peyk/messaging';
import type { BillingConfig } from './config';
import { ClubController } from './club/club.controller';
import { ClubService } from './club/club.service';
import { AccountsConsumer } from './customers/accounts.consumer';
import { CustomersService } from './customers/customers.service';
import { databaseOptions } from './data-source';
import { ChargesConsumer } from './holds/charges.consumer';
import { HoldExpiryJob } from './holds/hold-expiry.job';
import { HoldsController } from './holds/holds.controller';
import { HoldsService } from './holds/holds.service';
import { EntryPartitions } from './ledger/entry.partitions';
import { serviceRole } from './ledger/ledger.rights';
import { LedgerService } from './ledger/ledger.service';
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
import { TariffsController } from './tariffs/tariffs.controller';
import { TariffsService } from './tariffs/tariffs.service';
import { TiersService } from './tiers/tiers.service';
import { topupControllers, topupProviders } from './topups/topups.providers';
import { WalletsController } from './wallets/wallets.controller';
import { WalletsService } from './wallets/wallets.service';

export function billingModule(config: BillingConfig, runtime: MessagingRuntime): Type {
  @Module({
    imports: [
      DatabaseModule.forRoot({
        ...databaseOptions(config.databaseUrl, config.databasePoolMax),
        role: serviceRole,
      }),
      MessagingModule.forRoot(runtime),
    ],
    controllers: [
      WalletsController,
      HoldsController,
      ChargesConsumer,
      AccountsConsumer,
      MarginsConsumer,
      ResellersController,
      TopupRequestsController,
      ClubController,
      PlansController,
      TariffsController,
      ...topupControllers,
    ],
    providers: [
      LedgerService,
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
      TariffsService,
      TiersService,
      ...topupProviders(config),
    ],
  })
  class BillingModule {}
  return BillingModule;
}
