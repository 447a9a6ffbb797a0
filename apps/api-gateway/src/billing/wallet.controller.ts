import { Controller, Inject, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  DomainError,
  StatementDto,
  StatementFilterDto,
  StatementQueryDto,
  StatementSummaryDto,
  StatementSummaryQueryDto,
  WalletAlertDto,
  WalletDto,
  WalletQueryDto,
  billingRpc,
  statementsRpc,
} from '@peyk/contracts';
import type { StatementEntryDto } from '@peyk/contracts';
import { csvLines } from '@peyk/files';
import { MESSAGING } from '@peyk/messaging';
import type { MessagingRuntime } from '@peyk/messaging';
import type { FastifyReply } from 'fastify';
import { Caller } from '../auth/caller.decorator';
import type { SignedIn } from '../auth/caller.decorator';
import { Limits } from '../auth/limits';
import { sendPdf } from '../documents/send-pdf';
import { statementHeadings, statementPdf, statementRow } from '../documents/statement';
import { pagesOf, sendCsv } from '../http/csv';
import { Endpoint } from '../http/endpoint.decorator';
import { Input } from '../http/input.decorator';

const pageRows = 200;
/** What a PDF may show; a CSV has no bound. */
const pdfRowsMax = 5_000;

@ApiTags('wallet')
@Controller()
export class WalletController {
  constructor(
    @Inject(MESSAGING) private readonly runtime: MessagingRuntime,
    private readonly limits: Limits,
  ) {}

  @Endpoint('GET', 'wallet', billingRpc.readWallet)
  readWallet(@Input() input: WalletQueryDto, @Caller() { as }: SignedIn): Promise<WalletDto> {
    return this.runtime.rpc.call(billingRpc.readWallet, input, as);
  }

  @Endpoint('GET', 'wallet/statement', billingRpc.statement)
  statement(@Input() input: StatementQueryDto, @Caller() { as }: SignedIn): Promise<StatementDto> {
    return this.runtime.rpc.call(billingRpc.statement, input, as);
  }

  @Endpoint('GET', 'wallet/statement/summary', statementsRpc.summarize)
  summary(
    @Input() input: StatementSummaryQueryDto,
    @Caller() { as }: SignedIn,
  ): Promise<StatementSummaryDto> {
    return this.runtime.rpc.call(statementsRpc.summarize, input, as);
  }

  @Endpoint('GET', 'wallet/statement.csv', billingRpc.statement, {
    input: StatementFilterDto,
    answers: { mediaType: 'text/csv', holds: 'One line an entry, newest first, Persian headings' },
    summary: 'The statement as CSV, safe from formula injection (BIL-213).',
  })
  async statementCsv(
    @Input() filter: StatementFilterDto,
    @Caller() { user, as }: SignedIn,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const release = this.limits.transfers.take(user.accountId);
    await sendCsv(reply, 'statement.csv', statementHeadings, this.csvPages(filter, as), release);
  }

  @Endpoint('GET', 'wallet/statement.pdf', billingRpc.statement, {
    input: StatementSummaryQueryDto,
    answers: {
      mediaType: 'application/pdf',
      holds: 'Persian, A4: sums by kind, then each entry, the oldest first',
    },
    summary: `The statement of a period as PDF, at most ${pdfRowsMax} entries (BIL-213).`,
    errors: ['statement.tooLong'],
  })
  async statementPdf(
    @Input() period: StatementSummaryQueryDto,
    @Caller() { user, as }: SignedIn,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const release = this.limits.transfers.take(user.accountId);
    try {
      const summary = await this.runtime.rpc.call(statementsRpc.summarize, period, as);
      if (summary.kinds.reduce((sum, { entries }) => sum + entries, 0) > pdfRowsMax)
        throw new DomainError('statement.tooLong', { max: pdfRowsMax });
      const entries: StatementEntryDto[] = [];
      for await (const page of this.pages(period, as)) entries.push(...page.entries);
      const { customerId } = period;
      const customerName = customerId === undefined || customerId === user.accountId ? user.name : customerId;
      const madeAt = new Date();
      const pdf = await statementPdf({ customerName, summary, entries: entries.reverse(), madeAt });
      sendPdf(reply, 'statement.pdf', pdf);
    } finally {
      release();
    }
  }

  @Endpoint('PUT', 'wallet/alert', statementsRpc.setAlert)
  setAlert(@Input() input: WalletAlertDto, @Caller() { as }: SignedIn): Promise<WalletDto> {
    return this.runtime.rpc.call(statementsRpc.setAlert, input, as);
  }

  private async *csvPages(
    filter: StatementFilterDto,
    as: SignedIn['as'],
  ): AsyncGenerator<string, void, undefined> {
    for await (const { entries } of this.pages(filter, as)) yield csvLines(entries.map(statementRow));
  }

  private pages(
    filter: StatementFilterDto,
    as: SignedIn['as'],
  ): AsyncGenerator<StatementDto, void, undefined> {
    return pagesOf((cursor) =>
      this.runtime.rpc.call(billingRpc.statement, { ...filter, limit: pageRows, cursor }, as),
    );
  }
}
