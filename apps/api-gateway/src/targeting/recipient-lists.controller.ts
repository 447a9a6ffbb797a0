import { Inject, Req, Res } from '@nestjs/common';
import {
  ListIdDto,
  RecipientListDto,
  targetingListsRpc,
  targetingUploadsRpc,
} from '@peyk/contracts/targeting';
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
import { reasonText } from './row-reasons';
import { recipientListsRoutes } from './recipient-lists.routes';
import { ControllerOf } from '../routes/controllers';

const errorRowsPerPage = 200;

@ControllerOf(recipientListsRoutes)
export class RecipientListsController {
  constructor(
    @Inject(MESSAGING) private readonly runtime: MessagingRuntime,
    private readonly limits: Limits,
    private readonly config: GatewayConfig,
  ) {}

  async upload(@Req() request: FastifyRequest, @Caller() { user, as }: SignedIn): Promise<RecipientListDto> {
    const { rpc } = this.runtime;
    const release = this.limits.transfers.take(user.accountId);
    try {
      const file = await openFile(request, this.config.uploadMaxBytes);
      const { id: listId } = await rpc.call(targetingUploadsRpc.open, { fileName: file.name }, as);
      try {
        const chunks = await forwardChunks(file.bytes, (no, chunk) => {
          const append = { listId, no, data: chunk.toString('base64') };
          // The same number again changes nothing there.
          return patiently(() => rpc.call(targetingUploadsRpc.append, append, as));
        });
        await file.finish();
        return await rpc.call(targetingUploadsRpc.close, { listId, chunks }, as);
      } catch (error) {
        // Also when the person went away. What cannot be aborted now, targeting forgets after a day.
        await rpc.call(targetingUploadsRpc.abort, { listId }, as).catch((reason: unknown) => {
          this.runtime.logger.warn({ err: reason, listId }, 'upload was not aborted');
        });
        throw error;
      }
    } finally {
      release();
    }
  }

  async errorsAsCsv(
    @Input() { listId }: ListIdDto,
    @Caller() { user, as }: SignedIn,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const release = this.limits.transfers.take(user.accountId);
    const headings = ['ردیف', 'مقدار', 'دلیل', 'نخستین ردیف'];
    await sendCsv(reply, `recipient-errors-${listId}.csv`, headings, this.errorPages(listId, as), release);
  }

  private async *errorPages(listId: string, as: SignedIn['as']): AsyncGenerator<string, void, undefined> {
    const pages = pagesOf((cursor) =>
      this.runtime.rpc.call(targetingListsRpc.errors, { listId, cursor, limit: errorRowsPerPage }, as),
    );
    for await (const { errors } of pages)
      yield csvLines(
        errors.map(({ row, value, reason, firstRow }) => [row, value, reasonText(reason), firstRow ?? '']),
      );
  }
}
