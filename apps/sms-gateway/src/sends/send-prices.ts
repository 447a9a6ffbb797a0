import { Inject, Injectable } from '@nestjs/common';
import { DomainError } from '@peyk/contracts';
import type { LineClass } from '@peyk/contracts';
import { billingPricesRpc, billingWalletsRpc } from '@peyk/contracts/billing';
import type { OperatorCountDto } from '@peyk/contracts/targeting';
import { MESSAGING } from '@peyk/messaging';
import type { MessagingRuntime } from '@peyk/messaging';
import type { Line } from '../lines/line.entity';
import { priceRows } from '../quotes/quote';
import type { TextMeasure } from '../quotes/quote';
import { costArray, priceArray } from './send.entity';
import type { Send } from './send.entity';

const pricesCacheMs = 5_000;

/** What a part costs the customer, and with a reseller the reseller: by operator code. */
export type Prices = Pick<Send, 'prices' | 'costs' | 'resellerId'>;

/** What the parts of a send cost, and whether there is credit for them. Both are asked of billing. */
@Injectable()
export class SendPrices {
  private readonly known = new Map<string, Prices & { readonly untilMs: number }>();

  constructor(@Inject(MESSAGING) private readonly messaging: MessagingRuntime) {}

  /** Prices of a part for a customer, in Rial. They are kept for a few seconds. */
  async read(customerId: string, lineClass: LineClass, language: 'fa' | 'en'): Promise<Prices> {
    const key = `${customerId} ${lineClass} ${language}`;
    const known = this.known.get(key);
    if (known && known.untilMs > Date.now()) {
      const { untilMs: _untilMs, ...prices } = known;
      return prices;
    }
    const answer = await this.messaging.rpc.call(
      billingPricesRpc.read,
      { customerId, lineClass, language },
      'service',
    );
    const resellerId = answer.resellerId ?? null;
    const prices = {
      prices: priceArray(answer.prices),
      resellerId,
      costs: resellerId === null ? null : costArray(answer.prices),
    };
    if (this.known.size > 10_000) this.known.clear();
    this.known.set(key, { ...prices, untilMs: Date.now() + pricesCacheMs });
    return prices;
  }

  /** The prices, and what the whole send costs with them. */
  async priceSend(
    customerId: string,
    line: Line,
    measure: TextMeasure,
    byOperator: readonly OperatorCountDto[],
  ): Promise<Prices & Pick<Send, 'quotedRials'>> {
    const prices = await this.read(customerId, line.lineClass, measure.language);
    const rows = priceRows(byOperator, measure.parts, prices.prices);
    return { ...prices, quotedRials: rows.reduce((sum, row) => sum + row.totalRials, 0) };
  }

  /** Credit that a customer can still spend, in Rial. */
  async readAvailable(customerId: string): Promise<number> {
    const { availableRials } = await this.messaging.rpc.call(
      billingWalletsRpc.read,
      { customerId },
      'service',
    );
    return availableRials;
  }

  /** The credit is held when the time comes (SMS-207); what could not be paid today is refused now. */
  async assertCredit(customerId: string, neededRials: number): Promise<void> {
    const availableRials = await this.readAvailable(customerId);
    if (availableRials < neededRials)
      throw new DomainError('wallet.insufficientCredit', { neededRials, availableRials });
  }
}
