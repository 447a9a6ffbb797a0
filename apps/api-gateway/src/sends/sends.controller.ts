import { Readable, finished } from 'node:stream';
import { Controller, Inject, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  BreakdownDto,
  DoubtSettledDto,
  DoubtSettleDto,
  MessagePositionDto,
  MessagesDto,
  MessagesQueryDto,
  MessageTimelineDto,
  QuoteDto,
  QuoteRequestDto,
  reportColumns,
  SendChangeDto,
  SendDto,
  SendIdDto,
  SendRecipientsDto,
  SendRecipientsQueryDto,
  SendRequestDto,
  SendsDto,
  SendsQueryDto,
  smsMessagesRpc,
  smsSendsRpc,
} from '@peyk/contracts/sms';
import type { ReportPageDto, ReportPageQueryDto } from '@peyk/contracts/sms';
import { MESSAGING } from '@peyk/messaging';
import type { MessagingRuntime } from '@peyk/messaging';
import type { FastifyReply } from 'fastify';
import { Admission } from '../auth/admission';
import { Caller } from '../auth/caller.decorator';
import type { SignedIn } from '../auth/caller.decorator';
import { Limits } from '../auth/limits';
import { patiently, sendCsv } from '../http/csv';
import { Endpoint } from '../http/endpoint.decorator';
import { Input } from '../http/input.decorator';
import { ProgressHub } from './progress.hub';
import { progressEvents } from './progress.stream';

@ApiTags('sends')
@Controller('sends')
export class SendsController {
  constructor(
    @Inject(MESSAGING) private readonly runtime: MessagingRuntime,
    private readonly limits: Limits,
    private readonly hub: ProgressHub,
  ) {}

  @Endpoint('POST', 'quote', smsSendsRpc.quote)
  quote(@Input() input: QuoteRequestDto, @Caller() { as }: SignedIn): Promise<QuoteDto> {
    return this.runtime.rpc.call(smsSendsRpc.quote, input, as);
  }

  @Endpoint('POST', '', smsSendsRpc.create, {
    status: 201,
    header: {
      name: 'Idempotency-Key',
      field: 'idempotencyKey',
      description: 'The same as `idempotencyKey` in the body; one of the two is needed, both must agree',
    },
  })
  create(@Input() input: SendRequestDto, @Caller() { as }: SignedIn): Promise<SendDto> {
    return this.runtime.rpc.call(smsSendsRpc.create, input, as);
  }

  @Endpoint('GET', '', smsSendsRpc.list)
  list(@Input() input: SendsQueryDto, @Caller() { as }: SignedIn): Promise<SendsDto> {
    return this.runtime.rpc.call(smsSendsRpc.list, input, as);
  }

  @Endpoint('GET', ':sendId', smsSendsRpc.read)
  read(@Input() input: SendIdDto, @Caller() { as }: SignedIn): Promise<SendDto> {
    return this.runtime.rpc.call(smsSendsRpc.read, input, as);
  }

  @Endpoint('PUT', ':sendId', smsSendsRpc.change)
  change(@Input() input: SendChangeDto, @Caller() { as }: SignedIn): Promise<SendDto> {
    return this.runtime.rpc.call(smsSendsRpc.change, input, as);
  }

  @Endpoint('POST', ':sendId/pause', smsSendsRpc.pause)
  pause(@Input() input: SendIdDto, @Caller() { as }: SignedIn): Promise<SendDto> {
    return this.runtime.rpc.call(smsSendsRpc.pause, input, as);
  }

  @Endpoint('POST', ':sendId/resume', smsSendsRpc.resume)
  resume(@Input() input: SendIdDto, @Caller() { as }: SignedIn): Promise<SendDto> {
    return this.runtime.rpc.call(smsSendsRpc.resume, input, as);
  }

  @Endpoint('POST', ':sendId/cancel', smsSendsRpc.cancel)
  cancel(@Input() input: SendIdDto, @Caller() { as }: SignedIn): Promise<SendDto> {
    return this.runtime.rpc.call(smsSendsRpc.cancel, input, as);
  }

  @Endpoint('GET', ':sendId/recipients', smsSendsRpc.recipients)
  recipients(@Input() input: SendRecipientsQueryDto, @Caller() { as }: SignedIn): Promise<SendRecipientsDto> {
    return this.runtime.rpc.call(smsSendsRpc.recipients, input, as);
  }

  @Endpoint('GET', ':sendId/messages', smsMessagesRpc.list)
  messages(@Input() input: MessagesQueryDto, @Caller() { as }: SignedIn): Promise<MessagesDto> {
    return this.runtime.rpc.call(smsMessagesRpc.list, input, as);
  }

  @Endpoint('GET', ':sendId/messages/:position', smsMessagesRpc.read)
  message(@Input() input: MessagePositionDto, @Caller() { as }: SignedIn): Promise<MessageTimelineDto> {
    return this.runtime.rpc.call(smsMessagesRpc.read, input, as);
  }

  @Endpoint('GET', ':sendId/breakdown', smsSendsRpc.breakdown)
  breakdown(@Input() input: SendIdDto, @Caller() { as }: SignedIn): Promise<BreakdownDto> {
    return this.runtime.rpc.call(smsSendsRpc.breakdown, input, as);
  }

  @Endpoint('GET', ':sendId/report.csv', smsMessagesRpc.report, {
    input: SendIdDto,
    answers: { mediaType: 'text/csv', holds: 'One line a message, Persian headings' },
    summary: 'The whole report of a send as CSV, safe from formula injection (SMS-214, SMS-215).',
  })
  async report(
    @Input() { sendId }: SendIdDto,
    @Caller() { user, as }: SignedIn,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const release = this.limits.transfers.take(user.accountId);
    const headings = reportColumns.map(([, heading]) => heading);
    await sendCsv(reply, `send-${sendId}.csv`, headings, this.reportPages(sendId, as), release);
  }

  @Endpoint('GET', ':sendId/progress', smsSendsRpc.read, {
    answers: {
      mediaType: 'text/event-stream',
      holds:
        'Server-sent events: `snapshot` (SendDto), `progress` (live: counts, charged Rial, parts a second), `refused` ({ code }: the token ended or the like; sign in anew and reopen), `end` (SendDto: final, settled, and no receipt came for a while)',
    },
    summary: 'Live progress of a send until it is final and settled.',
  })
  async progress(
    @Input() input: SendIdDto,
    @Caller() { user, as }: SignedIn,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const read = (): Promise<SendDto> => this.runtime.rpc.call(smsSendsRpc.read, input, as);
    const release = this.limits.streams.take(user.accountId);
    try {
      const first = await read();
      const gone = new AbortController();
      finished(reply.raw, () => gone.abort());
      const admission = new Admission((token) => this.runtime.authenticator.authenticate(token), as);
      const ends = { gone: gone.signal, refused: admission.refused };
      const stream = Readable.from(progressEvents(first, read, this.hub, ends), {
        objectMode: false,
        highWaterMark: 16 * 1024,
      });
      admission.guard(stream);
      stream.once('close', release);
      void reply
        .header('content-type', 'text/event-stream; charset=utf-8')
        .header('x-accel-buffering', 'no')
        .send(stream);
    } catch (error) {
      release();
      throw error;
    }
  }

  @Endpoint('POST', ':sendId/settle-doubt', smsMessagesRpc.settleDoubt)
  settleDoubt(@Input() input: DoubtSettleDto, @Caller() { as }: SignedIn): Promise<DoubtSettledDto> {
    return this.runtime.rpc.call(smsMessagesRpc.settleDoubt, input, as);
  }

  private async *reportPages(sendId: string, as: SignedIn['as']): AsyncGenerator<string, void, undefined> {
    const { rpc } = this.runtime;
    for (let afterPosition: number | undefined = 0; afterPosition !== undefined;) {
      const query: ReportPageQueryDto = { sendId, afterPosition };
      const page: ReportPageDto = await patiently(() => rpc.call(smsMessagesRpc.report, query, as));
      yield page.csv;
      afterPosition = page.lastPosition;
    }
  }
}
