import { Injectable } from '@nestjs/common';
import { DomainError } from '@peyk/contracts';
import type {
  ResellerTariffDto,
  ResellerTariffKeyDto,
  ResellerTariffsDto,
  ResellerTariffSetDto,
} from '@peyk/contracts/billing';
import { query, Transactions } from '@peyk/database';
import { DataSource, type EntityManager } from 'typeorm';

const clockToleranceMs = 60_000;
/** Announced at once, and at most so many rows with those valid now. */
const announcedMax = 100;

/** Price of a part at moment $at for reseller $1: the tariff of its level, else that of `standard`. */
const cost = (at: string): string => `(
  SELECT rials_per_part FROM (
    SELECT DISTINCT ON (t.level) t.level, t.rials_per_part FROM tariffs t
     WHERE t.line_class = k.line_class AND t.language = k.language AND t.operator = k.operator AND t.valid_from <= ${at}
       AND t.level IN ('standard', coalesce((SELECT level FROM customers WHERE customer_id = $1), 'standard'))
     ORDER BY t.level, t.valid_from DESC) of_level
   ORDER BY level = 'standard' LIMIT 1)`;

type TariffRow = Omit<ResellerTariffDto, 'validFrom'> & { readonly validFrom: Date };
const columns = `k.line_class AS "lineClass", k.language, k.operator, k.rials_per_part AS "rialsPerPart",
  k.valid_from AS "validFrom", ${cost('greatest(k.valid_from, now())')} AS "costRialsPerPart"`;

/** What users of a reseller pay (BIL-009). What they pay at last is never less than the reseller's cost (`TariffsService`). */
@Injectable()
export class ResellerTariffsService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly transactions: Transactions,
  ) {}

  /** Those valid now, and those announced. */
  async list(resellerId: string): Promise<ResellerTariffsDto> {
    const rows = await query<TariffRow>(
      this.dataSource,
      `SELECT ${columns} FROM (
         (SELECT DISTINCT ON (line_class, language, operator) * FROM reseller_tariffs
           WHERE reseller_id = $1 AND valid_from <= now()
           ORDER BY line_class, language, operator, valid_from DESC)
         UNION ALL SELECT * FROM reseller_tariffs WHERE reseller_id = $1 AND valid_from > now()) k
        ORDER BY k.line_class, k.language, k.operator, k.valid_from LIMIT 200`,
      [resellerId],
    );
    return { tariffs: rows.map(toDto) };
  }

  /**
   * Of the same moment the later price counts; the price that is valid already changes nothing.
   * @throws price.belowCost (details: costRialsPerPart), price.timePast, tariff.missing, resellerTariff.tooMany
   */
  async set(
    resellerId: string,
    { rialsPerPart, validFrom, ...key }: ResellerTariffSetDto,
    now = new Date(),
  ): Promise<ResellerTariffDto> {
    const wanted = validFrom === undefined ? now : new Date(validFrom);
    if (wanted.getTime() < now.getTime() - clockToleranceMs)
      throw new DomainError('price.timePast', { field: 'validFrom' });
    const from = wanted < now ? now : wanted;
    return this.transactions.run(async (tx) => {
      // Two of one reseller come one after the other, so that the bound holds.
      await query(tx, `SELECT pg_advisory_xact_lock(hashtextextended('reseller tariffs ' || $1::text, 0))`, [
        resellerId,
      ]);
      const costRialsPerPart = await this.costOf(tx, resellerId, key, from);
      if (rialsPerPart < costRialsPerPart)
        throw new DomainError('price.belowCost', { field: 'rialsPerPart', costRialsPerPart });
      if (validFrom === undefined) {
        const current = await this.current(tx, resellerId, key, now);
        if (current?.rialsPerPart === rialsPerPart)
          return { ...key, rialsPerPart, costRialsPerPart, validFrom: current.validFrom.toISOString() };
      }
      const [announced] = await query<{ count: number }>(
        tx,
        'SELECT count(*) AS count FROM reseller_tariffs WHERE reseller_id = $1 AND valid_from > $2',
        [resellerId, now],
      );
      if (from > now && (announced?.count ?? 0) >= announcedMax)
        throw new DomainError('resellerTariff.tooMany', { maximum: announcedMax });
      await query(
        tx,
        `INSERT INTO reseller_tariffs (reseller_id, line_class, language, operator, valid_from, rials_per_part)
           VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (reseller_id, line_class, language, operator, valid_from) DO UPDATE SET rials_per_part = $6`,
        [resellerId, key.lineClass, key.language, key.operator, from, rialsPerPart],
      );
      return { ...key, rialsPerPart, costRialsPerPart, validFrom: from.toISOString() };
    });
  }

  private async current(
    tx: EntityManager,
    resellerId: string,
    { lineClass, language, operator }: ResellerTariffKeyDto,
    at: Date,
  ): Promise<{ readonly rialsPerPart: number; readonly validFrom: Date } | undefined> {
    const [row] = await query<{ rialsPerPart: number; validFrom: Date }>(
      tx,
      `SELECT rials_per_part AS "rialsPerPart", valid_from AS "validFrom" FROM reseller_tariffs
        WHERE reseller_id = $1 AND line_class = $2 AND language = $3 AND operator = $4 AND valid_from <= $5
        ORDER BY valid_from DESC LIMIT 1`,
      [resellerId, lineClass, language, operator, at],
    );
    return row;
  }

  private async costOf(
    tx: EntityManager,
    resellerId: string,
    { lineClass, language, operator }: ResellerTariffKeyDto,
    at: Date,
  ): Promise<number> {
    const [row] = await query<{ cost: number | null }>(
      tx,
      `SELECT ${cost('$5::timestamptz')} AS cost FROM (SELECT $2::text AS line_class, $3::text AS language, $4::text AS operator) k`,
      [resellerId, lineClass, language, operator, at],
    );
    if (row?.cost === undefined || row.cost === null)
      throw new DomainError('tariff.missing', { lineClass, language, operator });
    return row.cost;
  }
}

function toDto({ validFrom, ...row }: TariffRow): ResellerTariffDto {
  return { ...row, validFrom: validFrom.toISOString() };
}
