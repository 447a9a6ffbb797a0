import { NestFactory } from '@nestjs/core';
import { parseDto } from '@peyk/contracts';
import { BankReportRunDto } from '@peyk/contracts/billing';
import { createMessaging } from '@peyk/messaging';
import { createLogger, PeykNestLogger } from '@peyk/platform';
import { billingModule } from './billing.module';
import { readReportConfig } from './config';
import { BankReportsService } from './topups/bank-reports.service';

/**
 * `bank-report <bank> [YYYY-MM-DD]`: makes the report of a bank's day (of Tehran; yesterday unless said) anew and prints it.
 * Exit code 1 when the bank says otherwise than our books, or did not answer about a payment.
 */
async function main([bank, day]: readonly string[]): Promise<number> {
  const wanted = parseDto(BankReportRunDto, { bank, day }, { unknownFields: 'refuse' });
  const config = readReportConfig();
  const logger = createLogger('billing', { level: 'error' });
  const app = await NestFactory.createApplicationContext(
    billingModule(config, createMessaging({ ...config, service: 'billing-bank-report', logLevel: 'error' })),
    { logger: new PeykNestLogger(logger), abortOnError: false },
  );
  try {
    const report = await app.get(BankReportsService).run(wanted);
    process.stdout.write(`${JSON.stringify(report, undefined, 2)}\n`);
    return report.differenceCount + report.unanswered > 0 ? 1 : 0;
  } finally {
    await app.close();
  }
}

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    createLogger('billing').fatal({ err: error }, 'no report was made');
    process.exit(1);
  },
);
