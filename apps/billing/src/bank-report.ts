import { parseDto } from '@peyk/contracts';
import { BankReportRunDto } from '@peyk/contracts/billing';
import { withModule } from '@peyk/messaging';
import { runCommand } from '@peyk/platform';
import { billingModule } from './billing.module';
import { BillingConfig } from './config';
import { BankReportsService } from './topups/bank-reports.service';

/**
 * `bank-report <bank> [YYYY-MM-DD]`: makes the report of a bank's day (of Tehran; yesterday unless said) again and prints
 * it. Exit code 1 when the bank says otherwise than our books, or did not answer about a payment.
 */
runCommand(
  { program: 'billing', action: 'make the report', config: BillingConfig, logLevel: 'error' },
  ({ config, logger, args: [bank, day] }) => {
    const wanted = parseDto(BankReportRunDto, { bank, day }, { unknownFields: 'refuse' });
    return withModule(
      { service: 'billing-bank-report', config, module: billingModule, logger },
      async (app) => {
        const report = await app.get(BankReportsService).run(wanted);
        process.stdout.write(`${JSON.stringify(report, undefined, 2)}\n`);
        return report.differenceCount + report.unanswered > 0 ? 1 : 0;
      },
    );
  },
);
