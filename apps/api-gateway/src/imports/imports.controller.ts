import { Inject, Req, Res } from '@nestjs/common';
import { identityImportsRpc, importBytesMax, ImportDto, ImportIdDto } from '@peyk/contracts/identity';
import { csvLines } from '@peyk/files';
import { MESSAGING } from '@peyk/messaging';
import type { MessagingRuntime } from '@peyk/messaging';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Caller } from '../auth/caller.decorator';
import type { SignedIn } from '../auth/caller.decorator';
import { Limits } from '../auth/limits';
import { GatewayConfig } from '../config';
import { pagesOf, patiently, sendCsv } from '../http/csv';
import { Input } from '../http/input.decorator';
import { forwardChunks, openFile } from '../http/upload';
import { ImportKindDto, importsRoutes } from './imports.routes';
import { ControllerOf } from '../routes/controllers';

const errorRowsPerPage = 200;

@ControllerOf(importsRoutes)
export class ImportsController {
  constructor(
    @Inject(MESSAGING) private readonly runtime: MessagingRuntime,
    private readonly limits: Limits,
    private readonly config: GatewayConfig,
  ) {}

  async upload(
    @Req() request: FastifyRequest,
    @Input() { kind }: ImportKindDto,
    @Caller() { user, as }: SignedIn,
  ): Promise<ImportDto> {
    const { rpc } = this.runtime;
    const release = this.limits.transfers.take(user.accountId);
    try {
      const file = await openFile(request, Math.min(this.config.uploadMaxBytes, importBytesMax));
      const opened = await rpc.call(identityImportsRpc.open, { kind, fileName: file.name }, as);
      const importId = opened.id;
      try {
        const chunks = await forwardChunks(file.bytes, (no, chunk) => {
          const append = { importId, no, data: chunk.toString('base64') };
          // The same number again changes nothing there.
          return patiently(() => rpc.call(identityImportsRpc.append, append, as));
        });
        await file.finish();
        return await rpc.call(identityImportsRpc.close, { importId, chunks }, as);
      } catch (error) {
        // Also when the person went away. What cannot be cancelled now, identity cancels after a day.
        await rpc.call(identityImportsRpc.cancel, { importId }, as).catch((reason: unknown) => {
          this.runtime.logger.warn({ err: reason, importId }, 'import was not cancelled');
        });
        throw error;
      }
    } finally {
      release();
    }
  }

  async errorsAsCsv(
    @Input() { importId }: ImportIdDto,
    @Caller() { user, as }: SignedIn,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const release = this.limits.transfers.take(user.accountId);
    const headings = ['ردیف', 'ایراد', 'ردیف دیگر'];
    await sendCsv(reply, `import-errors-${importId}.csv`, headings, this.errorPages(importId, as), release);
  }

  private async *errorPages(importId: string, as: SignedIn['as']): AsyncGenerator<string, void, undefined> {
    const pages = pagesOf((cursor) =>
      this.runtime.rpc.call(identityImportsRpc.errors, { importId, cursor, limit: errorRowsPerPage }, as),
    );
    for await (const { errors } of pages)
      yield csvLines(errors.map(({ row, message, otherRow }) => [row, message, otherRow ?? '']));
  }
}
