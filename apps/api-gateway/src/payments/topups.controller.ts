import { Controller, Inject, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { EnumField, IntField, StringField } from '@peyk/contracts';
import {
  bankCodes,
  billingTopupsRpc,
  TopupDto,
  TopupIdDto,
  TopupReceiptDto,
  TopupsDto,
  TopupsQueryDto,
} from '@peyk/contracts/billing';
import type { BankCode } from '@peyk/contracts/billing';
import { MESSAGING } from '@peyk/messaging';
import type { MessagingRuntime } from '@peyk/messaging';
import type { FastifyReply } from 'fastify';
import { Caller } from '../auth/caller.decorator';
import type { SignedIn } from '../auth/caller.decorator';
import { Limits } from '../auth/limits';
import { DocumentThreads } from '../documents/document-threads';
import { sendPdf } from '../documents/send-pdf';
import { Endpoint } from '../http/endpoint.decorator';
import { Input } from '../http/input.decorator';

const rialsPerToman = 10;

/** A person counts in Toman; everything behind this counts in Rial (BIL-204). */
export class TopupTomanDto {
  @IntField({ description: 'Amount to pay, Toman (1 Toman = 10 Rial)', min: 1, max: 900_000_000_000_000 })
  amountToman!: number;

  @EnumField({ description: 'Bank to pay with', values: bankCodes })
  bank!: BankCode;

  @StringField({
    description: 'Chosen by the client; a repeat gives the same top-up back',
    minLength: 8,
    maxLength: 100,
    pattern: /^[\w.:-]+$/,
  })
  idempotencyKey!: string;
}

@ApiTags('topups')
@Controller('topups')
export class TopupsController {
  constructor(
    @Inject(MESSAGING) private readonly runtime: MessagingRuntime,
    private readonly limits: Limits,
    private readonly documents: DocumentThreads,
  ) {}

  @Endpoint('POST', '', billingTopupsRpc.create, {
    status: 201,
    input: TopupTomanDto,
    header: {
      name: 'Idempotency-Key',
      field: 'idempotencyKey',
      description: 'The same as `idempotencyKey` in the body; one of the two is needed, both must agree',
    },
  })
  create(
    @Input() { amountToman, bank, idempotencyKey }: TopupTomanDto,
    @Caller() { as }: SignedIn,
  ): Promise<TopupDto> {
    const amountRials = amountToman * rialsPerToman;
    return this.runtime.rpc.call(billingTopupsRpc.create, { amountRials, bank, idempotencyKey }, as);
  }

  @Endpoint('GET', '', billingTopupsRpc.list)
  list(@Input() input: TopupsQueryDto, @Caller() { as }: SignedIn): Promise<TopupsDto> {
    return this.runtime.rpc.call(billingTopupsRpc.list, input, as);
  }

  @Endpoint('GET', ':topupId', billingTopupsRpc.read)
  read(@Input() input: TopupIdDto, @Caller() { as }: SignedIn): Promise<TopupDto> {
    return this.runtime.rpc.call(billingTopupsRpc.read, input, as);
  }

  @Endpoint('GET', ':topupId/receipt', billingTopupsRpc.receipt)
  receipt(@Input() input: TopupIdDto, @Caller() { as }: SignedIn): Promise<TopupReceiptDto> {
    return this.runtime.rpc.call(billingTopupsRpc.receipt, input, as);
  }

  @Endpoint('GET', ':topupId/receipt.pdf', billingTopupsRpc.receipt, {
    answers: { mediaType: 'application/pdf', holds: 'Persian, one page' },
    summary: 'Receipt of a credited top-up as PDF, one page (BIL-214).',
  })
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

  @Endpoint('POST', ':topupId/check', billingTopupsRpc.check)
  check(@Input() input: TopupIdDto, @Caller() { as }: SignedIn): Promise<TopupDto> {
    return this.runtime.rpc.call(billingTopupsRpc.check, input, as);
  }
}
