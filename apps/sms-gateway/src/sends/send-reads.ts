import { Injectable } from '@nestjs/common';
import { DomainError } from '@peyk/contracts';
import type {
  ListUseDto,
  ListUseQueryDto,
  SendDto,
  SendTitleDto,
  SendsDto,
  SendsQueryDto,
} from '@peyk/contracts/sms';
import { query, uuidv7LowerBound } from '@peyk/database';
import { DataSource } from 'typeorm';
import type { SelectQueryBuilder } from 'typeorm';
import { decodeCursor, encodeCursor, uuidPattern } from '../cursor';
import { Line } from '../lines/line.entity';
import { LinesService } from '../lines/lines.service';
import { LinksService } from '../links/links.service';
import { SendPaces } from '../signals/send-paces';
import { SendSearch } from './send-search';
import { Send, sendToDto } from './send.entity';

/** Most that a list counts. */
const totalMax = 10_000;
/** Sends of a list that are named when it cannot be deleted. */
const usesMax = 10;
/** Ids are made by clocks of programs, times by the clock of the database: they are closer than that. */
const clockSlackMs = 3_600_000;

/** Sends as their owners see them. */
@Injectable()
export class SendReads {
  constructor(
    private readonly dataSource: DataSource,
    private readonly lines: LinesService,
    private readonly links: LinksService,
    private readonly paces: SendPaces,
    readonly search: SendSearch,
  ) {}

  async read(customerId: string, sendId: string): Promise<SendDto> {
    const sends = await this.toDtos([await this.own(customerId, sendId)]);
    return sends[0] as SendDto;
  }

  async own(customerId: string, sendId: string): Promise<Send> {
    const send = await this.dataSource.getRepository(Send).findOneBy({ id: sendId });
    if (send?.customerId !== customerId) throw new DomainError('send.notFound');
    return send;
  }

  async list(customerId: string, filter: SendsQueryDto): Promise<SendsDto> {
    const limit = filter.limit ?? 50;
    const oldestFirst = filter.sort === 'oldest';
    const behind = decodeCursor(filter.cursor, uuidPattern);
    const search = this.dataSource
      .getRepository(Send)
      .createQueryBuilder('s')
      .where('s.customer_id = :customerId', { customerId })
      .orderBy('s.id', oldestFirst ? 'ASC' : 'DESC');
    if (filter.state) search.andWhere('s.state = :state', { state: filter.state });
    if (filter.kind) search.andWhere('s.kind = :kind', { kind: filter.kind });
    if (filter.lineId) search.andWhere('s.line_id = :lineId', { lineId: filter.lineId });
    // The ids tell the time well enough to find the place in the index; the clock of the database decides.
    const from = filter.from === undefined ? undefined : new Date(filter.from);
    const to = filter.to === undefined ? undefined : new Date(filter.to);
    const fromId = from && idAround(from, -clockSlackMs);
    const toId = to && idAround(to, clockSlackMs);
    if (from) search.andWhere('s.created_at >= :from AND s.id >= :fromId', { from, fromId });
    if (to) search.andWhere('s.created_at < :to AND s.id < :toId', { to, toId });
    const total = behind || filter.search ? undefined : await countUpTo(search, totalMax);
    if (behind) search.andWhere(oldestFirst ? 's.id > :behind' : 's.id < :behind', { behind });
    const range = {
      customerId,
      after: oldestFirst ? (behind ?? fromId) : fromId,
      before: oldestFirst ? toId : (behind ?? toId),
      oldestFirst,
    };
    const found = await this.search.page(search, filter.search, range, limit + 1);
    const page = found.slice(0, limit);
    const sends = await this.toDtos(page);
    const last = page.at(-1);
    return {
      sends,
      ...(total !== undefined && { total }),
      ...(found.length > limit && last && { nextCursor: encodeCursor(last.id) }),
    };
  }

  /** Of one customer; undefined: of anybody. */
  titles(customerId: string | undefined, sendIds: readonly string[]): Promise<SendTitleDto[]> {
    return query<SendTitleDto>(
      this.dataSource,
      `SELECT id AS "sendId", CASE WHEN lane = 'otp' THEN '' ELSE title END AS title, recipients FROM sends
        WHERE id = ANY($1) AND ($2::uuid IS NULL OR customer_id = $2)`,
      [sendIds, customerId ?? null],
    );
  }

  /** Sends that have not ended and need the list, the oldest first. */
  usesOf({ listId, customerId }: ListUseQueryDto): Promise<ListUseDto[]> {
    // In the words of the index sends_open, so that what has ended is not looked at.
    return query<ListUseDto>(
      this.dataSource,
      `SELECT id AS "sendId", CASE WHEN lane = 'otp' THEN '' ELSE title END AS title, state FROM sends
        WHERE state <> ALL (ARRAY['finished', 'cancelled', 'refused']) AND state <> 'missed'
          AND list_id = $1 AND customer_id = $2
        ORDER BY id LIMIT $3`,
      [listId, customerId, usesMax],
    );
  }

  /** As their owners see them. */
  async toDtos(sends: readonly Send[]): Promise<SendDto[]> {
    const contracts = await this.links.contracts(sends.map(({ linkId }) => linkId));
    return Promise.all(
      sends.map(async (send) => {
        const line = await this.lineOf(send);
        return sendToDto(send, line, this.paces.partsPerSecond(send.id, contracts.get(send.linkId) ?? 0));
      }),
    );
  }

  /** As it stands now, no matter who may use it. */
  async lineOf({ lineId }: Pick<Send, 'lineId'>): Promise<Line> {
    return (
      (await this.lines.byId()).get(lineId) ??
      (await this.dataSource.getRepository(Line).findOneByOrFail({ id: lineId }))
    );
  }
}

/** Undefined when there are more than `most`. */
async function countUpTo(search: SelectQueryBuilder<Send>, most: number): Promise<number | undefined> {
  const some = search
    .clone()
    .select('1')
    .orderBy()
    .limit(most + 1);
  const [text, parameters] = some.getQueryAndParameters();
  const [row] = await query<{ found: number }>(
    search.connection,
    `SELECT count(*)::int AS found FROM (${text}) AS found_rows`,
    parameters as unknown[],
  );
  const found = row?.found ?? 0;
  return found > most ? undefined : found;
}

/** Bound for ids made about then; a time that no id can have is moved to one that it can. */
function idAround(time: Date, slackMs: number): string {
  return uuidv7LowerBound(new Date(Math.min(Math.max(0, time.getTime() + slackMs), 2 ** 47)));
}
