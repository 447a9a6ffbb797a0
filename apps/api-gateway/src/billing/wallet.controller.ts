import { Controller, Inject, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { DomainError } from '@peyk/contracts';
import {
  billingWalletsRpc,
  StatementDto,
  StatementFilterDto,
  StatementQueryDto,
  StatementSummaryDto,
  StatementSummaryQueryDto,
  WalletAlertDto,
  WalletDto,
  WalletQueryDto,
} from '@peyk/contracts/billing';
import { smsSendsRpc } from '@peyk/contracts/sms';
import type { StatementEntryDto } from '@peyk/contracts/billing';
import type { SendTitlesDto } from '@peyk/contracts/sms';
import { csvLines } from '@peyk/files';
import { MESSAGING } from '@peyk/messaging';
import type { MessagingRuntime } from '@peyk/messaging';
import type { FastifyReply } from 'fastify';
import { Caller } from '../auth/caller.decorator';
import type { SignedIn } from '../auth/caller.decorator';
import { Limits } from '../auth/limits';
import { DocumentThreads } from '../documents/document-threads';
import { sendPdf } from '../documents/send-pdf';
import { sendReason, statementHeadings, statementRow, untitledSend } from '../documents/statement';
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
    private readonly documents: DocumentThreads,
  ) {}

  @Endpoint('GET', 'wallet', billingWalletsRpc.read)
  readWallet(@Input() input: WalletQueryDto, @Caller() { as }: SignedIn): Promise<WalletDto> {
    return this.runtime.rpc.call(billingWalletsRpc.read, input, as);
  }

  @Endpoint('GET', 'wallet/statement', billingWalletsRpc.statement)
  async statement(@Input() input: StatementQueryDto, @Caller() { as }: SignedIn): Promise<StatementDto> {
    return this.named(await this.runtime.rpc.call(billingWalletsRpc.statement, input, as), as);
  }

  @Endpoint('GET', 'wallet/statement/summary', billingWalletsRpc.summary)
  summary(
    @Input() input: StatementSummaryQueryDto,
    @Caller() { as }: SignedIn,
  ): Promise<StatementSummaryDto> {
    return this.runtime.rpc.call(billingWalletsRpc.summary, input, as);
  }

  @Endpoint('GET', 'wallet/statement.csv', billingWalletsRpc.statement, {
    input: StatementFilterDto,
    answers: {
      mediaType: 'text/csv',
      holds: 'One line a send, and one each other entry, newest first, Persian headings',
    },
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

  @Endpoint('GET', 'wallet/statement.pdf', billingWalletsRpc.statement, {
    input: StatementSummaryQueryDto,
    answers: {
      mediaType: 'application/pdf',
      holds: 'Persian, A4: sums by kind, then one row a send and each other entry, the oldest first',
    },
    summary: `The statement of a period as PDF, at most ${pdfRowsMax} rows (BIL-213).`,
    errors: ['statement.tooLong'],
  })
  async statementPdf(
    @Input() period: StatementSummaryQueryDto,
    @Caller() { user, as }: SignedIn,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const release = this.limits.transfers.take(user.accountId);
    try {
      const pdf = await this.documents.make(user.accountId, async () => {
        const summary = await this.runtime.rpc.call(billingWalletsRpc.summary, period, as);
        const pages: { readonly entries: readonly StatementEntryDto[] }[] = [];
        let rows = 0;
        for await (const { entries } of this.pages(period, as)) {
          pages.push({ entries });
          rows += entries.length;
          if (rows > pdfRowsMax) throw new DomainError('statement.tooLong', { max: pdfRowsMax });
        }
        const { customerId } = period;
        const customerName =
          customerId === undefined || customerId === user.accountId ? user.name : customerId;
        return [...pages, { kind: 'statement', customerName, summary, madeAt: new Date() }];
      });
      sendPdf(reply, 'statement.pdf', pdf);
    } finally {
      release();
    }
  }

  @Endpoint('PUT', 'wallet/alert', billingWalletsRpc.setAlert)
  setAlert(@Input() input: WalletAlertDto, @Caller() { as }: SignedIn): Promise<WalletDto> {
    return this.runtime.rpc.call(billingWalletsRpc.setAlert, input, as);
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
    return pagesOf(async (cursor) => {
      const asked = { ...filter, bySend: true, limit: pageRows, cursor };
      return this.named(await this.runtime.rpc.call(billingWalletsRpc.statement, asked, as), as);
    });
  }

  /** With sends by their titles: billing knows only their ids. While sms-gateway is away they have none. */
  private async named(statement: StatementDto, as: SignedIn['as']): Promise<StatementDto> {
    const sendIds = [...new Set(statement.entries.flatMap(({ holdId }) => holdId ?? []))];
    if (sendIds.length === 0) return statement;
    const { sends } = await this.runtime.rpc
      .call(smsSendsRpc.titles, { sendIds }, as)
      .catch((): SendTitlesDto => ({ sends: [] }));
    const titles = new Map(sends.map((send) => [send.sendId, sendReason(send)]));
    return {
      ...statement,
      entries: statement.entries.map((entry) =>
        entry.holdId ? { ...entry, reason: titles.get(entry.holdId) ?? untitledSend } : entry,
      ),
    };
  }
}
