import { Injectable } from '@nestjs/common';
import { DomainError } from '@peyk/contracts';
import type { LineDto, LinesDto, SecretaryDto } from '@peyk/contracts/sms';
import { DataSource, IsNull } from 'typeorm';
import { measureText } from '../quotes/quote';
import { Line } from './line.entity';

/** Changes of lines act within a second (SMS-208). */
const cacheMs = 900;
const linesMax = 200;

/**
 * Sender lines (SMS-208): assigned to a customer; nobody else can use or see one. Who has none sends with the shared ones.
 */
@Injectable()
export class LinesService {
  private cache: { byId: Map<string, Line>; untilMs: number } | undefined;

  constructor(private readonly dataSource: DataSource) {}

  async listOf(customerId: string): Promise<LinesDto> {
    const repository = this.dataSource.getRepository(Line);
    const page = { order: { number: 'ASC' }, take: linesMax } as const;
    let lines = await repository.find({ where: { customerId, retiredAt: IsNull() }, ...page });
    if (lines.length === 0) lines = await repository.find({ where: { shared: true, active: true }, ...page });
    return { lines: lines.map((line) => line.toDto()) };
  }

  /** A line that the customer may send with. Throws line.notFound (also for another's), line.disabled. */
  async usable(customerId: string, lineId: string): Promise<Line> {
    const repository = this.dataSource.getRepository(Line);
    const line = await repository.findOneBy({ id: lineId });
    if (!line || line.retiredAt) throw new DomainError('line.notFound');
    const hasOwn = () => repository.existsBy({ customerId, retiredAt: IsNull() });
    if (line.customerId !== customerId && !(line.shared && !(await hasOwn())))
      throw new DomainError('line.notFound');
    if (!line.active) throw new DomainError('line.disabled');
    return line;
  }

  /** SMS-020. The answer is priced like any text when it is sent; here only its length is checked. */
  async setSecretary(customerId: string, { lineId, text }: SecretaryDto): Promise<LineDto> {
    const line = await this.usable(customerId, lineId);
    // What comes to a shared line is not for the one who sends with it.
    if (line.customerId !== customerId) throw new DomainError('line.notFound');
    if (text !== null) measureText(text, line.is66Char);
    await this.dataSource.getRepository(Line).update({ id: line.id }, { secretaryText: text });
    line.secretaryText = text;
    return line.toDto();
  }

  /** All lines by id, at most a second old: for the dispatch loops. */
  async byId(): Promise<ReadonlyMap<string, Line>> {
    if (!this.cache || this.cache.untilMs < Date.now()) {
      const lines = await this.dataSource.getRepository(Line).find();
      this.cache = { byId: new Map(lines.map((line) => [line.id, line])), untilMs: Date.now() + cacheMs };
    }
    return this.cache.byId;
  }
}
