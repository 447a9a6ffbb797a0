import { Injectable } from '@nestjs/common';
import { DomainError, languages, lineClasses, operators } from '@peyk/contracts';
import type { Language, LineClass } from '@peyk/contracts';
import type {
  OwnTariffsDto,
  PricesDto,
  PricesQueryDto,
  TariffDto,
  TariffsDto,
} from '@peyk/contracts/billing';
import { query } from '@peyk/database';
import { DataSource } from 'typeorm';
import type { EntityManager } from 'typeorm';

interface Slot {
  readonly lineClass: LineClass;
  readonly language: Language;
  readonly operator: (typeof operators)[number];
}

interface CustomerPrice extends Slot {
  readonly rialsPerPart: number;
  readonly costRialsPerPart: number;
  readonly resellerId: string | null;
}

/** What the reference price is the price of: a Persian part by a service line to MCI. */
export const referenceSlot = {
  lineClass: 'service',
  language: 'fa',
  operator: 'mci',
} as const satisfies Slot;

/** Price of a slot now in a table of prices: one look at its index, however many there were before. */
const priceNow = (table: string, whose: string): string => `(
  SELECT p.rials_per_part FROM ${table} AS p
   WHERE ${whose} AND p.line_class = slot.line_class AND p.language = slot.language AND p.operator = slot.operator
     AND p.valid_from <= now() ORDER BY p.valid_from DESC LIMIT 1)`;

/**
 * Prices of customer $1 now. A level pays its own tariff, else that of `standard`. Users of a reseller pay what it has
 * set for them, else their level's tariff, and never less than what it costs the reseller at that moment: a tariff that
 * rises above what the reseller has set is paid by its users.
 */
const customerPrices = `
  WITH who AS (
    SELECT coalesce(c.level, 'standard') AS level, c.reseller_id, coalesce(r.level, 'standard') AS reseller_level
      FROM (VALUES ($1::uuid)) AS v (id)
      LEFT JOIN customers c ON c.customer_id = v.id LEFT JOIN customers r ON r.customer_id = c.reseller_id
  ), slot AS (
    SELECT line_class, language, operator
      FROM unnest($2::text[]) AS line_class, unnest($3::text[]) AS language, unnest($4::text[]) AS operator
  ), found AS (
    SELECT slot.*, who.reseller_id, ${priceNow('tariffs', `p.level = 'standard'`)} AS standard,
           ${priceNow('tariffs', 'p.level = who.level')} AS own,
           ${priceNow('tariffs', 'p.level = who.reseller_level')} AS of_reseller,
           ${priceNow('reseller_tariffs', 'p.reseller_id = who.reseller_id')} AS resold
      FROM who CROSS JOIN slot
  ), reckoned AS (
    SELECT line_class, language, operator, reseller_id, coalesce(resold, own, standard) AS price,
           CASE WHEN reseller_id IS NOT NULL THEN coalesce(of_reseller, standard) END AS cost
      FROM found
  )
  SELECT line_class AS "lineClass", language, operator, greatest(price, cost) AS "rialsPerPart",
         coalesce(cost, price) AS "costRialsPerPart", reseller_id AS "resellerId"
    FROM reckoned WHERE price IS NOT NULL`;

/** What a part costs whom. Which of the prices are valid when: `tariff-schedule.service.ts`. */
@Injectable()
export class TariffsService {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * Price of one part for each operator, in the order of `operators`, and what it costs the customer's reseller.
   * @throws tariff.missing when one has none
   */
  async prices({ customerId, lineClass, language }: PricesQueryDto): Promise<PricesDto> {
    const rows = await this.pricesOf(this.dataSource, customerId, { lineClass, language });
    const resellerId = rows[0]?.resellerId;
    return {
      ...(resellerId && { resellerId }),
      prices: operators.map((operator) => {
        const price = rows.find((row) => row.operator === operator);
        if (!price) throw new DomainError('tariff.missing', { lineClass, language, operator });
        const { rialsPerPart, costRialsPerPart } = price;
        return { operator, rialsPerPart, costRialsPerPart };
      }),
    };
  }

  /**
   * The tariff that gifts are reckoned with (BIL-007): what the customer pays now for one Persian part by a service line
   * to MCI, Rial.
   * @throws tariff.missing
   */
  async referencePrice(
    customerId: string,
    on: EntityManager | DataSource = this.dataSource,
  ): Promise<number> {
    const [price] = await this.pricesOf(on, customerId, referenceSlot);
    if (!price) throw new DomainError('tariff.missing', referenceSlot);
    return price.rialsPerPart;
  }

  /** All that a customer pays now. What it costs its reseller is not shown. */
  async own(customerId: string): Promise<OwnTariffsDto> {
    const rows = await this.pricesOf(this.dataSource, customerId);
    return {
      tariffs: rows
        .map(({ lineClass, language, operator, rialsPerPart }) => ({
          lineClass,
          language,
          operator,
          rialsPerPart,
        }))
        .sort((a, b) => placeOf(a) - placeOf(b)),
    };
  }

  /** All tariffs of level `standard` that are valid now (BIL-021). */
  async list(): Promise<TariffsDto> {
    const rows = await query<Omit<TariffDto, 'validFrom'> & { validFrom: Date }>(
      this.dataSource,
      `SELECT DISTINCT ON (line_class, language, operator) line_class AS "lineClass", language, operator,
              rials_per_part AS "rialsPerPart", valid_from AS "validFrom"
         FROM tariffs WHERE level = 'standard' AND valid_from <= now()
        ORDER BY line_class, language, operator, valid_from DESC`,
    );
    return { tariffs: rows.map((row) => ({ ...row, validFrom: row.validFrom.toISOString() })) };
  }

  /** In no order; without those that have no tariff. */
  private pricesOf(
    on: EntityManager | DataSource,
    customerId: string,
    { lineClass, language, operator }: Partial<Slot> = {},
  ): Promise<CustomerPrice[]> {
    return query<CustomerPrice>(on, customerPrices, [
      customerId,
      lineClass ? [lineClass] : lineClasses,
      language ? [language] : languages,
      operator ? [operator] : operators,
    ]);
  }
}

/** Service lines first, Persian first, operators in their order. */
function placeOf({ lineClass, language, operator }: Slot): number {
  return (lineClass === 'service' ? 0 : 200) + (language === 'fa' ? 0 : 100) + operators.indexOf(operator);
}
