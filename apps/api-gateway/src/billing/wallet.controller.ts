import { Inject, Res } from '@nestjs/common';
import { DomainError } from '@peyk/contracts';
import {
  billingWalletsRpc,
  StatementDto,
  StatementFilterDto,
  StatementQueryDto,
  StatementSummaryQueryDto,
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
import { Input } from '../http/input.decorator';
import { pdfRowsMax, walletRoutes } from './wallet.routes';
import { ControllerOf } from '../routes/controllers';

const pageRows = 200;
@ControllerOf(walletRoutes)
export class WalletController {
  constructor(
    @Inject(MESSAGING) private readonly runtime: MessagingRuntime,
    private readonly limits: Limits,
    private readonly documents: DocumentThreads,
  ) {}

  async statement(@Input() input: StatementQueryDto, @Caller() { as }: SignedIn): Promise<StatementDto> {
    return this.named(await this.runtime.rpc.call(billingWalletsRpc.statement, input, as), as);
  }

  async statementCsv(
    @Input() filter: StatementFilterDto,
    @Caller() { user, as }: SignedIn,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const release = this.limits.transfers.take(user.accountId);
    await sendCsv(reply, 'statement.csv', statementHeadings, this.csvPages(filter, as), release);
  }

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
