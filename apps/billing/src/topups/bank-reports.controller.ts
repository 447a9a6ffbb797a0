import { Controller } from '@nestjs/common';
import { billingBankReportsRpc } from '@peyk/contracts/billing';
import type {
  BankReportDto,
  BankReportRunDto,
  BankReportsDto,
  BankReportsQueryDto,
} from '@peyk/contracts/billing';
import { HandleRpc } from '@peyk/messaging';
import { BankReportsService } from './bank-reports.service';

@Controller()
export class BankReportsController {
  constructor(private readonly reports: BankReportsService) {}

  @HandleRpc(billingBankReportsRpc.list)
  async list(filter: BankReportsQueryDto): Promise<BankReportsDto> {
    return this.reports.list(filter);
  }

  @HandleRpc(billingBankReportsRpc.run)
  async run(input: BankReportRunDto): Promise<BankReportDto> {
    return this.reports.run(input);
  }
}
