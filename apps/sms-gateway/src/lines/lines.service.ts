import { Injectable } from '@nestjs/common';
import { DomainError } from '@peyk/contracts';
import type { LineDto, LinesDto, SecretaryDto } from '@peyk/contracts';
import { DataSource } from 'typeorm';
import { measureText } from '../sends/quote';
import { Line } from './line.entity';

const cacheMs = 2_000;

/** Sender lines (SMS-208): assigned to a customer; nobody else can use or see one. */
@Injectable()
export class LinesService {
  private cache: { byId: Map<string, Line>; untilMs: number } | undefined;

  constructor(private readonly dataSource: DataSource) {}

  async listOf(customerId: string): Promise<LinesDto> {
    const lines = await this.dataSource
      .getRepository(Line)
      .find({ where: { customerId }, order: { number: 'ASC' }, take: 200 });
    return { lines: lines.map((line) => line.toDto()) };
  }

  /** A line that the customer may send with. Throws line.notFound (also for another's), line.disabled. */
  async usable(customerId: string, lineId: string): Promise<Line> {
    const line = await this.dataSource.getRepository(Line).findOneBy({ id: lineId });
    if (line?.customerId !== customerId) throw new DomainError('line.notFound');
    if (!line.active) throw new DomainError('line.disabled');
    return line;
  }

  /** SMS-020. The answer is priced like any text when it is sent; here only its length is checked. */
  async setSecretary(customerId: string, { lineId, text }: SecretaryDto): Promise<LineDto> {
    const line = await this.usable(customerId, lineId);
    if (text !== null) measureText(text, line.is66Char);
    await this.dataSource.getRepository(Line).update({ id: line.id }, { secretaryText: text });
    line.secretaryText = text;
    return line.toDto();
  }

  /** All lines by id, at most two seconds old: for the dispatch loops. */
  async byId(): Promise<ReadonlyMap<string, Line>> {
    if (!this.cache || this.cache.untilMs < Date.now()) {
      const lines = await this.dataSource.getRepository(Line).find();
      this.cache = { byId: new Map(lines.map((line) => [line.id, line])), untilMs: Date.now() + cacheMs };
    }
    return this.cache.byId;
  }
}
