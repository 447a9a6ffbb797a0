import { Module, type Type } from '@nestjs/common';
import { DatabaseModule } from '@peyk/database';
import { MessagingModule, type MessagingRuntime } from '@peyk/messaging';
import { banksProviders } from './banks/banks.providers';
import { clubControllers, clubProviders } from './club/club.providers';
import { correctionsControllers, correctionsProviders } from './corrections/corrections.providers';
import { customersProviders } from './customers/customers.providers';
import { holdsControllers, holdsProviders } from './holds/holds.providers';
import { ledgerProviders } from './ledger/ledger.providers';
import { plansControllers, plansProviders } from './plans/plans.providers';
import { resellersControllers, resellersProviders } from './resellers/resellers.providers';
import { tariffsControllers, tariffsProviders } from './tariffs/tariffs.providers';
import { tiersControllers, tiersProviders } from './tiers/tiers.providers';
import { topupsControllers, topupsProviders } from './topups/topups.providers';
import { walletsControllers, walletsProviders } from './wallets/wallets.providers';
import type { BillingConfig } from './config';
import { databaseOptions } from './data-source';
import { serviceRole } from './ledger/ledger.rights';

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
      ...clubControllers,
      ...correctionsControllers,
      ...holdsControllers,
      ...plansControllers,
      ...resellersControllers,
      ...tariffsControllers,
      ...tiersControllers,
      ...topupsControllers,
      ...walletsControllers,
    ],
    providers: [
      ...banksProviders(config),
      ...clubProviders,
      ...correctionsProviders,
      ...customersProviders,
      ...holdsProviders,
      ...ledgerProviders,
      ...plansProviders,
      ...resellersProviders,
      ...tariffsProviders,
      ...tiersProviders,
      ...topupsProviders(config),
      ...walletsProviders,
    ],
  })
  class BillingModule {}
  return BillingModule;
}
