import type { Provider } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { BillingConfig } from '../config';
import { BanksService } from './banks.service';
import type { BankAccounts } from './banks.service';

export function banksProviders(config: BillingConfig): Provider[] {
  return [
    {
      provide: BanksService,
      useFactory: (dataSource: DataSource) => new BanksService(dataSource, bankAccounts(config)),
      inject: [DataSource],
    },
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
      zarinpal: { baseUrl: zarinpalUrl.replace(/\/+$/, ''), merchantId: zarinpalMerchantId },
    }),
  };
}
