import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import {
  DomainError,
  billingRpc,
  dispatchWork,
  isErrorCode,
  laneMaxRecipients,
  smsEvents,
  targetingRpc,
} from '@peyk/contracts';
import type {
  Lane,
  LineClass,
  OperatorCountDto,
  QuoteDto,
  QuoteRequestDto,
  RecipientsDto,
  RepeatPeriod,
  SendDto,
  SendRequestDto,
  SendsDto,
  SendsQueryDto,
  SendState,
} from '@peyk/contracts';
import { Transactions, execute, query, uuidv7, uuidv7LowerBound, violatedConstraint } from '@peyk/database';
import { MESSAGING, Outbox, publishWork } from '@peyk/messaging';
import type { MessagingRuntime } from '@peyk/messaging';
import {
  addTehranDays,
  fromJalali,
  isJalaliDate,
  nextTehranOpening,
  startOfTehranDay,
  toJalali,
} from '@peyk/persian';
import { DataSource, EntityManager, SelectQueryBuilder } from 'typeorm';
import { countActivity } from '../activity/activity.entity';
import { decodeCursor, encodeCursor, likePattern, uuidPattern } from '../cursor';
import { CustomersService } from '../customers/customers.service';
import { Nudge } from '../dispatch/nudge';
import { Round } from '../dispatch/round';
import { Line } from '../lines/line.entity';
import { LinesService } from '../lines/lines.service';
import { LinksService } from '../links/links.service';
import { assertOneSource, countTyped, measureText, priceRows } from './quote';
import {
  Send,
  assertMove,
  costArray,
  priceArray,
  runningStates,
  sendToDto,
  statesBefore,
} from './send.entity';

const pricesCacheMs = 5_000;
/** A send that nobody captured from for so long is surely over; running sends end far earlier. */
const holdDays = 60;
const farthestDays = 366;
/** Most that a list counts. */
const totalMax = 10_000;
/** Clocks of programs and of the database are closer than that. */
const clockSlackMs = 3_600_000;
const clockToleranceMs = 60_000;
/** A send whose hold was not confirmed within this time was interrupted: the leader takes it up. */
const placingStuckMs = 20_000;

/** What a part costs the customer, and with a reseller the reseller: by operator code. */
type Prices = Pick<Send, 'prices' | 'costs' | 'resellerId'>;

@Injectable()
export class SendsService {
  private readonly prices = new Map<string, Prices & { readonly untilMs: number }>();
  private readonly placing: Round;

  constructor(
    private readonly dataSource: DataSource,
    private readonly transactions: Transactions,
    private readonly lines: LinesService,
    private readonly links: LinksService,
    private readonly customers: CustomersService,
    private readonly outbox: Outbox,
    private readonly nudge: Nudge,
    @Inject(MESSAGING) private readonly messaging: MessagingRuntime,
  ) {
    this.placing = new Round('due sends', messaging.logger);
  }

  /** SMS-005, SMS-008, SMS-213. */
  async quote(customerId: string, request: QuoteRequestDto): Promise<QuoteDto> {
    assertOneSource(request.recipients);
    const line = await this.lines.usable(customerId, request.lineId);
    const measure = measureText(request.text, line.is66Char);
    const { numbers, row, count } = request.recipients;
    const typed = numbers ? countTyped(numbers, { row, count }) : undefined;
    const [counts, { prices }, wallet] = await Promise.all([
      typed
        ? typed.byOperator
        : this.countList(customerId, request.recipients).then((count) => count.byOperator),
      this.pricesOf(customerId, line.lineClass, measure.language),
      this.messaging.rpc.call(billingRpc.readWallet, { customerId }, 'service'),
    ]);
    const rows = priceRows(counts, measure.parts, prices);
    const totalRials = rows.reduce((sum, row) => sum + row.totalRials, 0);
    const now = new Date();
    return {
      recipients: rows.reduce((sum, row) => sum + row.recipients, 0),
      parts: measure.parts,
      units: measure.units,
      language: measure.language,
      ucs2Letters: measure.ucs2Letters,
      rows,
      totalRials,
      availableRials: wallet.availableRials,
      enough: wallet.availableRials >= totalRials,
      line: line.toDto(),
      startsAt: (line.hasHours
        ? nextTehranOpening(now, { from: line.hoursFrom, to: line.hoursTo })
        : now
      ).toISOString(),
      invalidNumbers: typed?.invalid ?? 0,
      duplicateNumbers: typed?.duplicates ?? 0,
    };
  }

  /**
   * Accepts a send once per idempotency key. The row is written first (`placing`), then the credit is held under the
   * send's own id, then it is queued: a crash between is taken up by the leader, and a repeated request goes on.
   */
  async create(customerId: string, request: SendRequestDto): Promise<SendDto> {
    const requestHash = hashOf(request);
    const known = await this.findByKey(customerId, request.idempotencyKey);
    if (known) return this.repeated(known, requestHash);

    assertOneSource(request.recipients);
    const line = await this.lines.usable(customerId, request.lineId);
    const measure = measureText(request.text, line.is66Char);
    const sendAt = this.checkedTime(request.sendAt);
    // Before a list is made of them: what is refused leaves nothing behind.
    const { numbers, row, count } = request.recipients;
    if (numbers) laneOf(request.lane, countTyped(numbers, { row, count }).recipients);
    const { listId, firstPosition, recipients, byOperator } = await this.resolve(
      customerId,
      request.recipients,
    );
    const lane = laneOf(request.lane, recipients);
    const { prices, ...resale } = await this.pricesOf(customerId, line.lineClass, measure.language);
    const quotedRials = priceRows(byOperator, measure.parts, prices).reduce(
      (sum, row) => sum + row.totalRials,
      0,
    );

    const send = new Send();
    Object.assign(send, {
      id: uuidv7(),
      customerId,
      lineId: line.id,
      linkId: line.linkId,
      idempotencyKey: request.idempotencyKey,
      requestHash,
      title: request.title ?? '',
      body: request.text,
      kind: recipients === 1 ? 'single' : 'group',
      lane,
      language: measure.language,
      parts: measure.parts,
      is66Char: line.is66Char,
      listId,
      firstPosition,
      recipients,
      prices,
      ...resale,
      quotedRials,
      refundPolicy: line.refundPolicy,
      state: sendAt && sendAt > new Date() ? 'scheduled' : 'placing',
      sendAt,
      repeatEvery: request.repeat?.every ?? null,
      repeatTimes: request.repeat?.times ?? null,
      repeatNo: 1,
    } satisfies Partial<Send>);

    if (send.state === 'scheduled') {
      // The credit is held when the time comes (SMS-207); one that could not be paid today is refused now.
      const wallet = await this.messaging.rpc.call(billingRpc.readWallet, { customerId }, 'service');
      if (wallet.availableRials < quotedRials) {
        throw new DomainError('wallet.insufficientCredit', {
          neededRials: quotedRials,
          availableRials: wallet.availableRials,
        });
      }
    }
    try {
      await this.transactions.run(async (tx) => {
        await tx.getRepository(Send).insert(send);
        if (send.state === 'placing') await this.layNext(tx, send);
      });
    } catch (error) {
      if (violatedConstraint(error) !== 'sends_idempotency') throw error;
      const first = await this.findByKey(customerId, request.idempotencyKey);
      if (first) return this.repeated(first, requestHash);
      throw error;
    }
    if (send.state === 'placing') {
      await this.place(send.id, true);
    }
    return this.read(customerId, send.id);
  }

  async read(customerId: string, sendId: string): Promise<SendDto> {
    const sends = await this.toDtos([await this.own(customerId, sendId)]);
    return sends[0] as SendDto;
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
    if (filter.search) {
      search.andWhere("(s.title ILIKE :like ESCAPE '\\' OR s.body ILIKE :like ESCAPE '\\')", {
        like: likePattern(filter.search),
      });
    }
    if (filter.lineId) search.andWhere('s.line_id = :lineId', { lineId: filter.lineId });
    // The ids tell the time well enough to find the place in the index; the clock of the database decides.
    if (filter.from) {
      const from = new Date(filter.from);
      search.andWhere('s.created_at >= :from AND s.id >= :fromId', {
        from,
        fromId: idAround(from, -clockSlackMs),
      });
    }
    if (filter.to) {
      const to = new Date(filter.to);
      search.andWhere('s.created_at < :to AND s.id < :toId', { to, toId: idAround(to, clockSlackMs) });
    }
    const total = behind || filter.search ? undefined : await countUpTo(search, totalMax);
    if (behind) search.andWhere(oldestFirst ? 's.id > :behind' : 's.id < :behind', { behind });
    const found = await search.take(limit + 1).getMany();
    const page = found.slice(0, limit);
    const sends = await this.toDtos(page);
    const last = page.at(-1);
    return {
      sends,
      ...(total !== undefined && { total }),
      ...(found.length > limit && last && { nextCursor: encodeCursor(last.id) }),
    };
  }

  async pause(customerId: string, sendId: string): Promise<SendDto> {
    const send = await this.own(customerId, sendId);
    if (send.state !== 'paused') {
      await this.move(send, 'paused');
      await this.withdraw(send);
    }
    return this.read(customerId, sendId);
  }

  async resume(customerId: string, sendId: string): Promise<SendDto> {
    const send = await this.own(customerId, sendId);
    if (send.state !== 'queued' && send.state !== 'sending') {
      if (send.state !== 'paused')
        throw new DomainError('send.wrongState', { state: send.state, wanted: 'sending' });
      await this.move(send, send.startedAt ? 'sending' : 'queued');
      this.nudge.dispatch();
    }
    return this.read(customerId, sendId);
  }

  async cancel(customerId: string, sendId: string): Promise<SendDto> {
    const send = await this.own(customerId, sendId);
    if (send.state === 'scheduled') {
      if (!(await this.cancelScheduled('id = $1', send.id)))
        throw new DomainError('send.wrongState', { wanted: 'cancelled' });
    } else if (send.state !== 'cancelled' && send.state !== 'cancelling') {
      await this.move(send, 'cancelling');
      await this.withdraw(send);
      this.nudge.dispatch();
    }
    // Of a repeated send the further occurrences go too.
    await this.cancelScheduled('repeat_of = $1', send.repeatOf ?? send.id);
    return this.read(customerId, sendId);
  }

  /**
   * Holds the credit of a `placing` send and queues it. Safe to run again at any point: the hold's id is the send's.
   * `throwRefusal`: the person waits for the answer; else the refusal stands in the send (SMS-209).
   */
  async place(sendId: string, throwRefusal: boolean): Promise<void> {
    const send = await this.dataSource.getRepository(Send).findOneBy({ id: sendId });
    if (send?.state !== 'placing') return;
    try {
      if (await this.customers.isDisabled(this.dataSource, send.customerId))
        throw new DomainError('account.disabled');
      await this.messaging.rpc.call(
        billingRpc.placeHold,
        {
          holdId: send.id,
          customerId: send.customerId,
          amountRials: send.quotedRials,
          purpose: 'send',
          expiresAt: new Date(
            send.createdAt.getTime() + (farthestDays + holdDays) * 86_400_000,
          ).toISOString(),
        },
        'service',
      );
    } catch (error) {
      // Whether it was held is not known: the leader asks again with the same id.
      if (!(error instanceof DomainError) || error.kind === 'unavailable' || error.kind === 'internal')
        throw error;
      await this.refuse(send, error.code);
      if (throwRefusal) throw error;
      return;
    }
    await this.transactions.run(async (tx) => {
      const disabled = await this.customers.isDisabledFor(tx, send.customerId);
      const moved = await execute(
        tx,
        `UPDATE sends SET state = 'queued' WHERE id = $1 AND state = 'placing'`,
        [send.id],
      );
      if (moved === 0) return;
      if (disabled) await this.pauseAllOf(tx, send.customerId);
      await this.outbox.add(tx, smsEvents.sendAccepted, `send:${send.id}`, {
        sendId: send.id,
        customerId: send.customerId,
        recipients: send.recipients,
        quotedRials: send.quotedRials,
      });
      await countActivity(tx, new Map([[send.customerId, { sends: 1, messages: send.recipients }]]));
    });
    this.nudge.dispatch();
  }

  /**
   * Scheduled sends whose time has come, and sends whose placing was interrupted. Run by the leader every second, in a
   * loop of its own: each waits for billing. Those that the round did not come to stay as they are, for the next one.
   */
  async fireDue(): Promise<void> {
    const resting = this.placing.resting;
    const due = await query<{ id: string }>(
      this.dataSource,
      `SELECT id FROM sends WHERE state = 'scheduled' AND send_at <= now() AND id <> ALL($1) ORDER BY send_at LIMIT 100`,
      [resting],
    );
    const stuck = await query<{ id: string }>(
      this.dataSource,
      `SELECT id FROM sends WHERE state = 'placing' AND coalesce(send_at, created_at) < now() - $2 * interval '1 ms' AND id <> ALL($1)
       ORDER BY id LIMIT 100`,
      [resting, placingStuckMs],
    );
    await this.placing.each(
      [...due, ...stuck],
      ({ id }) => id,
      async ({ id }) => {
        await this.fire(id);
        await this.place(id, false);
      },
    );
  }

  /** Pauses every running send of a customer who was disabled. @returns the sends, to be withdrawn from the sessions */
  async pauseAllOf(tx: EntityManager, customerId: string): Promise<string[]> {
    const paused = await query<{ id: string }>(
      tx,
      `UPDATE sends SET state = 'paused' WHERE customer_id = $1 AND state = ANY($2) RETURNING id`,
      [customerId, runningStates],
    );
    return paused.map(({ id }) => id);
  }

  /** Tells the sessions that hold messages of it to give back what they have not started. */
  async withdraw(send: Pick<Send, 'id'>): Promise<void> {
    const sessions = await query<{ queue: string }>(
      this.dataSource,
      `SELECT DISTINCT w.queue FROM batches b JOIN worker_sessions w ON w.id = b.session_id WHERE b.send_id = $1 AND b.state = 1 AND w.state = 'live'`,
      [send.id],
    );
    // A session that cannot be reached is ending; its batches come back that way.
    await Promise.allSettled(
      sessions.map(({ queue }) =>
        publishWork(this.messaging, dispatchWork.withdraw, queue, { sendId: send.id }, 'session'),
      ),
    );
  }

  async own(customerId: string, sendId: string): Promise<Send> {
    const send = await this.dataSource.getRepository(Send).findOneBy({ id: sendId });
    if (send?.customerId !== customerId) throw new DomainError('send.notFound');
    return send;
  }

  /** As their owners see them. */
  async toDtos(sends: readonly Send[]): Promise<SendDto[]> {
    const contracts = await this.links.contracts(sends.map(({ linkId }) => linkId));
    return Promise.all(
      sends.map(async (send) => {
        const line =
          (await this.lines.byId()).get(send.lineId) ??
          (await this.dataSource.getRepository(Line).findOneByOrFail({ id: send.lineId }));
        return sendToDto(send, line, this.nudge.partsPerSecond(send.id, contracts.get(send.linkId) ?? 0));
      }),
    );
  }

  private async move(send: Send, to: SendState): Promise<void> {
    assertMove(send.state, to);
    const moved = await execute(
      this.dataSource,
      'UPDATE sends SET state = $2 WHERE id = $1 AND state = ANY($3)',
      [send.id, to, statesBefore(to)],
    );
    if (moved === 0) throw new DomainError('send.wrongState', { wanted: to });
  }

  /** Sends before their time: no message and no hold exist, so they end at once. Answers whether there were any. */
  private cancelScheduled(where: 'id = $1' | 'repeat_of = $1', id: string): Promise<boolean> {
    return this.transactions.run(async (tx) => {
      const ended = await query<{ id: string; customer_id: string }>(
        tx,
        `UPDATE sends SET state = 'cancelled', settled = true, finished_at = now() WHERE state = 'scheduled' AND ${where} RETURNING id, customer_id`,
        [id],
      );
      for (const send of ended) {
        await this.outbox.add(tx, smsEvents.sendFinished, `send:${send.id}`, {
          sendId: send.id,
          customerId: send.customer_id,
          state: 'cancelled',
        });
      }
      return ended.length > 0;
    });
  }

  private async refuse(send: Send, code: string): Promise<void> {
    await this.transactions.run(async (tx) => {
      const moved = await execute(
        tx,
        `UPDATE sends SET state = 'refused', refusal = $2, settled = true, finished_at = now() WHERE id = $1 AND state = 'placing'`,
        [send.id, code],
      );
      if (moved === 0) return;
      await this.outbox.add(tx, smsEvents.sendFinished, `send:${send.id}`, {
        sendId: send.id,
        customerId: send.customerId,
        state: 'refused',
      });
    });
  }

  /** Moves a due send to `placing` and lays down the next occurrence, in one transaction: fires once. */
  private async fire(sendId: string): Promise<void> {
    await this.transactions.run(async (tx) => {
      const moved = await execute(
        tx,
        `UPDATE sends SET state = 'placing' WHERE id = $1 AND state = 'scheduled'`,
        [sendId],
      );
      if (moved === 1) await this.layNext(tx, await tx.getRepository(Send).findOneByOrFail({ id: sendId }));
    });
  }

  /** The next occurrence of a repeated send, if there is one. */
  private async layNext(tx: EntityManager, send: Send): Promise<void> {
    if (!send.repeatEvery || !send.repeatTimes || send.repeatNo >= send.repeatTimes) return;
    const next = new Send();
    Object.assign(next, {
      id: uuidv7(),
      customerId: send.customerId,
      lineId: send.lineId,
      linkId: send.linkId,
      idempotencyKey: null,
      requestHash: send.requestHash,
      title: send.title,
      body: send.body,
      kind: send.kind,
      lane: send.lane,
      language: send.language,
      parts: send.parts,
      is66Char: send.is66Char,
      listId: send.listId,
      firstPosition: send.firstPosition,
      recipients: send.recipients,
      prices: send.prices,
      resellerId: send.resellerId,
      costs: send.costs,
      quotedRials: send.quotedRials,
      refundPolicy: send.refundPolicy,
      state: 'scheduled',
      sendAt: nextOccurrence(send.sendAt ?? new Date(), send.repeatEvery),
      repeatEvery: send.repeatEvery,
      repeatTimes: send.repeatTimes,
      repeatNo: send.repeatNo + 1,
      repeatOf: send.repeatOf ?? send.id,
    } satisfies Partial<Send>);
    await tx.getRepository(Send).insert(next);
  }

  private async resolve(
    customerId: string,
    recipients: RecipientsDto,
  ): Promise<{ listId: string; firstPosition: number; recipients: number; byOperator: OperatorCountDto[] }> {
    if (recipients.numbers) {
      const list = await this.messaging.rpc.call(
        targetingRpc.createTyped,
        { customerId, numbers: recipients.numbers },
        'service',
      );
      const { row, count } = recipients;
      if (row === undefined && count === undefined)
        return { listId: list.id, firstPosition: 1, recipients: list.valid, byOperator: list.byOperator };
      return { listId: list.id, ...(await this.countList(customerId, { listId: list.id, row, count })) };
    }
    return { listId: recipients.listId ?? '', ...(await this.countList(customerId, recipients)) };
  }

  private countList(
    customerId: string,
    recipients: RecipientsDto,
  ): Promise<{ recipients: number; firstPosition: number; byOperator: OperatorCountDto[] }> {
    return this.messaging.rpc.call(
      targetingRpc.countRecipients,
      { listId: recipients.listId ?? '', customerId, row: recipients.row, count: recipients.count },
      'service',
    );
  }

  private async pricesOf(customerId: string, lineClass: LineClass, language: 'fa' | 'en'): Promise<Prices> {
    const key = `${customerId} ${lineClass} ${language}`;
    const known = this.prices.get(key);
    if (known && known.untilMs > Date.now()) {
      const { untilMs: _untilMs, ...prices } = known;
      return prices;
    }
    const answer = await this.messaging.rpc.call(
      billingRpc.prices,
      { customerId, lineClass, language },
      'service',
    );
    const resellerId = answer.resellerId ?? null;
    const prices = {
      prices: priceArray(answer.prices),
      resellerId,
      costs: resellerId === null ? null : costArray(answer.prices),
    };
    if (this.prices.size > 10_000) this.prices.clear();
    this.prices.set(key, { ...prices, untilMs: Date.now() + pricesCacheMs });
    return prices;
  }

  private checkedTime(sendAt: string | undefined): Date | null {
    if (sendAt === undefined) return null;
    const time = new Date(sendAt);
    if (time.getTime() < Date.now() - clockToleranceMs)
      throw new DomainError('send.timePast', { field: 'sendAt' });
    if (time.getTime() > Date.now() + farthestDays * 86_400_000) {
      throw new DomainError('send.timeTooFar', { field: 'sendAt', days: farthestDays });
    }
    return time;
  }

  private findByKey(customerId: string, idempotencyKey: string): Promise<Send | null> {
    return this.dataSource.getRepository(Send).findOneBy({ customerId, idempotencyKey });
  }

  private async repeated(send: Send, requestHash: string): Promise<SendDto> {
    if (send.requestHash !== requestHash) throw new DomainError('idempotency.keyReused');
    if (send.state === 'placing') await this.place(send.id, true);
    if (send.state === 'refused' && isErrorCode(send.refusal)) throw new DomainError(send.refusal);
    return this.read(send.customerId, send.id);
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

/** Throws send.laneNotAllowed. */
function laneOf(wanted: Lane | undefined, recipients: number): Lane {
  const lane = wanted ?? (recipients <= laneMaxRecipients.transactional ? 'transactional' : 'bulk');
  const maximum = laneMaxRecipients[lane];
  if (recipients > maximum)
    throw new DomainError('send.laneNotAllowed', { field: 'lane', lane, maximum, recipients });
  return lane;
}

/** The same request gives the same hash, whatever the order of its fields. */
function hashOf(request: SendRequestDto): string {
  const { idempotencyKey: _key, ...rest } = request;
  const stable = (value: unknown): unknown =>
    Array.isArray(value)
      ? value.map(stable)
      : typeof value === 'object' && value !== null
        ? Object.fromEntries(
            Object.entries(value)
              .filter(([, entry]) => entry !== undefined)
              .sort(([a], [b]) => (a < b ? -1 : 1))
              .map(([key, entry]) => [key, stable(entry)]),
          )
        : value;
  return createHash('sha256')
    .update(JSON.stringify(stable(rest)))
    .digest('hex');
}

/** The same Tehran time a day, a week or a Jalali month later; the 31st becomes the last day of a shorter month. */
export function nextOccurrence(from: Date, every: RepeatPeriod): Date {
  if (every === 'daily') return addTehranDays(from, 1);
  if (every === 'weekly') return addTehranDays(from, 7);
  const jalali = toJalali(from);
  const month = jalali.month === 12 ? 1 : jalali.month + 1;
  const year = jalali.month === 12 ? jalali.year + 1 : jalali.year;
  let day = jalali.day;
  while (!isJalaliDate({ year, month, day })) day--;
  return new Date(
    fromJalali({ year, month, day }).getTime() + (from.getTime() - startOfTehranDay(from).getTime()),
  );
}
