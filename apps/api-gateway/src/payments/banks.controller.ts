import { Controller, Inject } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { EmptyDto } from '@peyk/contracts';
import {
  BankDto,
  BankReportDto,
  BankReportRunDto,
  BankReportsDto,
  BankReportsQueryDto,
  BanksDto,
  BankSwitchDto,
  billingBankReportsRpc,
  billingBanksRpc,
} from '@peyk/contracts/billing';
import { MESSAGING } from '@peyk/messaging';
import type { MessagingRuntime } from '@peyk/messaging';
import { Caller } from '../auth/caller.decorator';
import type { SignedIn } from '../auth/caller.decorator';
import { Endpoint } from '../http/endpoint.decorator';
import { Input } from '../http/input.decorator';

@ApiTags('banks')
@Controller()
export class BanksController {
  constructor(@Inject(MESSAGING) private readonly runtime: MessagingRuntime) {}

  @Endpoint('GET', 'banks', billingBanksRpc.list)
  list(@Input() input: EmptyDto, @Caller() { as }: SignedIn): Promise<BanksDto> {
    return this.runtime.rpc.call(billingBanksRpc.list, input, as);
  }

  @Endpoint('PUT', 'banks/:bank', billingBanksRpc.switch)
  switch(@Input() input: BankSwitchDto, @Caller() { as }: SignedIn): Promise<BankDto> {
    return this.runtime.rpc.call(billingBanksRpc.switch, input, as);
  }

  @Endpoint('GET', 'bank-reports', billingBankReportsRpc.list)
  reports(@Input() input: BankReportsQueryDto, @Caller() { as }: SignedIn): Promise<BankReportsDto> {
    return this.runtime.rpc.call(billingBankReportsRpc.list, input, as);
  }

  @Endpoint('POST', 'bank-reports', billingBankReportsRpc.run)
  run(@Input() input: BankReportRunDto, @Caller() { as }: SignedIn): Promise<BankReportDto> {
    return this.runtime.rpc.call(billingBankReportsRpc.run, input, as);
  }
}
