import { Inject, Injectable } from '@nestjs/common';
import { DomainError } from '@peyk/contracts';
import { smsEvents } from '@peyk/contracts/sms';
import type { EmptyDto, PageQueryDto } from '@peyk/contracts';
import type {
  AdminLineDto,
  AdminLinesDto,
  AdminLinesQueryDto,
  LineChangeDto,
  LineClassesDto,
  LineCreateDto,
  LinePoolDto,
  LineTermsDto,
  NewLineDto,
  PooledLineDto,
} from '@peyk/contracts/sms';
import { Transactions, query, uuidv7 } from '@peyk/database';
import { Outbox } from '@peyk/messaging';
import { toLatinDigits } from '@peyk/persian';
import { DataSource, EntityManager, MoreThan } from 'typeorm';
import { AdministrationLog } from '../administration/administration.log';
import { SMS_CONFIG } from '../config';
import type { SmsGatewayConfig } from '../config';
import { decodeCursor, encodeCursor, likePattern, uuidPattern } from '../cursor';
import { ownerShown } from '../customers/owner';
import { Link } from '../links/link.entity';
import { Line, LineClassTerms, PooledLine } from './line.entity';

const lineNumberPattern = /^[\w+]{1,25}$/;

/** Lines of all customers, for administrators (SMS-208). */
@Injectable()
export class LineAdministration {
  constructor(
    private readonly dataSource: DataSource,
    private readonly transactions: Transactions,
    private readonly outbox: Outbox,
    private readonly log: AdministrationLog,
    @Inject(SMS_CONFIG) private readonly config: Pick<SmsGatewayConfig, 'siteAccountId' | 'siteLineId'>,
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
      if (!known || known.retiredAt) throw new DomainError('line.notFound');
      const { customerId, hoursFrom, hoursTo, active, shared, lineClass } = known;
      const before = { customerId, hoursFrom, hoursTo, active, shared, lineClass };
      const after = { ...before };
      for (const [name, value] of Object.entries(wanted))
        if (value !== undefined) Object.assign(after, { [name]: value });
      assertHours(after);
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

  /** Throws line.numberTaken, link.notFound, input.invalid. */
  async create(by: string, { customerId, ...wanted }: LineCreateDto): Promise<AdminLineDto> {
    const terms = newLineOf(wanted);
    return this.transactions.run(async (tx) => {
      await this.assertFree(tx, terms);
      const lines = tx.getRepository(Line);
      const [known] = await query<{ id: string }>(
        tx,
        'SELECT id FROM lines WHERE line_key(number) = line_key($1)',
        [terms.number],
      );
      const retired = known && (await lines.findOneBy({ id: known.id }));
      const line = lines.create({
        ...retired,
        is66Char: false,
        shared: false,
        ...terms,
        id: retired?.id ?? uuidv7(),
        customerId: customerId ?? this.config.siteAccountId,
        active: true,
        retiredAt: null,
        secretaryText: null,
      });
      await lines.save(line);
      const { number, ...after } = terms;
      await this.log.record(tx, `line:${line.id}`, {
        action: 'line.created',
        by,
        customerId: customerId ?? null,
        on: { line: number },
        after: { ...after, customerId: customerId ?? null },
      });
      return this.toDto(await lines.findOneOrFail({ where: { id: line.id }, relations: { link: true } }));
    });
  }

  /** Throws line.notFound, line.inUse. */
  async retire(by: string, lineId: string): Promise<AdminLineDto> {
    return this.transactions.run(async (tx) => {
      const lines = tx.getRepository(Line);
      const known = await lines.findOne({ where: { id: lineId }, lock: { mode: 'pessimistic_write' } });
      if (!known || known.retiredAt) throw new DomainError('line.notFound');
      const open = await query(
        tx,
        `SELECT FROM sends WHERE line_id = $1 AND state <> ALL (ARRAY['finished'::text, 'cancelled'::text, 'refused'::text]) AND state <> 'missed' LIMIT 1`,
        [lineId],
      );
      if (open.length > 0 || lineId === this.config.siteLineId) throw new DomainError('line.inUse');
      await lines.update(
        { id: lineId },
        { active: false, shared: false, secretaryText: null, retiredAt: new Date() },
      );
      await this.log.record(tx, `line:${lineId}`, {
        action: 'line.retired',
        by,
        customerId: ownerShown(known.customerId, this.config),
        on: { line: known.number },
      });
      return this.toDto(await lines.findOneOrFail({ where: { id: lineId }, relations: { link: true } }));
    });
  }

  async listPool({ cursor, limit = 50 }: PageQueryDto): Promise<LinePoolDto> {
    const after = decodeCursor(cursor, uuidPattern);
    const pool = this.dataSource.getRepository(PooledLine);
    const found = await pool.find({
      where: after ? { id: MoreThan(after) } : {},
      relations: { link: true },
      order: { id: 'ASC' },
      take: limit + 1,
    });
    const page = found.slice(0, limit);
    const last = page.at(-1);
    return {
      lines: page.map(pooledToDto),
      total: await pool.count(),
      ...(found.length > limit && last ? { nextCursor: encodeCursor(last.id) } : {}),
    };
  }

  /** Throws line.numberTaken, link.notFound, input.invalid. */
  async addToPool(by: string, wanted: NewLineDto): Promise<PooledLineDto> {
    const terms = newLineOf(wanted);
    return this.transactions.run(async (tx) => {
      await this.assertFree(tx, terms);
      const pool = tx.getRepository(PooledLine);
      const id = uuidv7();
      await pool.insert({ ...terms, id });
      await this.log.record(tx, `pooled:${id}`, { action: 'line.pooled', by, on: { line: terms.number } });
      return pooledToDto(await pool.findOneOrFail({ where: { id }, relations: { link: true } }));
    });
  }

  /** Throws line.notFound. */
  async removeFromPool(by: string, pooledId: string): Promise<EmptyDto> {
    await this.transactions.run(async (tx) => {
      const pool = tx.getRepository(PooledLine);
      const known = await pool.findOne({ where: { id: pooledId }, lock: { mode: 'pessimistic_write' } });
      if (!known) throw new DomainError('line.notFound');
      await pool.delete({ id: pooledId });
      await this.log.record(tx, `pooled:${pooledId}`, {
        action: 'line.unpooled',
        by,
        on: { line: known.number },
      });
    });
    return {};
  }

  /** One number is one line, in use or in the pool. */
  private async assertFree(
    tx: EntityManager,
    { number, linkId }: Pick<Line, 'number' | 'linkId'>,
  ): Promise<void> {
    await tx.query("SELECT pg_advisory_xact_lock(hashtext('line numbers'))");
    if (!(await tx.getRepository(Link).existsBy({ id: linkId }))) throw new DomainError('link.notFound');
    const taken = await query(
      tx,
      `SELECT FROM lines WHERE line_key(number) = line_key($1) AND retired_at IS NULL
       UNION ALL SELECT FROM line_pool WHERE line_key(number) = line_key($1)`,
      [number],
    );
    if (taken.length > 0) throw new DomainError('line.numberTaken', { field: 'number' });
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
      retiredAt: line.retiredAt?.toISOString() ?? null,
    };
  }
}

type NewLine = Pick<Line, 'number' | 'linkId' | 'lineClass' | 'hoursFrom' | 'hoursTo' | 'refundPolicy'>;

/** Throws input.invalid. */
function newLineOf<T extends NewLineDto>({ number, ...wanted }: T): Omit<T, 'number'> & NewLine {
  const plain = toLatinDigits(number).trim();
  const digits = plain.replaceAll(/[\s\-().]/g, '').replace(/^(\+|00)(?=98)/, '');
  const written = /^\d+$/.test(digits) ? digits : plain;
  if (!/^(\d{3,20}|[A-Za-z][A-Za-z0-9]{1,10})$/.test(written))
    throw new DomainError('input.invalid', {
      fields: [{ field: 'number', rule: 'lineNumber', message: 'number must be a number or a short name' }],
    });
  const terms = {
    ...wanted,
    number: written,
    hoursFrom: wanted.hoursFrom ?? 0,
    hoursTo: wanted.hoursTo ?? 24,
    refundPolicy: wanted.refundPolicy ?? ('submitted' as const),
  };
  assertHours(terms);
  return terms;
}

/** Throws input.invalid. */
function assertHours({ hoursFrom, hoursTo }: Pick<Line, 'hoursFrom' | 'hoursTo'>): void {
  if (hoursFrom === hoursTo)
    throw new DomainError('input.invalid', {
      fields: [{ field: 'hoursTo', rule: 'differs', message: 'hoursTo must differ from hoursFrom' }],
    });
}

function pooledToDto(line: PooledLine): PooledLineDto {
  const { id, number, lineClass, linkId, hoursFrom, hoursTo } = line;
  return { id, number, lineClass, linkId, link: line.link?.name ?? '', hoursFrom, hoursTo };
}
