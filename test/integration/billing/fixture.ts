import { randomUUID } from 'node:crypto';
import { Logger } from '@nestjs/common';
import { createDataSource, Transactions } from '@peyk/database';
import { Outbox, type MessagingRuntime } from '@peyk/messaging';
import { createLogger } from '@peyk/platform';
import { migratedDatabase } from '@peyk/testing';
import type { DataSource } from 'typeorm';
import { databaseOptions } from '../../../apps/billing/src/data-source';
import { HoldsService } from '../../../apps/billing/src/holds/holds.service';
import { EntryPartitions } from '../../../apps/billing/src/ledger/entry.partitions';
import { applyRights, serviceRole } from '../../../apps/billing/src/ledger/ledger.rights';
import { LedgerService } from '../../../apps/billing/src/ledger/ledger.service';
import { WalletsService } from '../../../apps/billing/src/wallets/wallets.service';
import { dropScratch } from '../database/scratch';

// Refusals are what these specs provoke; their log lines say nothing more.
Logger.overrideLogger(false);
/** Set up and torn down with a database of their own; a busy machine is no failure. */
jest.setTimeout(90_000);

/** Billing's rules on a scratch database, without a broker: the outbox keeps what it is given. */
export interface Ledger {
  readonly url: string;
  /** With the rights of the service, as it works. */
  readonly source: DataSource;
  /** With the rights of the owner of the tables. */
  readonly owner: DataSource;
  readonly transactions: Transactions;
  readonly ledger: LedgerService;
  readonly outbox: Outbox;
  readonly wallets: WalletsService;
  readonly holds: HoldsService;
  drop(): Promise<void>;
}

export async function scratchDatabase(): Promise<string> {
  const { url } = await migratedDatabase((of) => databaseOptions({ databaseUrl: of, databasePoolMax: 2 }));
  const source = await createDataSource(
    databaseOptions({ databaseUrl: url, databasePoolMax: 2 }),
  ).initialize();
  await new EntryPartitions(source).ensure();
  await applyRights(source);
  await source.destroy();
  return url;
}

/** @param connections greatest number of them, each of which may run a command at the same time */
export async function scratchLedger(connections: number): Promise<Ledger> {
  const url = await scratchDatabase();
  const source = await createDataSource({
    ...databaseOptions({ databaseUrl: url, databasePoolMax: connections }),
    role: serviceRole,
  }).initialize();
  const owner = await createDataSource(
    databaseOptions({ databaseUrl: url, databasePoolMax: 2 }),
  ).initialize();
  const runtime = {
    service: 'billing',
    logger: createLogger('billing', { level: 'fatal' }),
    broker: { connected: false },
  } as unknown as MessagingRuntime;
  const outbox = new Outbox(runtime, source);
  const transactions = new Transactions(source);
  const ledger = new LedgerService();
  return {
    url,
    source,
    owner,
    transactions,
    ledger,
    outbox,
    wallets: new WalletsService(source, ledger),
    holds: new HoldsService(source, transactions, outbox),
    async drop() {
      await outbox.onModuleDestroy();
      await source.destroy();
      await owner.destroy();
      await dropScratch(url);
    },
  };
}

export const inAnHour = (): string => new Date(Date.now() + 3_600_000).toISOString();
export const anHourAgo = (): string => new Date(Date.now() - 3_600_000).toISOString();

/** A customer with that much credit. @returns the id */
export async function customerWith({ wallets }: Ledger, amountRials: number): Promise<string> {
  const customerId = randomUUID();
  if (amountRials > 0)
    await wallets.credit({ transferId: randomUUID(), customerId, amountRials, reason: 'شارژ' });
  return customerId;
}

/** An open hold. @returns its id */
export async function holdOf(
  { holds }: Ledger,
  customerId: string,
  amountRials: number,
  expiresAt = inAnHour(),
): Promise<string> {
  const holdId = randomUUID();
  await holds.place({ holdId, customerId, amountRials, purpose: 'send', expiresAt });
  return holdId;
}

/** The error that a promise is rejected with, as its code where it has one, else its name. */
export async function refusal(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
  } catch (error) {
    if (!(error instanceof Error)) return String(error);
    return 'code' in error ? String(error.code) : error.name;
  }
  return 'accepted';
}
