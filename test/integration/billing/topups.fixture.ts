import { BanksService } from '../../../apps/billing/src/banks/banks.service';
import { ClubService } from '../../../apps/billing/src/club/club.service';
import { CustomersService } from '../../../apps/billing/src/customers/customers.service';
import type { LedgerService } from '../../../apps/billing/src/ledger/ledger.service';
import type { TiersService } from '../../../apps/billing/src/tiers/tiers.service';
import { BankReportsService } from '../../../apps/billing/src/topups/bank-reports.service';
import { Clock } from '../../../apps/billing/src/topups/clock';
import { TopupJanitor } from '../../../apps/billing/src/topups/topup-janitor';
import { TopupSettler } from '../../../apps/billing/src/topups/topup.settler';
import { TopupStore } from '../../../apps/billing/src/topups/topup.store';
import { TopupSettings, TopupsService } from '../../../apps/billing/src/topups/topups.service';
import { bankAccounts, Patience } from '../../support/bank';
import type { TestBanks } from '../../support/bank';
import type { Ledger } from './fixture';

export const publicUrl = 'http://127.0.0.1:1';
/** Of all replicas here. */
export const patience = new Patience();
export const minute = 60_000;
export const amountRials = 5_000_000;
export const giftRials = 263_157;

/** Ours; the banks have their own, which is moved on with it. */
export class MovedClock extends Clock {
  ahead = 0;
  override now(): Date {
    return new Date(Date.now() + this.ahead);
  }
}

/** One program's part of billing that takes payments. */
export interface Replica {
  readonly banks: BanksService;
  readonly topups: TopupsService;
  readonly janitor: TopupJanitor;
  readonly reports: BankReportsService;
}

/** @param books the ledger, or one that dies */
export function replicaOf(
  { source, transactions, outbox, ledger }: Ledger,
  banks: TestBanks,
  clock: Clock,
  books: Pick<LedgerService, 'credit'> = ledger,
): Replica {
  const service = new BanksService(source, {
    mellat: patience.of({ ...banks.mellat, ...bankAccounts.mellat }),
    zarinpal: patience.of({ ...banks.zarinpal, ...bankAccounts.zarinpal }),
  });
  const tiers = { quote: async () => ({ giftRials }) } as unknown as TiersService;
  const store = new TopupStore(source, outbox, service, clock);
  const club = new ClubService(source, transactions, new CustomersService(), ledger, outbox);
  const settler = new TopupSettler(transactions, outbox, service, store, books as LedgerService, club, clock);
  const settings = new TopupSettings(publicUrl, 100_000, 1_000_000_000);
  const topups = new TopupsService(source, transactions, service, store, settler, tiers, settings, clock);
  return {
    banks: service,
    topups,
    janitor: new TopupJanitor(source, transactions, service, store, settler, topups, clock),
    reports: new BankReportsService(source, transactions, outbox, service, store, clock),
  };
}
