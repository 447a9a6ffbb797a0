import { Injectable } from '@nestjs/common';
import { RepeatingJob } from '@peyk/platform';
import { BankReportsService } from './bank-reports.service';

const everyMs = 10 * 60_000;

/** Soon after midnight in Tehran each bank's day is compared; one that was missed, within three days. */
@Injectable()
export class BankReportsJob extends RepeatingJob {
  constructor(private readonly reports: BankReportsService) {
    super(everyMs);
  }

  run(): Promise<number> {
    return this.reports.makeMissing();
  }
}
