import { Controller, Get, Inject, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { DomainError, errorTable, httpStatusOf } from '@peyk/contracts';
import { billingTopupsRpc, PaymentOutcomeDto, TopupIdDto } from '@peyk/contracts/billing';
import type { FormFieldDto } from '@peyk/contracts/billing';
import { MESSAGING } from '@peyk/messaging';
import type { MessagingRuntime } from '@peyk/messaging';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { GatewayConfig } from '../config';
import { Input } from '../http/input.decorator';
import { callbackFields } from './callback-form';
import { leavePage, messagePage, retryPage } from './payment.pages';
import type { Page } from './payment.pages';
import { paymentsRoutes } from './payments.routes';
import { ControllerOf } from '../routes/controllers';

/**
 * Pages that a payer's browser passes on its way to the bank and back (BIL-010, BIL-011). They know nobody's session: the
 * bank sends people back without our cookies. Who has a top-up's id (62 random bits) sees its state and may pay it. They end
 * at the panel's page of the payment, which asks {@link PaymentOutcomesController}.
 */
@ApiExcludeController()
@Controller('payments')
export class PaymentsController {
  private readonly panelUrl: string;

  constructor(
    @Inject(MESSAGING) private readonly runtime: MessagingRuntime,
    config: GatewayConfig,
  ) {
    this.panelUrl = config.panelUrl?.replace(/\/+$/, '') ?? '';
  }

  @Get(':topupId')
  async leave(@Param('topupId') topupId: string, @Res() reply: FastifyReply): Promise<void> {
    await this.answer(reply, async () => {
      const start = await this.runtime.rpc.call(billingTopupsRpc.start, { topupId }, 'service');
      return leavePage(start) ?? this.resultOf(topupId);
    });
  }

  @Get(':topupId/callback')
  async returned(
    @Param('topupId') topupId: string,
    @Query() query: Record<string, unknown>,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.take(topupId, 'GET', callbackFields(Object.entries(query)), reply);
  }

  @Post(':topupId/callback')
  async posted(
    @Param('topupId') topupId: string,
    @Req() { body }: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    // Read by `readCallbackForm`; a body of another type was something else.
    if (!Array.isArray(body))
      throw new DomainError('input.unsupportedType', { accepted: 'application/x-www-form-urlencoded' });
    await this.take(topupId, 'POST', body as FormFieldDto[], reply);
  }

  private async take(
    topupId: string,
    method: 'GET' | 'POST',
    fields: FormFieldDto[],
    reply: FastifyReply,
  ): Promise<void> {
    await this.answer(reply, async () => {
      try {
        await this.runtime.rpc.call(billingTopupsRpc.callback, { topupId, fields }, 'service');
      } catch (error) {
        // What a bank tells only once must come again.
        if (error instanceof DomainError && error.code === 'service.unavailable')
          return retryPage(method, fields);
        throw error;
      }
      return this.resultOf(topupId);
    });
  }

  /** The panel's own page, with and without a session; reloading it asks for the state and brings no callback again. */
  private resultOf(topupId: string): Page {
    return { status: 303, html: '', headers: { location: `${this.panelUrl}/payments/${topupId}` } };
  }

  /** A page for every end: whoever stands here came from a bank and reads no JSON. */
  private async answer(reply: FastifyReply, act: () => Promise<Page>): Promise<void> {
    const { status, headers, html } = await act().catch((error: unknown) => this.refusal(error));
    await reply.status(status).headers(headers).send(html);
  }

  private refusal(error: unknown): Page {
    if (!(error instanceof DomainError)) throw error;
    // An id that is none is one that nobody has.
    const code = error.code === 'input.invalid' ? 'topup.notFound' : error.code;
    return messagePage(httpStatusOf(code), errorTable[code].fa, this.panelUrl);
  }
}

@ControllerOf(paymentsRoutes)
export class PaymentOutcomesController {
  constructor(@Inject(MESSAGING) private readonly runtime: MessagingRuntime) {}

  async read(@Input() { topupId }: TopupIdDto): Promise<PaymentOutcomeDto> {
    const topup = await this.runtime.rpc.call(billingTopupsRpc.outcome, { topupId }, 'service');
    const { id, state, message, bankTitle, amountRials, giftRials, totalRials } = topup;
    const { referenceNumber = null, card = null, payUrl = null, creditedAt = null } = topup;
    return {
      ...{ id, state, message, bankTitle, amountRials, giftRials, totalRials },
      ...{ referenceNumber, card, payUrl, creditedAt },
    };
  }
}
