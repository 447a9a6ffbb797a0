import { Injectable } from '@nestjs/common';
import { billingEvents } from '@peyk/contracts/billing';
import type { TopupDto, TopupState } from '@peyk/contracts/billing';
import { execute, query } from '@peyk/database';
import { Outbox } from '@peyk/messaging';
import { counter } from '@peyk/platform';
import { DataSource } from 'typeorm';
import type { EntityManager } from 'typeorm';
import { BanksService } from '../banks/banks.service';
import type { BankPayment } from '../banks/bank';
import { Clock } from './clock';
import { Topup } from './topup.entity';
import { messageOf, moved } from './topup.machine';
import type { TopupEvent } from './topup.machine';

/** Longer than verify and settle together may take (`bankTimeoutMs` each). */
const leaseMs = 90_000;

type Changes = Partial<
  Pick<
    Topup,
    | 'reference'
    | 'saleReference'
    | 'card'
    | 'bankCode'
    | 'asked'
    | 'askedSince'
    | 'nextLookAt'
    | 'leasedUntil'
    | 'creditedAt'
  >
>;

const moves = counter('topup_moves_total', 'Payments through banks by what happened to them', [
  'bank',
  'event',
  'state',
]);

/** What stands for a code of the bank where it gave none. */
const ownTexts: Readonly<Record<string, string>> = {
  timeout: 'بانک در زمان مجاز پاسخ نداد.',
  noAnswer: 'بانک پاسخ نداد.',
  busy: 'درگاه بانک اکنون شلوغ است.',
  credited: 'این پرداخت بانک پیش از این برای درخواست دیگری به حساب آمده است.',
  amount: 'مبلغ پرداخت‌شده با مبلغ درخواست یکسان نبود.',
};

/** Rows of top-ups, and the only way in which their state changes. */
@Injectable()
export class TopupStore {
  constructor(
    private readonly dataSource: DataSource,
    private readonly outbox: Outbox,
    private readonly banks: BanksService,
    private readonly clock: Clock,
  ) {}

  find(id: string): Promise<Topup | null> {
    return this.dataSource.getRepository(Topup).findOneBy({ id });
  }

  lock(tx: EntityManager, id: string): Promise<Topup | null> {
    return tx.getRepository(Topup).findOne({ where: { id }, lock: { mode: 'pessimistic_write' } });
  }

  /**
   * Moves a top-up that `lock` gave, if the table allows it from the state that it is in.
   * @returns as it stands then; undefined where the move is refused
   */
  async move(
    tx: EntityManager,
    topup: Topup,
    event: TopupEvent,
    changes: Changes = {},
  ): Promise<Topup | undefined> {
    const state = moved(topup.state, event);
    if (!state) return undefined;
    const all = { nextLookAt: null, leasedUntil: null, ...changes, state };
    const { affected } = await tx.getRepository(Topup).update({ id: topup.id, state: topup.state }, all);
    if (affected !== 1) throw new Error(`top-up ${topup.id} was not locked`);
    moves.inc({ bank: topup.bank, event, state });
    const after = Object.assign(new Topup(), topup, all);
    if (state === 'failed' || state === 'reversed' || state === 'unresolved') {
      const { id: topupId, customerId, bank, amountRials } = after;
      const payload = { topupId, customerId, bank, amountRials, state, message: this.message(after) };
      await this.outbox.add(tx, billingEvents.topupFailed, `topup:${topupId}`, payload);
    }
    return after;
  }

  /** Changes what is known of a locked one, not its state; gives it back to the next look. */
  async note(tx: EntityManager, topup: Topup, changes: Changes): Promise<void> {
    await tx.getRepository(Topup).update({ id: topup.id }, { leasedUntil: null, ...changes });
  }

  /** Whether a payment of the bank is in a wallet. Until the transaction ends nobody else credits it. */
  async isCredited(tx: EntityManager, bank: string, saleReference: string): Promise<boolean> {
    await query(tx, 'SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [
      `sale:${bank}:${saleReference}`,
    ]);
    const credited = await query(
      tx,
      `SELECT FROM topups WHERE bank = $1 AND sale_reference = $2 AND state = 'credited'`,
      [bank, saleReference],
    );
    return credited.length > 0;
  }

  /** Takes this one from everybody else for a while; undefined while another has it, or in another state. */
  async claim(id: string, states: readonly TopupState[]): Promise<Topup | undefined> {
    const now = this.clock.now();
    const claimed = await execute(
      this.dataSource,
      `UPDATE topups SET leased_until = $1
        WHERE id = $2 AND state = ANY($3) AND (leased_until IS NULL OR leased_until <= $4)`,
      [new Date(now.getTime() + leaseMs), id, states, now],
    );
    return claimed === 1 ? ((await this.find(id)) ?? undefined) : undefined;
  }

  /** The same with one whose turn to be looked at has come. */
  async claimNext(): Promise<Topup | undefined> {
    const now = this.clock.now();
    const [claimed] = await query<{ id: string }>(
      this.dataSource,
      `UPDATE topups SET leased_until = $1 WHERE id = (
         SELECT id FROM topups WHERE next_look_at <= $2 AND (leased_until IS NULL OR leased_until <= $2)
          ORDER BY next_look_at LIMIT 1 FOR NO KEY UPDATE SKIP LOCKED)
       RETURNING id`,
      [new Date(now.getTime() + leaseMs), now],
    );
    return claimed ? ((await this.find(claimed.id)) ?? undefined) : undefined;
  }

  payment({ orderId, amountRials, reference, saleReference }: Topup): BankPayment {
    if (orderId === null || reference === null) throw new Error('the bank does not know this payment');
    return { orderId: String(orderId), amountRials, reference, saleReference };
  }

  message({ state, bank, bankCode }: Topup): string {
    if (bankCode === null) return messageOf(state);
    const text = Object.hasOwn(ownTexts, bankCode)
      ? ownTexts[bankCode]
      : this.banks.driverIfAny(bank)?.meaningOf(bankCode);
    return messageOf(state, text);
  }

  async dto(topups: readonly Topup[], publicUrl: string): Promise<TopupDto[]> {
    const banks = await this.banks.list(true);
    return topups.map((topup) => ({
      id: topup.id,
      customerId: topup.customerId,
      bank: topup.bank,
      bankTitle: banks.find(({ code }) => code === topup.bank)?.title ?? topup.bank,
      state: topup.state,
      amountRials: topup.amountRials,
      giftRials: topup.giftRials,
      totalRials: topup.amountRials + topup.giftRials,
      message: this.message(topup),
      bankCode: topup.bankCode,
      referenceNumber: topup.saleReference,
      card: topup.card,
      payUrl: topup.state === 'sent' ? `${publicUrl}/api/v1/payments/${topup.id}` : null,
      createdAt: topup.createdAt.toISOString(),
      creditedAt: topup.creditedAt?.toISOString() ?? null,
    }));
  }
}
