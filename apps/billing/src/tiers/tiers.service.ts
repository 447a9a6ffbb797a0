import { Injectable } from '@nestjs/common';
import { standardLevel } from '@peyk/contracts/billing';
import type { GiftQuoteDto, GiftTierDto, GiftTiersDto } from '@peyk/contracts/billing';
import { query } from '@peyk/database';
import { DataSource } from 'typeorm';
import type { EntityManager } from 'typeorm';
import { referenceSlot, TariffsService } from '../tariffs/tariffs.service';
import { giftRials } from './gift';

const tierColumns = 'from_rials AS "fromRials", to_rials AS "toRials", discount_rials AS "discountRials"';
const currentSet = 'SELECT no FROM gift_tier_sets WHERE valid_from <= now() ORDER BY valid_from DESC LIMIT 1';

/** What is added to a top-up. */
@Injectable()
export class TiersService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly tariffs: TariffsService,
  ) {}

  /** Tiers of now and what a message costs without them, for everybody to see (BIL-005). */
  async list(): Promise<GiftTiersDto> {
    const [tiers, [tariff]] = await Promise.all([
      query<GiftTierDto>(
        this.dataSource,
        `SELECT ${tierColumns} FROM gift_tiers WHERE set_no = (${currentSet}) ORDER BY from_rials`,
      ),
      query<{ rialsPerPart: number }>(
        this.dataSource,
        `SELECT rials_per_part AS "rialsPerPart" FROM tariffs
          WHERE level = $1 AND line_class = $2 AND language = $3 AND operator = $4 AND valid_from <= now()
          ORDER BY valid_from DESC LIMIT 1`,
        [standardLevel, referenceSlot.lineClass, referenceSlot.language, referenceSlot.operator],
      ),
    ]);
    return { tiers, tariffRials: tariff?.rialsPerPart ?? null };
  }

  /**
   * Gift and final charge of a top-up of this customer at this moment (BIL-004).
   * @param on the transaction that keeps the quote, if there is one
   * @throws tariff.missing
   */
  async quote(
    customerId: string,
    amountRials: number,
    on: EntityManager | DataSource = this.dataSource,
  ): Promise<GiftQuoteDto> {
    const tier = await this.tierOf(amountRials, on);
    if (!tier) {
      return {
        amountRials,
        giftRials: 0,
        finalRials: amountRials,
        tier: null,
        tariffRials: null,
        effectiveTariffRials: null,
      };
    }
    const tariffRials = await this.tariffs.referencePrice(customerId, on);
    const gift = giftRials(amountRials, tariffRials, tier.discountRials);
    return {
      amountRials,
      giftRials: gift,
      finalRials: amountRials + gift,
      tier,
      tariffRials,
      effectiveTariffRials: tariffRials - tier.discountRials,
    };
  }

  /** Gift of a top-up at a tariff, by the tiers of now, Rial; 0 below the first tier. */
  async giftOf(
    amountRials: number,
    referencePrice: number,
    on: EntityManager | DataSource = this.dataSource,
  ): Promise<number> {
    const tier = await this.tierOf(amountRials, on);
    return tier ? giftRials(amountRials, referencePrice, tier.discountRials) : 0;
  }

  private async tierOf(
    amountRials: number,
    on: EntityManager | DataSource,
  ): Promise<GiftTierDto | undefined> {
    const [tier] = await query<GiftTierDto>(
      on,
      `SELECT ${tierColumns} FROM gift_tiers
        WHERE set_no = (${currentSet}) AND from_rials <= $1 AND (to_rials IS NULL OR to_rials > $1)`,
      [amountRials],
    );
    return tier;
  }
}
