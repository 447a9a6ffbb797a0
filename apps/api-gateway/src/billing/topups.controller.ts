import { Inject, Res } from '@nestjs/common';
import { billingTopupsRpc, TopupDto, TopupIdDto } from '@peyk/contracts/billing';
import { MESSAGING } from '@peyk/messaging';
import type { MessagingRuntime } from '@peyk/messaging';
import type { FastifyReply } from 'fastify';
import { Caller } from '../auth/caller.decorator';
import type { SignedIn } from '../auth/caller.decorator';
import { Limits } from '../auth/limits';
import { DocumentThreads } from '../documents/document-threads';
import { sendPdf } from '../documents/send-pdf';
import { Input } from '../http/input.decorator';
import { TopupTomanDto, topupsRoutes } from './topups.routes';
import { ControllerOf } from '../routes/controllers';

const rialsPerToman = 10;

@ControllerOf(topupsRoutes)
export class TopupsController {
  constructor(
    @Inject(MESSAGING) private readonly runtime: MessagingRuntime,
    private readonly limits: Limits,
    private readonly documents: DocumentThreads,
  ) {}

  create(
    @Input() { amountToman, bank, idempotencyKey }: TopupTomanDto,
    @Caller() { as }: SignedIn,
  ): Promise<TopupDto> {
    const amountRials = amountToman * rialsPerToman;
    return this.runtime.rpc.call(billingTopupsRpc.create, { amountRials, bank, idempotencyKey }, as);
  }

  async receiptPdf(
    @Input() input: TopupIdDto,
    @Caller() { user, as }: SignedIn,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const release = this.limits.transfers.take(user.accountId);
    try {
      const receipt = await this.runtime.rpc.call(billingTopupsRpc.receipt, input, as);
      const pdf = await this.documents.make(user.accountId, async () => [
        { kind: 'receipt', receipt, madeAt: new Date() },
      ]);
      sendPdf(reply, `receipt-${receipt.orderNumber}.pdf`, pdf);
    } finally {
      release();
    }
  }
}
