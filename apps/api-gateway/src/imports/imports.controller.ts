import { Controller, Inject, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { EnumField, PageQueryDto } from '@peyk/contracts';
import {
  identityImportsRpc,
  importBytesMax,
  ImportDto,
  ImportErrorsDto,
  ImportErrorsQueryDto,
  ImportIdDto,
  importKinds,
  ImportsDto,
} from '@peyk/contracts/identity';
import type { ImportKind } from '@peyk/contracts/identity';
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

const errorRowsPerPage = 200;

/** What stands in the path of an upload. */
export class ImportKindDto {
  @EnumField({ description: 'What the file is of', values: importKinds })
  kind!: ImportKind;
}

@ApiTags('imports')
@Controller('imports')
export class ImportsController {
  constructor(
    @Inject(MESSAGING) private readonly runtime: MessagingRuntime,
    private readonly limits: Limits,
    private readonly config: GatewayConfig,
  ) {}

  @Endpoint('POST', ':kind', identityImportsRpc.close, {
    status: 201,
    input: ImportKindDto,
    answers: ImportDto,
    file: { field: fileField, description: 'CSV or xlsx with headings in Persian or English, in any order' },
    errors: [...identityImportsRpc.open.errors, ...identityImportsRpc.append.errors],
    operationId: 'identityImportsFile',
    summary:
      'Uploads a file of people or basic data (IDN-203). It is checked in the background and changes nothing: poll the import until `checked` or `failed`, then apply it.',
  })
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

  @Endpoint('GET', '', identityImportsRpc.list)
  list(@Input() input: PageQueryDto, @Caller() { as }: SignedIn): Promise<ImportsDto> {
    return this.runtime.rpc.call(identityImportsRpc.list, input, as);
  }

  @Endpoint('GET', ':importId', identityImportsRpc.read)
  read(@Input() input: ImportIdDto, @Caller() { as }: SignedIn): Promise<ImportDto> {
    return this.runtime.rpc.call(identityImportsRpc.read, input, as);
  }

  @Endpoint('POST', ':importId/apply', identityImportsRpc.apply)
  apply(@Input() input: ImportIdDto, @Caller() { as }: SignedIn): Promise<ImportDto> {
    return this.runtime.rpc.call(identityImportsRpc.apply, input, as);
  }

  @Endpoint('POST', ':importId/cancel', identityImportsRpc.cancel)
  cancel(@Input() input: ImportIdDto, @Caller() { as }: SignedIn): Promise<ImportDto> {
    return this.runtime.rpc.call(identityImportsRpc.cancel, input, as);
  }

  @Endpoint('GET', ':importId/errors', identityImportsRpc.errors)
  errors(@Input() input: ImportErrorsQueryDto, @Caller() { as }: SignedIn): Promise<ImportErrorsDto> {
    return this.runtime.rpc.call(identityImportsRpc.errors, input, as);
  }

  @Endpoint('GET', ':importId/errors.csv', identityImportsRpc.errors, {
    input: ImportIdDto,
    answers: { mediaType: 'text/csv', holds: 'Row, fault and, of a duplicate, the other row' },
    summary: 'All rows that are left out, as CSV with Persian headings (IDN-203).',
  })
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
