import { Injectable } from '@nestjs/common';
import { DomainError, operators } from '@peyk/contracts';
import type {
  Language,
  LineClass,
  OwnTariffsDto,
  PricesDto,
  PricesQueryDto,
  TariffDto,
  TariffsDto,
} from '@peyk/contracts';
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
  ), by_level AS (
    SELECT DISTINCT ON (t.level, line_class, language, operator) t.level, line_class, language, operator, rials_per_part
      FROM tariffs t, who
     WHERE t.level IN ('standard', who.level, who.reseller_level) AND valid_from <= now()
       AND ($2::text IS NULL OR line_class = $2) AND ($3::text IS NULL OR language = $3)
     ORDER BY t.level, line_class, language, operator, valid_from DESC
  ), of_reseller AS (
    SELECT DISTINCT ON (line_class, language, operator) line_class, language, operator, t.rials_per_part
      FROM reseller_tariffs t JOIN who USING (reseller_id)
     WHERE valid_from <= now()
     ORDER BY line_class, language, operator, valid_from DESC
  ), reckoned AS (
    SELECT line_class, language, operator, coalesce(own.rials_per_part, standard.rials_per_part) AS of_level,
           of_reseller.rials_per_part AS of_reseller, who.reseller_id,
           CASE WHEN who.reseller_id IS NOT NULL THEN coalesce(cost.rials_per_part, standard.rials_per_part) END AS cost
      FROM who CROSS JOIN (SELECT DISTINCT line_class, language, operator FROM by_level) AS slot
      LEFT JOIN (SELECT * FROM by_level WHERE level = 'standard') AS standard USING (line_class, language, operator)
      LEFT JOIN (SELECT * FROM by_level WHERE level = (SELECT level FROM who)) AS own USING (line_class, language, operator)
      LEFT JOIN (SELECT * FROM by_level WHERE level = (SELECT reseller_level FROM who)) AS cost USING (line_class, language, operator)
      LEFT JOIN of_reseller USING (line_class, language, operator)
  )
  SELECT line_class AS "lineClass", language, operator, greatest(coalesce(of_reseller, of_level), cost) AS "rialsPerPart",
         coalesce(cost, coalesce(of_reseller, of_level)) AS "costRialsPerPart",
         reseller_id AS "resellerId"
    FROM reckoned WHERE coalesce(of_reseller, of_level) IS NOT NULL`;

/** What a part costs whom. Which of the prices are valid when: `tariff-schedule.service.ts`. */
@Injectable()
export class TariffsService {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * Price of one part for each operator, in the order of `operators`, and what it costs the customer's reseller.
   * @throws tariff.missing when one has none
   */
  async prices({ customerId, lineClass, language }: PricesQueryDto): Promise<PricesDto> {
    const rows = await this.pricesOf(this.dataSource, customerId, lineClass, language);
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
    const { lineClass, language, operator } = referenceSlot;
    const rows = await this.pricesOf(on, customerId, lineClass, language);
    const price = rows.find((row) => row.operator === operator);
    if (!price) throw new DomainError('tariff.missing', { lineClass, language, operator });
    return price.rialsPerPart;
  }

  /** All that a customer pays now. What it costs its reseller is not told. */
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

  private pricesOf(
    on: EntityManager | DataSource,
    customerId: string,
    lineClass?: LineClass,
    language?: Language,
  ): Promise<CustomerPrice[]> {
    return query<CustomerPrice>(on, customerPrices, [customerId, lineClass ?? null, language ?? null]);
  }
}

/** Service lines first, Persian first, operators in their order. */
function placeOf({ lineClass, language, operator }: Slot): number {
  return (lineClass === 'service' ? 0 : 200) + (language === 'fa' ? 0 : 100) + operators.indexOf(operator);
}
