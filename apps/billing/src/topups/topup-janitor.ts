import { Injectable, Logger } from '@nestjs/common';
import { query, Transactions } from '@peyk/database';
import { Scheduled } from '@peyk/platform';
import { DataSource } from 'typeorm';
import type { Bank } from '../banks/bank';
import { BanksService } from '../banks/banks.service';
import { Clock } from './clock';
import type { Topup } from './topup.entity';
import { TopupSettler } from './topup.settler';
import { TopupStore } from './topup.store';
import { TopupsService } from './topups.service';

/** Of one lane, before the program may stop. */
const looksMaxAtOnce = 5;
/** Looked at together: each may wait for a bank that keeps silent. */
const lanes = 4;
const minute = 60_000;
/** Banks that list payments which nobody verified are asked for the list so often. */
const sweepEveryMs = minute;
/** A browser gets so long to bring its callback first. */
const sweepAfterMs = minute;
const sweepBackMs = 3 * 24 * 60 * minute;
/** A payment that the bank says nothing of when its time is up is asked about again so often, and so many times. */
const lapseRetryMs = 10 * minute;
const lapseTries = 6;

/**
 * Takes up what was left: payments whose outcome is unknown are asked about again on a schedule, paid ones whose browser
 * never came back are found, those that nobody paid expire. Any number of replicas may run it: each top-up is leased.
 */
@Injectable()
export class TopupJanitor {
  private readonly logger = new Logger(TopupJanitor.name);
  private readonly sweptAt = new Map<string, number>();

  constructor(
    private readonly dataSource: DataSource,
    private readonly transactions: Transactions,
    private readonly banks: BanksService,
    private readonly store: TopupStore,
    private readonly settler: TopupSettler,
    private readonly topups: TopupsService,
    private readonly clock: Clock,
  ) {}

  /** @returns how many were looked at */
  @Scheduled({
    name: 'unfinished payments',
    does: 'Asks the banks about payments of unknown outcome, finds paid ones whose browser never came back, and ends those that nobody paid.',
    everyMs: 5_000,
    runsIn: 'every replica',
  })
  async lookAfterPayments(): Promise<number> {
    const [, ...done] = await Promise.all([
      this.findLostPayments(),
      ...Array.from({ length: lanes }, () => this.lookAtSome()),
    ]);
    return done.reduce((sum, count) => sum + count, 0);
  }

  private async lookAtSome(): Promise<number> {
    let looks = 0;
    while (looks < looksMaxAtOnce && (await this.lookAtNext())) looks += 1;
    return looks;
  }

  private async lookAtNext(): Promise<boolean> {
    const topup = await this.store.claimNext();
    if (!topup) return false;
    try {
      await this.lookAt(topup);
    } catch (error) {
      // Its lease ends, and then it is looked at again.
      this.logger.error({ msg: 'a payment was not looked after', topupId: topup.id, err: error });
    }
    return true;
  }

  private async lookAt(topup: Topup): Promise<void> {
    if (topup.state === 'unknown' || topup.state === 'verified') return this.settler.settle(topup);
    const bank = this.banks.driverIfAny(topup.bank);
    if (topup.state === 'sent' && bank?.asksWithoutCallback) {
      const payment = this.store.payment(topup);
      const view = await this.banks.call(
        bank,
        'inquire',
        () => bank.inquire(payment),
        (seen) => seen,
      );
      if (view === 'paid' || view === 'settled' || view === 'reversed') {
        if (await this.topups.returned(topup.id)) await this.settler.ask(topup.id);
        return;
      }
      if (view === 'unpaid') return this.end(topup, 'declined');
      if (view === 'unknown' && topup.asked < lapseTries) return this.askLater(topup);
    }
    await this.end(topup, 'lapsed');
  }

  private async end(topup: Topup, event: 'lapsed' | 'declined'): Promise<void> {
    await this.transactions.run(async (tx) => {
      const now = await this.store.lock(tx, topup.id);
      if (now?.state === topup.state) await this.store.move(tx, now, event);
    });
  }

  private async askLater(topup: Topup): Promise<void> {
    await this.transactions.run(async (tx) => {
      const now = await this.store.lock(tx, topup.id);
      if (now?.state !== topup.state) return;
      const nextLookAt = new Date(this.clock.now().getTime() + lapseRetryMs);
      await this.store.note(tx, now, { asked: now.asked + 1, nextLookAt });
    });
  }

  /** Paid, and nobody came back to say so. */
  private async findLostPayments(): Promise<void> {
    for (const code of this.banks.configured()) {
      try {
        await this.sweepBank(this.banks.driver(code));
      } catch (error) {
        this.logger.error({ msg: 'lost payments of a bank were not looked for', bank: code, err: error });
      }
    }
  }

  private async sweepBank(bank: Bank): Promise<void> {
    const now = this.clock.now().getTime();
    if (!bank.lost || now - (this.sweptAt.get(bank.code) ?? -Infinity) < sweepEveryMs) return;
    const notPaid = `bank = $1 AND state IN ('sent', 'cancelled', 'expired') AND created_at BETWEEN $2 AND $3`;
    const span = [bank.code, new Date(now - sweepBackMs), new Date(now - sweepAfterMs)];
    const [any] = await query(this.dataSource, `SELECT id FROM topups WHERE ${notPaid} LIMIT 1`, span);
    if (!any) return;
    this.sweptAt.set(bank.code, now);
    const lost = await this.banks.call(
      bank,
      'lost',
      async () => bank.lost?.(),
      (list) => (list ? 'done' : 'unknown'),
    );
    const found = await query<{ id: string }>(
      this.dataSource,
      `SELECT id FROM topups WHERE ${notPaid} AND reference = ANY($4)`,
      [...span, (lost ?? []).map(({ reference }) => reference)],
    );
    for (const { id } of found) if (await this.topups.returned(id)) await this.settler.ask(id);
  }
}
