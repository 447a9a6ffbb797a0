import { Controller } from '@nestjs/common';
import { banksRpc } from '@peyk/contracts';
import type { BankReportDto, BankReportRunDto, BankReportsDto, BankReportsQueryDto } from '@peyk/contracts';
import { HandleRpc } from '@peyk/messaging';
import { BankReportsService } from './bank-reports.service';

@Controller()
export class BankReportsController {
  constructor(private readonly reports: BankReportsService) {}

  @HandleRpc(banksRpc.listReports)
  async list(filter: BankReportsQueryDto): Promise<BankReportsDto> {
    return this.reports.list(filter);
  }

  @HandleRpc(banksRpc.runReport)
  async run(input: BankReportRunDto): Promise<BankReportDto> {
    return this.reports.run(input);
  }
}
