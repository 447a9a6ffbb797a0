import { Readable, finished } from 'node:stream';
import { Inject, Res } from '@nestjs/common';
import { reportColumns, SendDto, SendIdDto, smsMessagesRpc, smsSendsRpc } from '@peyk/contracts/sms';
import type { ReportPageDto, ReportPageQueryDto } from '@peyk/contracts/sms';
import { MESSAGING } from '@peyk/messaging';
import type { MessagingRuntime } from '@peyk/messaging';
import type { FastifyReply } from 'fastify';
import { Admission } from '../auth/admission';
import { Caller } from '../auth/caller.decorator';
import type { SignedIn } from '../auth/caller.decorator';
import { Limits } from '../auth/limits';
import { patiently, sendCsv } from '../http/csv';
import { Input } from '../http/input.decorator';
import { ProgressHub } from './progress.hub';
import { progressEvents } from './progress.stream';
import { sendsRoutes } from './sends.routes';
import { ControllerOf } from '../routes/controllers';

@ControllerOf(sendsRoutes)
export class SendsController {
  constructor(
    @Inject(MESSAGING) private readonly runtime: MessagingRuntime,
    private readonly limits: Limits,
    private readonly hub: ProgressHub,
  ) {}

  async report(
    @Input() { sendId }: SendIdDto,
    @Caller() { user, as }: SignedIn,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const release = this.limits.transfers.take(user.accountId);
    const headings = reportColumns.map(([, heading]) => heading);
    await sendCsv(reply, `send-${sendId}.csv`, headings, this.reportPages(sendId, as), release);
  }

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
