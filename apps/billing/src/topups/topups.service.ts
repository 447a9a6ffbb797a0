import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import type { OnModuleDestroy } from '@nestjs/common';
import { DomainError } from '@peyk/contracts';
import type {
  PaymentCallbackDto,
  PaymentStartDto,
  TopupDto,
  TopupReceiptDto,
  TopupRequestDto,
  TopupsDto,
  TopupsQueryDto,
} from '@peyk/contracts/billing';
import { execute, query, Transactions, uuidv7 } from '@peyk/database';
import { counter } from '@peyk/platform';
import { DataSource } from 'typeorm';
import { BankBusyError, BanksService } from '../banks/banks.service';
import type { Bank, BankCallback, Requested } from '../banks/bank';
import { TiersService } from '../tiers/tiers.service';
import { Clock } from './clock';
import { Topup } from './topup.entity';
import { nextAsk, payableMs, requestMs } from './topup.machine';
import { TopupSettler } from './topup.settler';
import { TopupStore } from './topup.store';

export class TopupSettings {
  constructor(
    /** Where people reach the gateway, without a slash at its end: banks send them back there. */
    readonly publicUrl: string,
    readonly minRials: number,
    readonly maxRials: number,
  ) {}
}

/** Begun in the last `payableMs` and not finished, of one customer. */
const openMax = 20;
/** The payer's browser waits so long for the bank's word; the asking goes on without it. */
const callbackWaitMs = 8_000;
const checkWaitMs = 3_000;
const drainMs = 10_000;
const pageSize = 50;
/** A number that another installation used is passed over; more than a few in a row are another problem. */
const orderTries = 3;

const foreign = counter('topup_foreign_callbacks_total', 'Callbacks that did not belong to their payment', [
  'bank',
]);

/** Payments of people through banks (BIL-001..012, BIL-203). */
@Injectable()
export class TopupsService implements OnModuleDestroy {
  private readonly logger = new Logger(TopupsService.name);
  private readonly underWay = new Set<Promise<void>>();

  constructor(
    private readonly dataSource: DataSource,
    private readonly transactions: Transactions,
    private readonly banks: BanksService,
    private readonly store: TopupStore,
    private readonly settler: TopupSettler,
    private readonly tiers: TiersService,
    private readonly settings: TopupSettings,
    private readonly clock: Clock,
  ) {}

  /** What a silent bank keeps longer is taken up by the janitor, of this or another program. */
  async onModuleDestroy(): Promise<void> {
    await this.within(drainMs, async () => void (await Promise.all(this.underWay)));
  }

  /**
   * Begins a payment once per idempotency key: the row first, then the bank is asked for a payment. A request that was cut
   * off is made again by a repeat.
   * @throws topup.amountOutOfRange, topup.tooManyOpen, bank.unavailable, idempotency.keyReused, tariff.missing
   */
  async create(customerId: string, request: TopupRequestDto): Promise<TopupDto> {
    const { amountRials, bank: code, idempotencyKey } = request;
    const known = await this.known(customerId, idempotencyKey);
    if (known) return this.repeated(known, request);
    const { minRials, maxRials } = this.settings;
    if (amountRials < minRials || amountRials > maxRials)
      throw new DomainError('topup.amountOutOfRange', { minRials, maxRials, amountRials });
    await this.banks.usable(code);
    const { giftRials } = await this.tiers.quote(customerId, amountRials);
    const now = this.clock.now();
    const id = uuidv7();
    const made = await this.transactions.run(async (tx) => {
      // Of one customer one after the other, so that the bound holds however many are asked for at once.
      await query(tx, 'SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`topups:${customerId}`]);
      const again = await query(tx, 'SELECT FROM topups WHERE customer_id = $1 AND idempotency_key = $2', [
        customerId,
        idempotencyKey,
      ]);
      if (again.length > 0) return false;
      const [open] = await query<{ count: number }>(
        tx,
        `SELECT count(*)::int AS count FROM topups
          WHERE customer_id = $1 AND state IN ('created', 'sent') AND created_at > $2`,
        [customerId, new Date(now.getTime() - payableMs)],
      );
      if ((open?.count ?? 0) >= openMax) throw new DomainError('topup.tooManyOpen', { atOnce: openMax });
      await execute(
        tx,
        `INSERT INTO topups (id, customer_id, idempotency_key, bank, amount_rials, gift_rials, state, next_look_at, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, 'created', $7, $8)`,
        [
          id,
          customerId,
          idempotencyKey,
          code,
          amountRials,
          giftRials,
          new Date(now.getTime() + requestMs),
          now,
        ],
      );
      return true;
    });
    if (made) return this.request(id);
    const first = await this.known(customerId, idempotencyKey);
    if (!first) throw new Error('the top-up is neither new nor known');
    return this.repeated(first, request);
  }

  /** @param customerId null: anybody's. @throws topup.notFound */
  async read(customerId: string | null, id: string): Promise<TopupDto> {
    return this.dto(await this.own(customerId, id));
  }

  /** @param customerId null: everybody's */
  async list(
    customerId: string | null,
    { state, cursor, limit = pageSize }: TopupsQueryDto,
  ): Promise<TopupsDto> {
    const search = this.dataSource.getRepository(Topup).createQueryBuilder('t').orderBy('t.id', 'DESC');
    // One by one: a condition that may not apply keeps the index from being used.
    if (customerId !== null) search.andWhere('t.customer_id = :customerId', { customerId });
    if (state !== undefined) search.andWhere('t.state = :state', { state });
    if (cursor !== undefined) search.andWhere('t.id < :before', { before: beforeOf(cursor) });
    const rows = await search.take(limit + 1).getMany();
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    return {
      topups: await this.store.dto(page, this.settings.publicUrl),
      ...(rows.length > limit && last ? { nextCursor: Buffer.from(last.id).toString('base64url') } : {}),
    };
  }

  /** @throws topup.notFound, topup.notCredited */
  async receipt(customerId: string | null, id: string): Promise<TopupReceiptDto> {
    const topup = await this.own(customerId, id);
    const { creditedAt, saleReference, orderId } = topup;
    if (!creditedAt || saleReference === null) throw new DomainError('topup.notCredited');
    const [customer] = await query<{ name: string }>(
      this.dataSource,
      'SELECT name FROM customers WHERE customer_id = $1',
      [topup.customerId],
    );
    const { bankTitle, amountRials, giftRials, totalRials } = await this.dto(topup);
    return {
      topupId: id,
      customerName: customer?.name ?? '',
      bankTitle,
      orderNumber: String(orderId),
      referenceNumber: saleReference,
      card: topup.card,
      amountRials,
      giftRials,
      totalRials,
      creditedAt: creditedAt.toISOString(),
    };
  }

  /** How a browser gets to the bank. @throws topup.notFound */
  async start(id: string): Promise<PaymentStartDto> {
    const topup = await this.own(null, id);
    const dto = await this.dto(topup);
    if (topup.state !== 'sent' || topup.reference === null) return { topup: dto, fields: [] };
    const { method, url, fields } = this.banks.driver(topup.bank).departure(topup.reference);
    return {
      topup: dto,
      method,
      url,
      fields: Object.entries(fields).map(([name, value]) => ({ name, value })),
    };
  }

  /**
   * A browser came back. What it brought must be of this very payment; then the bank is asked, and only its answer counts.
   * @throws topup.notFound, topup.callbackForeign
   */
  async callback({ topupId, fields }: PaymentCallbackDto): Promise<TopupDto> {
    const known = await this.own(null, topupId);
    const bank = this.banks.driver(known.bank);
    const callback = bank.readCallback(
      Object.fromEntries(fields.map(({ name, value }) => [name, value.trim()])),
    );
    if (!callback || !isOf(callback, known)) {
      foreign.inc({ bank: known.bank });
      this.logger.warn({ msg: 'a callback of a bank does not belong to its payment', topupId });
      throw new DomainError('topup.callbackForeign');
    }
    const after = await this.note(topupId, callback);
    if (after?.state === 'reversed') this.giveBack(bank, after);
    // A callback that comes again asks nothing again.
    if (after?.state === 'unknown') await this.within(callbackWaitMs, () => this.settler.ask(topupId));
    return this.read(null, topupId);
  }

  /**
   * Asks the bank once more: about one whose outcome is open, and about one that is not paid as far as is known.
   * @throws topup.notFound, topup.decided, bank.unavailable
   */
  async check(id: string): Promise<TopupDto> {
    const known = await this.own(null, id);
    const bank = this.banks.driver(known.bank);
    await this.transactions.run(async (tx) => {
      const topup = await this.store.lock(tx, id);
      if (!topup || topup.state === 'unknown' || topup.state === 'verified') return;
      const canAsk = topup.reference !== null && (bank.asksWithoutCallback || topup.saleReference !== null);
      const event = topup.state === 'unresolved' ? 'askedAgain' : 'returned';
      const after = canAsk && (await this.store.move(tx, topup, event, this.firstAsk()));
      if (!after) throw new DomainError('topup.decided');
    });
    await this.within(checkWaitMs, () => this.settler.ask(id));
    return this.read(null, id);
  }

  /** Somebody other than a browser found that it may have been paid. @returns whether it is asked about now */
  async returned(id: string): Promise<boolean> {
    return this.transactions.run(async (tx) => {
      const topup = await this.store.lock(tx, id);
      return !!topup && !!(await this.store.move(tx, topup, 'returned', this.firstAsk()));
    });
  }

  /** Keeps what a callback of this payment says. @returns the payment when that changed its state */
  private note(id: string, callback: BankCallback): Promise<Topup | undefined> {
    return this.transactions.run(async (tx) => {
      const topup = await this.store.lock(tx, id);
      if (!topup) throw new DomainError('topup.notFound');
      const { claims, code: bankCode, saleReference = null, card = null, amountRials } = callback;
      if (claims !== 'paid') return this.store.move(tx, topup, claims, { bankCode });
      // Never confirmed: the bank gives it back.
      if (amountRials !== undefined && amountRials !== topup.amountRials)
        return this.store.move(tx, topup, 'differed', { bankCode: 'amount', saleReference, card });
      return this.store.move(tx, topup, 'returned', { saleReference, card, ...this.firstAsk() });
    });
  }

  /** The bank gives back by itself what nobody verifies; asked for it, at once. */
  private giveBack(bank: Bank, topup: Topup): void {
    this.logger.warn({ msg: 'paid with another amount: given back', topupId: topup.id, bank: bank.code });
    const payment = this.store.payment(topup);
    void this.keep(
      this.banks
        .call(
          bank,
          'reverse',
          () => bank.reverse(payment),
          ({ is }) => is,
        )
        .then(() => undefined),
    );
  }

  /** A new payment at the bank, by the holder of the lease of the row. */
  private async request(id: string): Promise<TopupDto> {
    for (let attempt = 0; attempt < orderTries; attempt += 1) {
      const topup = await this.claimRequest(id);
      if (!topup) break;
      const bank = this.banks.driver(topup.bank);
      const order = {
        orderId: String(topup.orderId),
        amountRials: topup.amountRials,
        callbackUrl: `${this.settings.publicUrl}/api/v1/payments/${id}/callback`,
        description: `شارژ حساب پیک، درخواست ${topup.orderId}`,
      };
      const requested = await this.banks
        .call(
          bank,
          'request',
          () => bank.request(order),
          ({ is }) => is,
        )
        .catch((error: unknown): Requested => {
          if (error instanceof BankBusyError) return { is: 'refused', code: 'busy' };
          throw error;
        });
      await this.requested(topup, requested, attempt === orderTries - 1);
    }
    return this.read(null, id);
  }

  /** With a number of its own: what an earlier request with another number brought, nobody ever sees. */
  private async claimRequest(id: string): Promise<Topup | undefined> {
    const now = this.clock.now();
    const leasedUntil = new Date(now.getTime() + requestMs);
    const claimed = await execute(
      this.dataSource,
      `UPDATE topups SET order_id = nextval('topup_orders'), leased_until = $2, next_look_at = $2
        WHERE id = $1 AND state = 'created' AND (leased_until IS NULL OR leased_until <= $3)`,
      [id, leasedUntil, now],
    );
    return claimed === 1 ? ((await this.store.find(id)) ?? undefined) : undefined;
  }

  private requested(topup: Topup, requested: Requested, isLast: boolean): Promise<void> {
    return this.transactions.run(async (tx) => {
      const now = await this.store.lock(tx, topup.id);
      if (!now || now.orderId !== topup.orderId) return;
      const nextLookAt = new Date(this.clock.now().getTime() + payableMs);
      if (requested.is === 'accepted') {
        const { reference } = requested;
        await this.store.move(tx, now, 'accepted', { reference, nextLookAt });
      } else if (requested.is === 'refused' || isLast) {
        const bankCode = requested.is === 'refused' ? requested.code : '41';
        this.logger.warn({ msg: 'the bank gives no payment', topupId: topup.id, bank: topup.bank, bankCode });
        await this.store.move(tx, now, 'refused', { bankCode });
      } else await this.store.note(tx, now, {});
    });
  }

  private firstAsk(): { asked: number; askedSince: Date; nextLookAt: Date | null } {
    const now = this.clock.now();
    return { asked: 0, askedSince: now, nextLookAt: nextAsk(now, 0, now) ?? null };
  }

  private async repeated(topup: Topup, { amountRials, bank }: TopupRequestDto): Promise<TopupDto> {
    if (topup.amountRials !== amountRials || topup.bank !== bank)
      throw new DomainError('idempotency.keyReused');
    return topup.state === 'created' ? this.request(topup.id) : this.dto(topup);
  }

  private known(customerId: string, idempotencyKey: string): Promise<Topup | null> {
    return this.dataSource.getRepository(Topup).findOneBy({ customerId, idempotencyKey });
  }

  private async own(customerId: string | null, id: string): Promise<Topup> {
    const topup = await this.store.find(id);
    if (!topup || (customerId !== null && topup.customerId !== customerId))
      throw new DomainError('topup.notFound');
    return topup;
  }

  private async dto(topup: Topup): Promise<TopupDto> {
    const [dto] = await this.store.dto([topup], this.settings.publicUrl);
    if (!dto) throw new Error('no answer');
    return dto;
  }

  /** What takes longer goes on by itself, and is waited for at the program's end. */
  private async within(ms: number, act: () => Promise<void>): Promise<void> {
    const waiting = new AbortController();
    const done = this.keep(act());
    await Promise.race([done, sleep(ms, undefined, { signal: waiting.signal }).catch(() => undefined)]);
    waiting.abort();
  }

  private keep(work: Promise<void>): Promise<void> {
    const logged = work
      .catch((error: unknown) => this.logger.error({ msg: 'a bank was not asked', err: error }))
      .finally(() => this.underWay.delete(logged));
    this.underWay.add(logged);
    return logged;
  }
}

/** Whether it names this payment by all that this bank's callbacks have. */
function isOf({ reference, orderId }: BankCallback, topup: Topup): boolean {
  return reference === topup.reference && (orderId === undefined || orderId === String(topup.orderId));
}

/** @throws input.invalid */
function beforeOf(cursor: string): string {
  const id = Buffer.from(cursor, 'base64url').toString();
  if (/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/.test(id)) return id;
  throw new DomainError('input.invalid', {
    fields: [{ field: 'cursor', rule: 'cursor', message: 'cursor must come from nextCursor' }],
  });
}
