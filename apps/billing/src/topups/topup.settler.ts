import { Injectable, Logger } from '@nestjs/common';
import { billingEvents } from '@peyk/contracts/billing';
import { Transactions } from '@peyk/database';
import { Outbox } from '@peyk/messaging';
import type { EntityManager } from 'typeorm';
import { v5 as uuidv5 } from 'uuid';
import { BankBusyError, BanksService } from '../banks/banks.service';
import type { Verdict } from '../banks/bank';
import { ClubService } from '../club/club.service';
import { LedgerService } from '../ledger/ledger.service';
import { Clock } from './clock';
import type { Topup } from './topup.entity';
import { nextAsk } from './topup.machine';
import type { TopupEvent } from './topup.machine';
import { TopupStore } from './topup.store';

/** Namespace of the transfers of a top-up: no matter who credits it and how often, it is one transfer (RFC 9562). */
const transferNamespace = '5a3e0c52-0d1b-4c57-8f0c-0e2a5d2a7c64';
export const transferIdOf = (topupId: string, part: 'topup' | 'gift'): string =>
  uuidv5(`${topupId}:${part}`, transferNamespace);

const eventOf: Readonly<Record<Exclude<Verdict['is'], 'unknown'>, TopupEvent>> = {
  done: 'confirmed',
  denied: 'denied',
  reversed: 'reversed',
  differs: 'differed',
};

/**
 * Asks the bank about a payment until it is in the wallet or will never be: verify, settle, credit. Each step is safe to
 * repeat at the bank and once only here, so wherever a program dies another takes it up.
 */
@Injectable()
export class TopupSettler {
  private readonly logger = new Logger(TopupSettler.name);

  constructor(
    private readonly transactions: Transactions,
    private readonly outbox: Outbox,
    private readonly banks: BanksService,
    private readonly store: TopupStore,
    private readonly ledger: LedgerService,
    private readonly club: ClubService,
    private readonly clock: Clock,
  ) {}

  /** Nothing while somebody else is at it. */
  async ask(id: string): Promise<void> {
    const topup = await this.store.claim(id, ['unknown', 'verified']);
    if (topup) await this.settle(topup);
  }

  /** @param topup claimed, `unknown` or `verified` */
  async settle(topup: Topup): Promise<void> {
    try {
      const verified = topup.state === 'unknown' ? await this.verify(topup) : topup;
      if (verified) await this.payOut(verified);
    } catch (error) {
      this.logger.error({
        msg: 'a payment is not settled; it is tried again',
        topupId: topup.id,
        err: error,
      });
      await this.postpone(topup, error instanceof BankBusyError ? 'busy' : 'error');
    }
  }

  /** @returns the top-up when it is verified now */
  private async verify(topup: Topup): Promise<Topup | undefined> {
    const bank = this.banks.driver(topup.bank);
    const payment = this.store.payment(topup);
    const verdict = await this.banks.call(
      bank,
      'verify',
      () => bank.verify(payment),
      ({ is }) => is,
    );
    if (verdict.is === 'unknown') {
      await this.postpone(topup, verdict.code);
      return undefined;
    }
    const event = eventOf[verdict.is];
    const { code, saleReference = topup.saleReference, card = topup.card } = verdict;
    const after = await this.transactions.run(async (tx) => {
      const now = await this.still(tx, topup);
      if (!now) return undefined;
      // Its settling has a schedule of its own; a program that dies here leaves it to the janitor.
      const at = this.clock.now();
      const open = event === 'confirmed' && {
        asked: 0,
        askedSince: at,
        nextLookAt: nextAsk(at, 0, at),
        leasedUntil: now.leasedUntil,
      };
      return this.store.move(tx, now, event, { bankCode: code, saleReference, card, ...open });
    });
    return after?.state === 'verified' ? after : undefined;
  }

  private async payOut(topup: Topup): Promise<void> {
    const bank = this.banks.driver(topup.bank);
    const payment = this.store.payment(topup);
    const verdict = await this.banks.call(
      bank,
      'settle',
      () => bank.settle(payment),
      ({ is }) => is,
    );
    if (verdict.is === 'done') await this.credit(topup, verdict.code);
    else if (verdict.is === 'reversed') {
      await this.transactions.run(async (tx) => {
        const now = await this.still(tx, topup);
        if (now) await this.store.move(tx, now, 'reversed', { bankCode: verdict.code });
      });
    } else await this.postpone(topup, verdict.code);
  }

  private async credit(topup: Topup, bankCode: string): Promise<void> {
    const { id, customerId, bank, amountRials, giftRials, saleReference } = topup;
    if (saleReference === null) throw new Error('verified without a number of the payment');
    await this.transactions.run(async (tx) => {
      const now = await this.still(tx, topup);
      if (!now) return;
      if (await this.store.isCredited(tx, bank, saleReference)) {
        this.logger.error({
          msg: 'the payment of a bank is credited already to another top-up',
          topupId: id,
        });
        await this.store.move(tx, now, 'givenUp', { bankCode: 'credited' });
        return;
      }
      await this.ledger.credit(tx, {
        transferId: transferIdOf(id, 'topup'),
        kind: 'topup',
        customerId,
        amountRials,
        reason: `شارژ آنلاین، شماره‌ی پیگیری ${saleReference}`,
      });
      if (giftRials > 0) {
        await this.ledger.credit(tx, {
          transferId: transferIdOf(id, 'gift'),
          kind: 'gift',
          customerId,
          amountRials: giftRials,
          reason: `هدیه‌ی شارژ آنلاین، شماره‌ی پیگیری ${saleReference}`,
        });
      }
      await this.club.onTopup(tx, customerId, id, amountRials);
      await this.store.move(tx, now, 'credited', { bankCode, creditedAt: this.clock.now() });
      const payload = {
        topupId: id,
        customerId,
        bank,
        amountRials,
        giftRials,
        referenceNumber: saleReference,
      };
      await this.outbox.add(tx, billingEvents.topupSettled, `topup:${id}`, payload);
    });
  }

  /** Puts the next question of the schedule off, or gives it up when there is no more. */
  private async postpone(topup: Topup, bankCode: string): Promise<void> {
    await this.transactions.run(async (tx) => {
      const now = await this.still(tx, topup);
      if (!now) return;
      const at = this.clock.now();
      // Asked out of turn, by a callback or a person: the schedule stays what it is, however often they come.
      if (now.nextLookAt && now.nextLookAt > at) return this.store.note(tx, now, { bankCode });
      const askedSince = now.askedSince ?? at;
      const asked = now.asked + 1;
      const nextLookAt = nextAsk(askedSince, asked, at);
      if (nextLookAt) await this.store.note(tx, now, { bankCode, asked, askedSince, nextLookAt });
      else await this.store.move(tx, now, 'givenUp', { bankCode, asked });
    });
  }

  /** The row, locked, while it is as it was claimed: a holder that lost the lease while the bank kept silent changes nothing. */
  private async still(tx: EntityManager, claimed: Topup): Promise<Topup | undefined> {
    const now = await this.store.lock(tx, claimed.id);
    const mine =
      now?.state === claimed.state && now.leasedUntil?.getTime() === claimed.leasedUntil?.getTime();
    return mine && now ? now : undefined;
  }
}
