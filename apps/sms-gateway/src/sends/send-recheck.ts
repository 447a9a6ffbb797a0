import { Inject, Injectable } from '@nestjs/common';
import { DomainError } from '@peyk/contracts';
import { SMS_CONFIG } from '../config';
import type { SmsGatewayConfig } from '../config';
import { LinesService } from '../lines/lines.service';
import { measureText } from '../quotes/quote';
import { nextOf } from './repetition';
import { SendLateness } from './send-lateness';
import { SendPrices } from './send-prices';
import { SendSources } from './send-sources';
import { termsOf } from './send-terms';
import type { Terms } from './send-terms';
import type { Send } from './send.entity';

/** What a due send takes from today's line, text and prices. */
type Planned = Terms & Pick<Send, 'quotedRials' | 'plannedRials' | 'prices' | 'costs' | 'resellerId'>;

/** A due send, as it can be sent today. */
@Injectable()
export class SendRecheck {
  constructor(
    private readonly lines: LinesService,
    private readonly lateness: SendLateness,
    private readonly sources: SendSources,
    private readonly prices: SendPrices,
    @Inject(SMS_CONFIG) private readonly config: Pick<SmsGatewayConfig, 'dearerPercent'>,
  ) {}

  /** What becomes of a due send now. Throws when a service that has to be asked is away. */
  async checkDue(
    send: Send,
    now: Date,
  ): Promise<Pick<Send, 'state'> & Partial<Pick<Send, 'refusal'> & Planned>> {
    const next = nextOf(send);
    if (next && next <= now) return { state: 'missed', refusal: 'send.superseded' };
    if (await this.lateness.isLate(send, now)) return { state: 'missed', refusal: 'send.late' };
    try {
      const line = await this.lines.usable(send.customerId, send.lineId);
      const measure = measureText(send.body, line.is66Char);
      const { byOperator } = await this.sources.countOf(send);
      const priced = await this.prices.priceSend(send.customerId, line, measure, byOperator);
      const isDearer = priced.quotedRials > send.quotedRials * (1 + this.config.dearerPercent / 100);
      return {
        state: 'placing',
        ...termsOf(line, measure),
        ...priced,
        plannedRials: isDearer ? send.quotedRials : null,
      };
    } catch (error) {
      if (!(error instanceof DomainError) || error.kind === 'unavailable' || error.kind === 'internal')
        throw error;
      return { state: 'refused', refusal: error.code };
    }
  }
}
