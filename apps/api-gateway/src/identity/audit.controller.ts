import { Inject, Res } from '@nestjs/common';
import { auditColumns, AuditFilterDto, identityAuditRpc } from '@peyk/contracts/identity';
import type { AuditChangeDto, AuditEntryDto } from '@peyk/contracts/identity';
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
import { auditRoutes } from './audit.routes';
import { ControllerOf } from '../routes/controllers';

const pageRows = 200;

@ControllerOf(auditRoutes)
export class AuditController {
  constructor(
    @Inject(MESSAGING) private readonly runtime: MessagingRuntime,
    private readonly limits: Limits,
  ) {}

  async export(
    @Input() filter: AuditFilterDto,
    @Caller() { user, as }: SignedIn,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const release = this.limits.transfers.take(user.accountId);
    const headings = auditColumns.map(([, heading]) => heading);
    await sendCsv(reply, 'audit.csv', headings, this.pages(filter, as), release);
  }

  private async *pages(filter: AuditFilterDto, as: SignedIn['as']): AsyncGenerator<string, void, undefined> {
    const pages = pagesOf((cursor) =>
      this.runtime.rpc.call(identityAuditRpc.list, { ...filter, limit: pageRows, cursor }, as),
    );
    for await (const { entries } of pages) yield csvLines(entries.map(cellsOf));
  }
}

/** In the order of `auditColumns`. */
function cellsOf(entry: AuditEntryDto): CsvCell[] {
  return [
    entry.seq,
    entry.at,
    entry.action,
    entry.actor.accountId ?? '',
    entry.actor.name ?? '',
    entry.accountId ?? '',
    entry.accountName ?? '',
    entry.reason ?? '',
    entry.changes.map(changeText).join('\n'),
    entry.address ?? '',
    entry.device ?? '',
    entry.requestId ?? '',
  ];
}

function changeText({ field, before, after }: AuditChangeDto): string {
  return `${field}: ${before ?? '-'} -> ${after ?? '-'}`;
}
