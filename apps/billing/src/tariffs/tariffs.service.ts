import { Injectable } from '@nestjs/common';
import { DomainError, operators } from '@peyk/contracts';
import type { OperatorPriceDto, PricesDto, PricesQueryDto, TariffDto, TariffsDto } from '@peyk/contracts';
import { query } from '@peyk/database';
import { DataSource } from 'typeorm';

@Injectable()
export class TariffsService {
  constructor(private readonly dataSource: DataSource) {}

  /** Price of one part for each operator, in the order of `operators`. @throws tariff.missing when one has none */
  async prices({ lineClass, language }: PricesQueryDto): Promise<PricesDto> {
    const rows = await query<OperatorPriceDto>(
      this.dataSource,
      `SELECT DISTINCT ON (operator) operator, rials_per_part AS "rialsPerPart" FROM tariffs
        WHERE line_class = $1 AND language = $2 AND valid_from <= now()
        ORDER BY operator, valid_from DESC`,
      [lineClass, language],
    );
    return {
      prices: operators.map((operator) => {
        const price = rows.find((row) => row.operator === operator);
        if (!price) throw new DomainError('tariff.missing', { lineClass, language, operator });
        return price;
      }),
    };
  }

  /** All tariffs valid now (BIL-021). */
  async list(): Promise<TariffsDto> {
    const rows = await query<Omit<TariffDto, 'validFrom'> & { validFrom: Date }>(
      this.dataSource,
      `SELECT DISTINCT ON (line_class, language, operator) line_class AS "lineClass", language, operator,
              rials_per_part AS "rialsPerPart", valid_from AS "validFrom"
         FROM tariffs WHERE valid_from <= now()
        ORDER BY line_class, language, operator, valid_from DESC`,
    );
    return { tariffs: rows.map((row) => ({ ...row, validFrom: row.validFrom.toISOString() })) };
  }
}
