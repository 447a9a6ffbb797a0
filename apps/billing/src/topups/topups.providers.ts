import type { Provider, Type } from '@nestjs/common';
import { BanksController } from './banks.controller';
import type { BillingConfig } from '../config';
import { BankReportsController } from './bank-reports.controller';
import { BankReportsJob } from './bank-reports.job';
import { BankReportsService } from './bank-reports.service';
import { Clock } from './clock';
import { TopupJanitorJob } from './topup-janitor.job';
import { TopupSettler } from './topup.settler';
import { TopupStore } from './topup.store';
import { TopupsController } from './topups.controller';
import { TopupSettings, TopupsService } from './topups.service';

export const topupsControllers: Type[] = [BanksController, TopupsController, BankReportsController];

export function topupsProviders(config: BillingConfig): Provider[] {
  const { publicUrl, topupMinRials, topupMaxRials } = config;
  return [
    {
      provide: TopupSettings,
      useValue: new TopupSettings(publicUrl.replace(/\/+$/, ''), topupMinRials, topupMaxRials),
    },
    Clock,
    TopupStore,
    TopupSettler,
    TopupsService,
    TopupJanitorJob,
    BankReportsService,
    BankReportsJob,
  ];
}
