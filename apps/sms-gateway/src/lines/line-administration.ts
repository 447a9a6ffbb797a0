import { Inject, Injectable } from '@nestjs/common';
import { DomainError, smsEvents } from '@peyk/contracts';
import type {
  AdminLineDto,
  AdminLinesDto,
  AdminLinesQueryDto,
  LineChangeDto,
  LineClassesDto,
  LineTermsDto,
} from '@peyk/contracts';
import { Transactions } from '@peyk/database';
import { Outbox } from '@peyk/messaging';
import { toLatinDigits } from '@peyk/persian';
import { DataSource } from 'typeorm';
import { SMS_CONFIG } from '../config';
import type { SmsGatewayConfig } from '../config';
import { decodeCursor, encodeCursor, likePattern } from '../cursor';
import { ownerShown } from '../customers/owner';
import { Line, LineClassTerms } from './line.entity';

const lineNumberPattern = /^[\w+]{1,25}$/;

/** Lines of all customers, for administrators (SMS-208). */
@Injectable()
export class LineAdministration {
  constructor(
    private readonly dataSource: DataSource,
    private readonly transactions: Transactions,
    private readonly outbox: Outbox,
    @Inject(SMS_CONFIG) private readonly config: Pick<SmsGatewayConfig, 'siteAccountId'>,
  ) {}

  async list(filter: AdminLinesQueryDto): Promise<AdminLinesDto> {
    const limit = filter.limit ?? 50;
    const after = decodeCursor(filter.cursor, lineNumberPattern);
    const search = this.dataSource
      .getRepository(Line)
      .createQueryBuilder('l')
      .innerJoinAndSelect('l.link', 'k')
      .orderBy('l.number', 'ASC')
      .take(limit + 1);
    if (after) search.andWhere('l.number > :after', { after });
    if (filter.customerId) search.andWhere('l.customer_id = :customerId', { customerId: filter.customerId });
    if (filter.linkId) search.andWhere('l.link_id = :linkId', { linkId: filter.linkId });
    if (filter.search) {
      const part = toLatinDigits(filter.search).replaceAll(/[\s\-+]/g, '');
      search.andWhere("l.number LIKE :part ESCAPE '\\'", { part: likePattern(part) });
    }
    const found = await search.getMany();
    const page = found.slice(0, limit);
    const last = page.at(-1);
    return {
      lines: page.map((line) => this.toDto(line)),
      ...(found.length > limit && last ? { nextCursor: encodeCursor(last.number) } : {}),
    };
  }

  async listClasses(): Promise<LineClassesDto> {
    const found = await this.dataSource
      .getRepository(LineClassTerms)
      .find({ order: { lineClass: 'ASC' }, take: 10 });
    return { lineClasses: found.map(({ lineClass, optOutWords }) => ({ lineClass, optOutWords })) };
  }

  /** Kept in the audit log by its event, unless nothing differs. Throws line.notFound, input.invalid. */
  async change(by: string, { lineId, ...wanted }: LineChangeDto): Promise<AdminLineDto> {
    return this.transactions.run(async (tx) => {
      const lines = tx.getRepository(Line);
      const known = await lines.findOne({ where: { id: lineId }, lock: { mode: 'pessimistic_write' } });
      if (!known) throw new DomainError('line.notFound');
      const { customerId, hoursFrom, hoursTo, active, shared } = known;
      const before = { customerId, hoursFrom, hoursTo, active, shared };
      const after = { ...before };
      for (const [name, value] of Object.entries(wanted))
        if (value !== undefined) Object.assign(after, { [name]: value });
      if (after.hoursFrom === after.hoursTo)
        throw new DomainError('input.invalid', {
          fields: [{ field: 'hoursTo', rule: 'differs', message: 'hoursTo must differ from hoursFrom' }],
        });
      const isOthers = after.customerId !== before.customerId;
      await lines.update({ id: lineId }, { ...after, ...(isOthers && { secretaryText: null }) });
      if (Object.entries(after).some(([name, value]) => value !== before[name as keyof typeof before]))
        await this.outbox.add(tx, smsEvents.lineChanged, `line:${lineId}`, {
          lineId,
          number: known.number,
          by,
          before: this.termsOf(before),
          after: this.termsOf(after),
        });
      return this.toDto(await lines.findOneOrFail({ where: { id: lineId }, relations: { link: true } }));
    });
  }

  private termsOf(terms: LineTermsDto & { customerId: string }): LineTermsDto {
    return { ...terms, customerId: ownerShown(terms.customerId, this.config) };
  }

  private toDto(line: Line): AdminLineDto {
    return {
      ...line.toDto(),
      shared: line.shared,
      customerId: ownerShown(line.customerId, this.config),
      linkId: line.linkId,
      link: line.link?.name ?? '',
    };
  }
}
