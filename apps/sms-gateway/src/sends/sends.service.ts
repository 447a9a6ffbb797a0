import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { DomainError, isErrorCode, laneMaxRecipients } from '@peyk/contracts';
import { billingHoldsRpc, billingPricesRpc, billingWalletsRpc } from '@peyk/contracts/billing';
import { dispatchWork, smsEvents } from '@peyk/contracts/sms';
import { targetingListsRpc, targetingRecipientsRpc } from '@peyk/contracts/targeting';
import type { Lane, LineClass, SendState } from '@peyk/contracts';
import type {
  ListUseDto,
  ListUseQueryDto,
  QuoteDto,
  QuoteRequestDto,
  SendChangeDto,
  SendDto,
  SendRequestDto,
  SendsDto,
  SendsQueryDto,
  SendTitleDto,
} from '@peyk/contracts/sms';
import type { OperatorCountDto, RecipientCountDto, RecipientsDto } from '@peyk/contracts/targeting';
import { Transactions, execute, query, uuidv7, uuidv7LowerBound, violatedConstraint } from '@peyk/database';
import { MESSAGING, Outbox, publishWork } from '@peyk/messaging';
import type { MessagingRuntime } from '@peyk/messaging';
import { isSeen, nextTehranOpening } from '@peyk/persian';
import { DataSource, EntityManager, SelectQueryBuilder } from 'typeorm';
import { countActivity } from '../activity/activity.entity';
import { SMS_CONFIG } from '../config';
import type { SmsGatewayConfig } from '../config';
import { decodeCursor, encodeCursor, uuidPattern } from '../cursor';
import { CustomersService } from '../customers/customers.service';
import { Nudge } from '../dispatch/nudge';
import { Round } from '../dispatch/round';
import { Line } from '../lines/line.entity';
import { LinesService } from '../lines/lines.service';
import { LinksService } from '../links/links.service';
import { assertOneSource, countTyped, measureText, priceRows } from './quote';
import type { TextMeasure } from './quote';
import { occurrenceAt } from './repetition';
import {
  Send,
  assertMove,
  costArray,
  plannedStates,
  priceArray,
  runningStates,
  sendToDto,
  statesBefore,
} from './send.entity';
import { SendSearch } from './send-search';

const pricesCacheMs = 5_000;
/** A send that nobody captured from for so long is surely over; running sends end far earlier. */
const holdDays = 60;
const farthestDays = 366;
/** Most that a list counts. */
const totalMax = 10_000;
/** Clocks of programs and of the database are closer than that. */
/** Sends of a list that are named when it cannot be deleted. */
const usesMax = 10;
const clockSlackMs = 3_600_000;
const clockToleranceMs = 60_000;
/** A send whose hold was not confirmed within this time was interrupted: the leader takes it up. */
const placingStuckMs = 20_000;

/** A change of a send before its time is made anew as often when another one overtakes it. */
const changeLooks = 3;

type Terms = Pick<Send, 'linkId' | 'refundPolicy' | 'is66Char' | 'language' | 'parts'>;
type Planned = Terms & Pick<Send, 'quotedRials' | 'plannedRials' | 'prices' | 'costs' | 'resellerId'>;

/** What a part costs the customer, and with a reseller the reseller: by operator code. */
type Prices = Pick<Send, 'prices' | 'costs' | 'resellerId'>;

@Injectable()
export class SendsService {
  private readonly prices = new Map<string, Prices & { readonly untilMs: number }>();
  private readonly placing: Round;
  readonly search: SendSearch;

  constructor(
    private readonly dataSource: DataSource,
    private readonly transactions: Transactions,
    private readonly lines: LinesService,
    private readonly links: LinksService,
    private readonly customers: CustomersService,
    private readonly outbox: Outbox,
    private readonly nudge: Nudge,
    @Inject(MESSAGING) private readonly messaging: MessagingRuntime,
    @Inject(SMS_CONFIG) private readonly config: Pick<SmsGatewayConfig, 'lateMinutes' | 'dearerPercent'>,
  ) {
    this.placing = new Round('due sends', messaging.logger);
    this.search = new SendSearch(dataSource);
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
      this.messaging.rpc.call(billingWalletsRpc.read, { customerId }, 'service'),
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
    const { quotedRials, ...prices } = await this.priced(customerId, line, measure, byOperator);

    const send = new Send();
    Object.assign(send, {
      id: uuidv7(),
      customerId,
      lineId: line.id,
      ...termsOf(line, measure),
      idempotencyKey: request.idempotencyKey,
      requestHash,
      title: titleOf(request.title),
      body: request.text,
      kind: recipients === 1 ? 'single' : 'group',
      lane,
      listId,
      firstPosition,
      recipients,
      ...prices,
      quotedRials,
      state: sendAt && sendAt > new Date() ? 'scheduled' : 'placing',
      sendAt,
      repeatEvery: request.repeat?.every ?? null,
      repeatTimes: request.repeat?.times ?? null,
      repeatNo: 1,
      repeatFrom: request.repeat ? (sendAt ?? new Date()) : null,
    } satisfies Partial<Send>);

    if (send.state === 'scheduled') await this.assertCredit(customerId, quotedRials);
    try {
      await this.transactions.run(async (tx) => {
        await tx.getRepository(Send).insert(send);
        await this.search.put(tx, send);
      });
    } catch (error) {
      if (violatedConstraint(error) !== 'sends_idempotency') throw error;
      const first = await this.findByKey(customerId, request.idempotencyKey);
      if (first) return this.repeated(first, requestHash);
      throw error;
    }
    if (send.state === 'placing') await this.place(send.id, true, numbers !== undefined);
    else if (!numbers) await this.assertList(send);
    return this.read(customerId, send.id);
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

  /**
   * From when a send is laid down its list is not deleted any more (campaign-targeting asks `usesOf` before): whether it
   * was just before. Then the send is refused, and list.notFound thrown.
   */
  private async assertList(send: Send): Promise<void> {
    try {
      await this.countOf(send);
    } catch (error) {
      if (error instanceof DomainError && error.code === 'list.notFound') await this.refuse(send, error.code);
      throw error;
    }
  }

  async read(customerId: string, sendId: string): Promise<SendDto> {
    const sends = await this.toDtos([await this.own(customerId, sendId)]);
    return sends[0] as SendDto;
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

  /** One that runs, or one before its time, which then waits until it is resumed. */
  async pause(customerId: string, sendId: string): Promise<SendDto> {
    const send = await this.own(customerId, sendId);
    if (send.state === 'scheduled') await this.move(send, 'suspended');
    else if (send.state !== 'paused' && send.state !== 'suspended') {
      await this.move(send, 'paused');
      await this.withdraw(send);
    }
    return this.read(customerId, sendId);
  }

  /** One whose time passed while it was suspended is given another one first: `send.timePast`. */
  async resume(customerId: string, sendId: string): Promise<SendDto> {
    const send = await this.own(customerId, sendId);
    if (send.state === 'suspended') {
      if (send.sendAt && send.sendAt.getTime() < Date.now() - clockToleranceMs)
        throw new DomainError('send.timePast', { field: 'sendAt' });
      await this.move(send, 'scheduled');
    } else if (send.state !== 'scheduled' && send.state !== 'queued' && send.state !== 'sending') {
      if (send.state !== 'paused')
        throw new DomainError('send.wrongState', { state: send.state, wanted: 'sending' });
      await this.move(send, send.startedAt ? 'sending' : 'queued');
      this.nudge.dispatch();
    }
    return this.read(customerId, sendId);
  }

  async cancel(customerId: string, sendId: string): Promise<SendDto> {
    const send = await this.own(customerId, sendId);
    if (plannedStates.includes(send.state)) {
      if (!(await this.cancelPlanned(send, 'id = $1', send.id)))
        throw new DomainError('send.wrongState', { wanted: 'cancelled' });
    } else if (send.state !== 'cancelled' && send.state !== 'cancelling') {
      await this.move(send, 'cancelling');
      await this.withdraw(send);
      this.nudge.dispatch();
    }
    // Of a repeated send the further occurrences go too.
    await this.cancelPlanned(send, 'repeat_of = $1', send.repeatOf ?? send.id);
    return this.read(customerId, sendId);
  }

  /**
   * Changes a send before its time (SMS-207): what is not said stays. Nothing is held yet, so no hold has to follow; the
   * credit is looked at as when it was scheduled. A change of an occurrence is one of those that follow it too, except of
   * the time: they keep to the first one's, unless that one is moved. Throws send.wrongState once it has begun.
   */
  async change(customerId: string, { sendId, ...wanted }: SendChangeDto): Promise<SendDto> {
    const sendAt = this.checkedTime(wanted.sendAt);
    if (wanted.recipients) assertOneSource(wanted.recipients);
    // A change that another one overtook is made anew on what that one left.
    for (let look = 1; ; look++) {
      const send = await this.own(customerId, sendId);
      if (!plannedStates.includes(send.state))
        throw new DomainError('send.wrongState', { state: send.state, wanted: 'scheduled' });
      const change: Partial<Send> = {
        ...(wanted.title !== undefined && { title: titleOf(wanted.title) }),
        ...(sendAt && this.movedTo(send, sendAt)),
        ...((wanted.text !== undefined || wanted.recipients) && (await this.rewritten(send, wanted))),
      };
      if (await this.writeChange(send, change)) {
        if (wanted.recipients?.listId) await this.assertChangedList(send, change);
        return this.read(customerId, sendId);
      }
      if (look >= changeLooks) throw new DomainError('send.wrongState', { wanted: 'scheduled' });
    }
  }

  /** As {@link assertList}, of a send that was there before: it goes back to what it was. Throws list.notFound. */
  private async assertChangedList(before: Send, change: Partial<Send>): Promise<void> {
    try {
      await this.countOf({ ...before, ...change });
    } catch (error) {
      if (error instanceof DomainError && error.code === 'list.notFound') {
        const names = Object.keys(change) as (keyof Send)[];
        const was = Object.fromEntries(names.map((name) => [name, before[name]]));
        await this.writeChange({ ...before, revision: before.revision + 1 }, was);
      }
      throw error;
    }
  }

  /** Unless something else happened to it since it was read. */
  private writeChange(send: Omit<Send, 'line'>, change: Partial<Send>): Promise<boolean> {
    const { id, state, revision } = send;
    return this.transactions.run(async (tx) => {
      const { affected } = await tx
        .getRepository(Send)
        .update({ id, state, revision }, { ...change, revision: revision + 1 });
      if (affected !== 1) return false;
      await this.search.put(tx, { ...send, ...change });
      return true;
    });
  }

  private movedTo(send: Send, sendAt: Date): Partial<Send> {
    if (!send.repeatEvery || !send.repeatFrom) return { sendAt };
    if (send.repeatNo === 1) return { sendAt, repeatFrom: sendAt };
    const isLast = send.repeatNo >= (send.repeatTimes ?? 0);
    if (!isLast && sendAt >= occurrenceAt(send.repeatFrom, send.repeatEvery, send.repeatNo + 1))
      throw new DomainError('send.timeBehindNext', { field: 'sendAt' });
    return { sendAt };
  }

  /** Another text or other recipients: measured, counted and priced like a new send. */
  private async rewritten(
    send: Send,
    { text = send.body, recipients }: Pick<SendChangeDto, 'text' | 'recipients'>,
  ): Promise<Partial<Send>> {
    const line = await this.lines.usable(send.customerId, send.lineId);
    const measure = measureText(text, line.is66Char);
    const laneFor = (count: number): Lane => changedLane(send, count);
    if (recipients?.numbers)
      laneFor(countTyped(recipients.numbers, { row: recipients.row, count: recipients.count }).recipients);
    const slice = recipients ?? { listId: send.listId, row: send.firstPosition, count: send.recipients };
    const { byOperator, ...resolved } = await this.resolve(send.customerId, slice);
    const lane = laneFor(resolved.recipients);
    const { quotedRials, ...prices } = await this.priced(send.customerId, line, measure, byOperator);
    await this.assertCredit(send.customerId, quotedRials);
    return {
      body: text,
      ...termsOf(line, measure),
      ...resolved,
      kind: resolved.recipients === 1 ? 'single' : 'group',
      lane,
      ...prices,
      quotedRials,
    };
  }

  private async priced(
    customerId: string,
    line: Line,
    measure: TextMeasure,
    byOperator: readonly OperatorCountDto[],
  ): Promise<Prices & Pick<Send, 'quotedRials'>> {
    const prices = await this.pricesOf(customerId, line.lineClass, measure.language);
    const rows = priceRows(byOperator, measure.parts, prices.prices);
    return { ...prices, quotedRials: rows.reduce((sum, row) => sum + row.totalRials, 0) };
  }

  /** The credit is held when the time comes (SMS-207); what could not be paid today is refused now. */
  private async assertCredit(customerId: string, neededRials: number): Promise<void> {
    const { availableRials } = await this.messaging.rpc.call(
      billingWalletsRpc.read,
      { customerId },
      'service',
    );
    if (availableRials < neededRials)
      throw new DomainError('wallet.insufficientCredit', { neededRials, availableRials });
  }

  /**
   * Holds the credit of a `placing` send and queues it. Safe to run again at any point: the hold's id is the send's.
   * `throwRefusal`: the person waits for the answer; else the refusal stands in the send (SMS-209). `hasNewList`: its list
   * was made for it, so nobody can have deleted it.
   */
  async place(sendId: string, throwRefusal: boolean, hasNewList = false): Promise<void> {
    const send = await this.dataSource.getRepository(Send).findOneBy({ id: sendId });
    if (send?.state !== 'placing') return;
    if (isLate(send, await this.lineOf(send), this.config.lateMinutes, new Date())) return this.miss(send);
    try {
      if (await this.customers.isDisabled(this.dataSource, send.customerId))
        throw new DomainError('account.disabled');
      if (!hasNewList) await this.countOf(send);
      await this.messaging.rpc.call(
        billingHoldsRpc.place,
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
      // Of one that was not scheduled; else it lies there since the time came.
      await this.layNext(tx, send);
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
        await this.place(await this.fire(id), false);
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
        publishWork(this.messaging, dispatchWork.withdraw, queue, { sendId: send.id }),
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
        const line = await this.lineOf(send);
        return sendToDto(send, line, this.nudge.partsPerSecond(send.id, contracts.get(send.linkId) ?? 0));
      }),
    );
  }

  /** As it stands now, whoever may use it. */
  private async lineOf({ lineId }: Pick<Send, 'lineId'>): Promise<Line> {
    return (
      (await this.lines.byId()).get(lineId) ??
      (await this.dataSource.getRepository(Line).findOneByOrFail({ id: lineId }))
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
  private cancelPlanned(send: Send, where: 'id = $1' | 'repeat_of = $1', id: string): Promise<boolean> {
    return this.transactions.run(async (tx) => {
      await lockRepetition(tx, send);
      const ended = await query<Pick<Send, 'id' | 'customerId'>>(
        tx,
        `UPDATE sends SET state = 'cancelled', settled = true, finished_at = now() WHERE state = ANY($2) AND ${where}
         RETURNING id, customer_id AS "customerId"`,
        [id, plannedStates],
      );
      for (const one of ended) await this.tellFinished(tx, one, 'cancelled');
      return ended.length > 0;
    });
  }

  private tellFinished(
    tx: EntityManager,
    { id, customerId }: Pick<Send, 'id' | 'customerId'>,
    state: SendState,
  ): Promise<void> {
    return this.outbox.add(tx, smsEvents.sendFinished, `send:${id}`, { sendId: id, customerId, state });
  }

  private async refuse(send: Send, code: string, to: 'refused' | 'missed' = 'refused'): Promise<void> {
    await this.transactions.run(async (tx) => {
      const moved = await execute(
        tx,
        `UPDATE sends SET state = $3, refusal = $2, settled = true, finished_at = now()
          WHERE id = $1 AND state = ANY($4)`,
        [send.id, code, to, statesBefore(to)],
      );
      if (moved === 1) await this.tellFinished(tx, send, to);
    });
  }

  /** A send that was being placed when its time had passed: whether its credit is held is not known, so it is given back. */
  private async miss(send: Send): Promise<void> {
    try {
      await this.messaging.rpc.call(billingHoldsRpc.release, { holdId: send.id }, 'service');
    } catch (error) {
      if (!(error instanceof DomainError) || error.code !== 'hold.notFound') throw error;
    }
    await this.refuse(send, 'send.late', 'missed');
  }

  /**
   * A send whose time has come, as it can be sent today: its line and prices are looked at anew, then it is `placing`, or
   * over; the next occurrence is laid down in the same transaction, so that each fires once. Of occurrences that are all
   * due only the newest is sent. Answers the one to be placed.
   */
  private async fire(sendId: string): Promise<string> {
    const send = await this.dataSource.getRepository(Send).findOneBy({ id: sendId, state: 'scheduled' });
    if (!send) return sendId;
    const today = await this.today(send, new Date());
    const next = await this.transactions.run(async (tx) => {
      await lockRepetition(tx, send);
      const isOver = today.state !== 'placing';
      const { affected } = await tx
        .getRepository(Send)
        .update(
          { id: sendId, state: 'scheduled', revision: send.revision },
          { ...today, ...(isOver && { settled: true, finishedAt: () => 'now()' }) },
        );
      if (affected !== 1) return undefined;
      if (isOver) await this.tellFinished(tx, send, today.state);
      return this.layNext(tx, { ...send, ...today });
    });
    return next?.sendAt && next.sendAt <= new Date() ? this.fire(next.id) : sendId;
  }

  /** What becomes of a due send now. Throws when a service that has to be asked is away. */
  private async today(
    send: Send,
    now: Date,
  ): Promise<Pick<Send, 'state'> & Partial<Pick<Send, 'refusal'> & Planned>> {
    const next = nextOf(send);
    if (next && next <= now) return { state: 'missed', refusal: 'send.superseded' };
    if (isLate(send, await this.lineOf(send), this.config.lateMinutes, now))
      return { state: 'missed', refusal: 'send.late' };
    try {
      const line = await this.lines.usable(send.customerId, send.lineId);
      const measure = measureText(send.body, line.is66Char);
      const { byOperator } = await this.countOf(send);
      const priced = await this.priced(send.customerId, line, measure, byOperator);
      const isDearer = priced.quotedRials > send.quotedRials * (1 + this.config.dearerPercent / 100);
      return {
        state: 'placing',
        ...termsOf(line, measure),
        ...priced,
        plannedRials: isDearer ? send.quotedRials : null,
      };
    } catch (error) {
      if (!(error instanceof DomainError) || error.kind === 'unavailable' || error.kind === 'internal')
        throw error;
      return { state: 'refused', refusal: error.code };
    }
  }

  /** The next occurrence of a repeated send, if there is one and it does not lie there yet. */
  private async layNext(tx: EntityManager, send: Omit<Send, 'line'>): Promise<Send | undefined> {
    const sendAt = nextOf(send);
    if (!sendAt) return undefined;
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
      sendAt,
      repeatEvery: send.repeatEvery,
      repeatTimes: send.repeatTimes,
      repeatNo: send.repeatNo + 1,
      repeatOf: send.repeatOf ?? send.id,
      repeatFrom: send.repeatFrom,
    } satisfies Partial<Send>);
    await tx.createQueryBuilder().insert().into(Send).values(next).orIgnore().updateEntity(false).execute();
    await this.search.put(tx, next);
    return next;
  }

  private async resolve(
    customerId: string,
    recipients: RecipientsDto,
  ): Promise<{ listId: string; firstPosition: number; recipients: number; byOperator: OperatorCountDto[] }> {
    if (recipients.numbers) {
      const list = await this.messaging.rpc.call(
        targetingListsRpc.createTyped,
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

  private countList(customerId: string, recipients: RecipientsDto): Promise<RecipientCountDto> {
    return this.messaging.rpc.call(
      targetingRecipientsRpc.count,
      { listId: recipients.listId ?? '', customerId, row: recipients.row, count: recipients.count },
      'service',
    );
  }

  private countOf({
    customerId,
    listId,
    firstPosition: row,
    recipients: count,
  }: Send): Promise<RecipientCountDto> {
    return this.countList(customerId, { listId, row, count });
  }

  private async pricesOf(customerId: string, lineClass: LineClass, language: 'fa' | 'en'): Promise<Prices> {
    const key = `${customerId} ${lineClass} ${language}`;
    const known = this.prices.get(key);
    if (known && known.untilMs > Date.now()) {
      const { untilMs: _untilMs, ...prices } = known;
      return prices;
    }
    const answer = await this.messaging.rpc.call(
      billingPricesRpc.read,
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
    // Whoever asks again may not have heard whether its list was there.
    if (send.state === 'scheduled') await this.assertList(send);
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

/** Of a repeated send: one that fires and one that cancels the rest wait for each other. */
async function lockRepetition(
  tx: EntityManager,
  { id, repeatOf }: Pick<Send, 'id' | 'repeatOf'>,
): Promise<void> {
  await query(tx, 'SELECT FROM sends WHERE id = $1 FOR NO KEY UPDATE', [repeatOf ?? id]);
}

/** When the occurrence after this one is planned; undefined: there is none. */
function nextOf(
  send: Pick<Send, 'repeatEvery' | 'repeatTimes' | 'repeatNo' | 'repeatFrom'>,
): Date | undefined {
  const { repeatEvery, repeatTimes, repeatNo, repeatFrom } = send;
  if (!repeatEvery || !repeatFrom || repeatNo >= (repeatTimes ?? 0)) return undefined;
  return occurrenceAt(repeatFrom, repeatEvery, repeatNo + 1);
}

/**
 * Whether a send would begin now more than `minutes` after it would have: hours in which its line does not send count
 * neither way. One for 23:00 on a line that opens at 8:00 is not late at 7:00; one for 20:30 that is placed at 21:15,
 * when the line has closed, is.
 */
export function isLate(
  send: Pick<Send, 'sendAt' | 'createdAt'>,
  line: Pick<Line, 'hasHours' | 'hoursFrom' | 'hoursTo'>,
  minutes: number,
  now: Date,
): boolean {
  const begin = (from: Date): number =>
    (line.hasHours ? nextTehranOpening(from, { from: line.hoursFrom, to: line.hoursTo }) : from).getTime();
  return begin(now) - begin(send.sendAt ?? send.createdAt) > minutes * 60_000;
}

/** A changed send keeps its lane while it may; one that grew too large for it is bulk. Throws send.laneNotAllowed. */
function changedLane(send: Pick<Send, 'lane'>, recipients: number): Lane {
  if (send.lane === 'transactional' && recipients > laneMaxRecipients.transactional) return 'bulk';
  return laneOf(send.lane, recipients);
}

/** One of nothing that can be seen is none. */
function titleOf(title = ''): string {
  return isSeen(title) ? title : '';
}

/** What a send takes from its line and from its text. */
function termsOf(line: Line, measure: TextMeasure): Terms {
  return {
    linkId: line.linkId,
    refundPolicy: line.refundPolicy,
    is66Char: line.is66Char,
    language: measure.language,
    parts: measure.parts,
  };
}
