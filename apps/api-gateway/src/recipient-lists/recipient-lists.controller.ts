import { Controller, Inject, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { EmptyDto, PageQueryDto } from '@peyk/contracts';
import {
  CombineListsDto,
  ListErrorsDto,
  ListErrorsQueryDto,
  ListIdDto,
  RecipientListDto,
  RecipientListsDto,
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
import { Endpoint } from '../http/endpoint.decorator';
import { Input } from '../http/input.decorator';
import { fileField, forwardChunks, openFile } from '../http/upload';
import { reasonText } from './row-reasons';

const errorRowsPerPage = 200;

@ApiTags('recipient lists')
@Controller('recipient-lists')
export class RecipientListsController {
  constructor(
    @Inject(MESSAGING) private readonly runtime: MessagingRuntime,
    private readonly limits: Limits,
    private readonly config: GatewayConfig,
  ) {}

  @Endpoint('POST', 'file', targetingUploadsRpc.close, {
    status: 201,
    input: EmptyDto,
    answers: RecipientListDto,
    file: { field: fileField, description: 'CSV or xlsx with a column of mobile numbers' },
    errors: [...targetingUploadsRpc.append.errors],
    operationId: 'targetingUploadsFile',
    summary:
      'Uploads a recipient file (SMS-215). It is read in the background: poll the list until `ready` or `refused`.',
  })
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

  @Endpoint('POST', '', targetingListsRpc.combine, { status: 201 })
  combine(@Input() input: CombineListsDto, @Caller() { as }: SignedIn): Promise<RecipientListDto> {
    return this.runtime.rpc.call(targetingListsRpc.combine, input, as);
  }

  @Endpoint('GET', '', targetingListsRpc.list)
  list(@Input() input: PageQueryDto, @Caller() { as }: SignedIn): Promise<RecipientListsDto> {
    return this.runtime.rpc.call(targetingListsRpc.list, input, as);
  }

  @Endpoint('GET', ':listId', targetingListsRpc.read)
  read(@Input() input: ListIdDto, @Caller() { as }: SignedIn): Promise<RecipientListDto> {
    return this.runtime.rpc.call(targetingListsRpc.read, input, as);
  }

  @Endpoint('DELETE', ':listId', targetingListsRpc.delete, { answers: EmptyDto })
  async remove(@Input() input: ListIdDto, @Caller() { as }: SignedIn): Promise<void> {
    await this.runtime.rpc.call(targetingListsRpc.delete, input, as);
  }

  @Endpoint('GET', ':listId/errors', targetingListsRpc.errors)
  errors(@Input() input: ListErrorsQueryDto, @Caller() { as }: SignedIn): Promise<ListErrorsDto> {
    return this.runtime.rpc.call(targetingListsRpc.errors, input, as);
  }

  @Endpoint('GET', ':listId/errors.csv', targetingListsRpc.errors, {
    input: ListIdDto,
    answers: {
      mediaType: 'text/csv',
      holds:
        'Row, value and reason of each row that was not usable; of a duplicate also where it stood first',
    },
    summary: 'All rows that were not usable, as CSV with Persian headings (SMS-215).',
  })
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
