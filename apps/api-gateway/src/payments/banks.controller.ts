import { Controller, Inject } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  BankDto,
  BankReportDto,
  BankReportRunDto,
  BankReportsDto,
  BankReportsQueryDto,
  BanksDto,
  banksRpc,
  BankSwitchDto,
  EmptyDto,
} from '@peyk/contracts';
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

  @Endpoint('GET', 'banks', banksRpc.listBanks)
  list(@Input() input: EmptyDto, @Caller() { as }: SignedIn): Promise<BanksDto> {
    return this.runtime.rpc.call(banksRpc.listBanks, input, as);
  }

  @Endpoint('PUT', 'banks/:bank', banksRpc.switchBank)
  switch(@Input() input: BankSwitchDto, @Caller() { as }: SignedIn): Promise<BankDto> {
    return this.runtime.rpc.call(banksRpc.switchBank, input, as);
  }

  @Endpoint('GET', 'bank-reports', banksRpc.listReports)
  reports(@Input() input: BankReportsQueryDto, @Caller() { as }: SignedIn): Promise<BankReportsDto> {
    return this.runtime.rpc.call(banksRpc.listReports, input, as);
  }

  @Endpoint('POST', 'bank-reports', banksRpc.runReport)
  run(@Input() input: BankReportRunDto, @Caller() { as }: SignedIn): Promise<BankReportDto> {
    return this.runtime.rpc.call(banksRpc.runReport, input, as);
  }
}
