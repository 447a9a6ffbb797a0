import { Inject, Res } from '@nestjs/common';
import { AdminOptOutsQueryDto, optOutColumns, OptOutsQueryDto, smsOptOutsRpc } from '@peyk/contracts/sms';
import type { AdminOptOutDto, OptOutDto, OptOutReach, OptOutSource } from '@peyk/contracts/sms';
import { csvLines } from '@peyk/files';
import type { CsvCell } from '@peyk/files';
import { MESSAGING } from '@peyk/messaging';
import type { MessagingRuntime } from '@peyk/messaging';
import type { FastifyReply } from 'fastify';
import { Caller } from '../auth/caller.decorator';
import type { SignedIn } from '../auth/caller.decorator';
import { Limits } from '../auth/limits';
import { pagesOf, sendCsv } from '../http/csv';
import { Input } from '../http/input.decorator';
import { optOutsRoutes } from './opt-outs.routes';
import { ControllerOf } from '../routes/controllers';

const pageRows = 200;
const headings = optOutColumns.map(([, heading]) => heading);
const reachWords: Readonly<Record<OptOutReach, string>> = {
  line: 'این خط',
  customer: 'همه‌ی خط‌های مشتری',
  platform: 'همه‌ی سامانه',
};
const sourceWords: Readonly<Record<OptOutSource, string>> = {
  message: 'پیامک خود شماره',
  panel: 'پنل',
  api: 'API',
  admin: 'مدیر',
};

@ControllerOf(optOutsRoutes)
export class OptOutsController {
  constructor(
    @Inject(MESSAGING) private readonly runtime: MessagingRuntime,
    private readonly limits: Limits,
  ) {}

  async export(
    @Input() filter: OptOutsQueryDto,
    @Caller() { user, as }: SignedIn,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const release = this.limits.transfers.take(user.accountId);
    const pages = pagesOf((cursor) =>
      this.runtime.rpc.call(smsOptOutsRpc.list, { ...filter, limit: pageRows, cursor }, as),
    );
    await sendCsv(reply, 'opt-outs.csv', headings.slice(0, -1), linesOf(pages, cellsOf), release);
  }

  async exportAll(
    @Input() filter: AdminOptOutsQueryDto,
    @Caller() { user, as }: SignedIn,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const release = this.limits.transfers.take(user.accountId);
    const pages = pagesOf((cursor) =>
      this.runtime.rpc.call(smsOptOutsRpc.listAll, { ...filter, limit: pageRows, cursor }, as),
    );
    const cells = (row: AdminOptOutDto): CsvCell[] => [...cellsOf(row), row.customerId ?? ''];
    await sendCsv(reply, 'all-opt-outs.csv', headings, linesOf(pages, cells), release);
  }
}

async function* linesOf<T>(
  pages: AsyncIterable<{ readonly optOuts: readonly T[] }>,
  cells: (row: T) => CsvCell[],
): AsyncGenerator<string, void, undefined> {
  for await (const { optOuts } of pages) yield csvLines(optOuts.map(cells));
}

/** In the order of `optOutColumns`, without the last. */
function cellsOf({ number, reach, line, source, since, note }: OptOutDto): CsvCell[] {
  return [number, reachWords[reach], line ?? '', sourceWords[source], since, note ?? ''];
}
