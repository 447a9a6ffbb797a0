import type { Provider, Type } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { BanksController } from '../banks/banks.controller';
import { BanksService } from '../banks/banks.service';
import type { BankAccounts } from '../banks/banks.service';
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

export const topupControllers: Type[] = [BanksController, TopupsController, BankReportsController];

/** All of payments through banks. */
export function topupProviders(config: BillingConfig): Provider[] {
  const { publicUrl, topupMinRials, topupMaxRials } = config;
  return [
    {
      provide: BanksService,
      useFactory: (dataSource: DataSource) => new BanksService(dataSource, bankAccounts(config)),
      inject: [DataSource],
    },
    {
      provide: TopupSettings,
      useValue: new TopupSettings(withoutSlash(publicUrl), topupMinRials, topupMaxRials),
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

function bankAccounts(config: BillingConfig): BankAccounts {
  const { mellatWsdlUrl, mellatStartUrl, mellatTerminalId, mellatUser, mellatPassword } = config;
  const { zarinpalUrl, zarinpalMerchantId } = config;
  return {
    ...(mellatTerminalId &&
      mellatUser &&
      mellatPassword && {
        mellat: {
          wsdlUrl: mellatWsdlUrl,
          startUrl: mellatStartUrl,
          terminalId: mellatTerminalId,
          userName: mellatUser,
          userPassword: mellatPassword,
        },
      }),
    ...(zarinpalMerchantId && {
      zarinpal: { baseUrl: withoutSlash(zarinpalUrl), merchantId: zarinpalMerchantId },
    }),
  };
}

function withoutSlash(url: string): string {
  return url.replace(/\/+$/, '');
}
