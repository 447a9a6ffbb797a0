import { Injectable } from '@nestjs/common';
import { DomainError } from '@peyk/contracts';
import type { TariffAddDto, TariffRowDto, TariffScheduleDto, TariffsQueryDto } from '@peyk/contracts/billing';
import { execute, query, Transactions, violatedConstraint } from '@peyk/database';
import { DataSource } from 'typeorm';
import type { EntityManager } from 'typeorm';
import { decodeCursor, encodeCursor } from '../cursor';
import { beginning, checkDiscounts, lockPrices, timeOf } from './price-guard';

const defaultPageSize = 50;

interface Row extends Omit<TariffRowDto, 'validFrom' | 'validUntil' | 'time'> {
  readonly validFrom: Date;
  readonly validUntil: Date | null;
  readonly now: Date;
  /** Of the cursor: microseconds since 1970, and a number that orders rows of the same moment. */
  readonly place: string;
  readonly tie: string;
}

const columns = `id, level, line_class AS "lineClass", language, operator, rials_per_part AS "rialsPerPart",
  valid_from AS "validFrom", added_by AS "addedBy",
  lead(valid_from) OVER (PARTITION BY level, line_class, language, operator ORDER BY valid_from) AS "validUntil",
  clock_timestamp() AS now, (extract(epoch FROM valid_from) * 1000000)::bigint::text AS place,
  (hashtextextended(id::text, 0) & 288230376151711743)::text AS tie`;

/**
 * Which tariff is valid when (BIL-205). One that has begun is never changed or taken back: it is replaced by a later one,
 * so that what was quoted can be explained for ever.
 */
@Injectable()
export class TariffScheduleService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly transactions: Transactions,
  ) {}

  /** Past, current and announced tariffs, the latest to begin first. */
  async list({
    level,
    lineClass,
    language,
    operator,
    time,
    cursor,
    limit = defaultPageSize,
  }: TariffsQueryDto): Promise<TariffScheduleDto> {
    const [place, tie] = decodeCursor(cursor, 2) ?? [];
    const rows = await query<Row>(
      this.dataSource,
      `SELECT * FROM (SELECT ${columns} FROM tariffs) AS t
        WHERE ($1::text IS NULL OR level = $1) AND ($2::text IS NULL OR "lineClass" = $2)
          AND ($3::text IS NULL OR language = $3) AND ($4::text IS NULL OR operator = $4)
          AND CASE $5::text WHEN 'future' THEN "validFrom" > now
                WHEN 'current' THEN "validFrom" <= now AND ("validUntil" IS NULL OR "validUntil" > now)
                WHEN 'past' THEN "validUntil" <= now ELSE true END
          AND ($6::bigint IS NULL OR (place::bigint, tie::bigint) < ($6, $7::bigint))
        ORDER BY place::bigint DESC, tie::bigint DESC LIMIT $8`,
      [
        level ?? null,
        lineClass ?? null,
        language ?? null,
        operator ?? null,
        time ?? null,
        place ?? null,
        tie ?? null,
        limit + 1,
      ],
    );
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    return {
      tariffs: page.map(rowDto),
      ...(rows.length > limit && last ? { nextCursor: encodeCursor(last.place, last.tie) } : {}),
    };
  }

  /**
   * A price from a moment on; once a tariff id.
   * @param by account that adds it
   * @throws price.timePast, price.timeTaken, level.notFound, tiers.aboveTariff, tariff.missing, idempotency.keyReused
   */
  async add(by: string, tariff: TariffAddDto): Promise<TariffRowDto> {
    const { tariffId, level, lineClass, language, operator, rialsPerPart, validFrom } = tariff;
    return this.transactions.run(async (tx) => {
      await lockPrices(tx);
      const known = await this.find(tx, tariffId);
      if (known) {
        const same =
          known.level === level &&
          known.lineClass === lineClass &&
          known.language === language &&
          known.operator === operator &&
          known.rialsPerPart === rialsPerPart &&
          (validFrom === undefined || known.validFrom.getTime() === Date.parse(validFrom));
        if (!same) throw new DomainError('idempotency.keyReused');
        return rowDto(known);
      }
      const from = await beginning(tx, validFrom);
      try {
        await execute(
          tx,
          `INSERT INTO tariffs (id, level, line_class, language, operator, valid_from, rials_per_part, added_by)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
          [tariffId, level, lineClass, language, operator, from, rialsPerPart, by],
        );
      } catch (error) {
        const constraint = violatedConstraint(error);
        if (constraint === 'tariffs_level_fkey') throw new DomainError('level.notFound', undefined, error);
        if (constraint === 'tariffs_level_line_class_language_operator_valid_from_key')
          throw new DomainError('price.timeTaken', { field: 'validFrom' }, error);
        throw error;
      }
      await checkDiscounts(tx);
      const added = await this.find(tx, tariffId);
      if (!added) throw new Error('no tariff');
      return rowDto(added);
    });
  }

  /** @throws tariff.notFound, price.inForce, tiers.aboveTariff */
  async withdraw(tariffId: string): Promise<void> {
    await this.transactions.run(async (tx) => {
      await lockPrices(tx);
      const taken = await execute(
        tx,
        'DELETE FROM tariffs WHERE id = $1 AND valid_from > clock_timestamp()',
        [tariffId],
      );
      if (taken === 0)
        throw new DomainError((await this.find(tx, tariffId)) ? 'price.inForce' : 'tariff.notFound');
      await checkDiscounts(tx);
    });
  }

  private async find(tx: EntityManager, id: string): Promise<Row | undefined> {
    const [row] = await query<Row>(
      tx,
      `SELECT * FROM (SELECT ${columns} FROM tariffs
         WHERE (level, line_class, language, operator) =
           (SELECT level, line_class, language, operator FROM tariffs WHERE id = $1)) AS t WHERE id = $1`,
      [id],
    );
    return row;
  }
}

function rowDto({ now, place: _place, tie: _tie, validFrom, validUntil, ...row }: Row): TariffRowDto {
  return {
    ...row,
    time: timeOf(validFrom, validUntil, now),
    validFrom: validFrom.toISOString(),
    validUntil: validUntil?.toISOString() ?? null,
  };
}
