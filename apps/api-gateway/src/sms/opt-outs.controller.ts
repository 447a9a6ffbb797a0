import { Controller, Inject, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { EmptyDto } from '@peyk/contracts';
import {
  AdminOptOutsDto,
  AdminOptOutsQueryDto,
  optOutColumns,
  OptOutRemovalDto,
  OptOutsAddDto,
  OptOutsAddedDto,
  OptOutsDto,
  OptOutsQueryDto,
  smsOptOutsRpc,
} from '@peyk/contracts/sms';
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
import { Endpoint } from '../http/endpoint.decorator';
import { Input } from '../http/input.decorator';

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

/** Who wants no advertising: of a customer, and of the platform. */
@ApiTags('opt-outs')
@Controller()
export class OptOutsController {
  constructor(
    @Inject(MESSAGING) private readonly runtime: MessagingRuntime,
    private readonly limits: Limits,
  ) {}

  @Endpoint('GET', 'opt-outs', smsOptOutsRpc.list)
  list(@Input() input: OptOutsQueryDto, @Caller() { as }: SignedIn): Promise<OptOutsDto> {
    return this.runtime.rpc.call(smsOptOutsRpc.list, input, as);
  }

  @Endpoint('GET', 'opt-outs.csv', smsOptOutsRpc.list, {
    answers: { mediaType: 'text/csv', holds: 'One line an opt-out, newest first, Persian headings' },
    summary: "The caller's opt-outs as CSV, safe from formula injection.",
  })
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

  @Endpoint('POST', 'opt-outs', smsOptOutsRpc.add)
  add(@Input() input: OptOutsAddDto, @Caller() { as }: SignedIn): Promise<OptOutsAddedDto> {
    return this.runtime.rpc.call(smsOptOutsRpc.add, input, as);
  }

  @Endpoint('POST', 'opt-outs/:optOutId/remove', smsOptOutsRpc.remove, { status: 204, answers: EmptyDto })
  async remove(@Input() input: OptOutRemovalDto, @Caller() { as }: SignedIn): Promise<void> {
    await this.runtime.rpc.call(smsOptOutsRpc.remove, input, as);
  }

  @Endpoint('GET', 'all-opt-outs', smsOptOutsRpc.listAll)
  listAll(@Input() input: AdminOptOutsQueryDto, @Caller() { as }: SignedIn): Promise<AdminOptOutsDto> {
    return this.runtime.rpc.call(smsOptOutsRpc.listAll, input, as);
  }

  @Endpoint('GET', 'all-opt-outs.csv', smsOptOutsRpc.listAll, {
    answers: { mediaType: 'text/csv', holds: 'One line an opt-out, newest first, Persian headings' },
    summary: 'Opt-outs of all customers and of the platform as CSV, safe from formula injection.',
  })
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

  @Endpoint('POST', 'all-opt-outs', smsOptOutsRpc.addForAll)
  addForAll(@Input() input: OptOutsAddDto, @Caller() { as }: SignedIn): Promise<OptOutsAddedDto> {
    return this.runtime.rpc.call(smsOptOutsRpc.addForAll, input, as);
  }

  @Endpoint('POST', 'all-opt-outs/:optOutId/remove', smsOptOutsRpc.removeAny, {
    status: 204,
    answers: EmptyDto,
  })
  async removeAny(@Input() input: OptOutRemovalDto, @Caller() { as }: SignedIn): Promise<void> {
    await this.runtime.rpc.call(smsOptOutsRpc.removeAny, input, as);
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
