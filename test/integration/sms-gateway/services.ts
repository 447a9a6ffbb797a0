import { Module } from '@nestjs/common';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Transactions } from '@peyk/database';
import { MESSAGING, Outbox } from '@peyk/messaging';
import type { MessagingRuntime } from '@peyk/messaging';
import { DataSource } from 'typeorm';
import { AdministrationLog } from '../../../apps/sms-gateway/src/administration/administration.log';
import { SMS_CONFIG } from '../../../apps/sms-gateway/src/config';
import type { SmsGatewayConfig } from '../../../apps/sms-gateway/src/config';
import { CustomersService } from '../../../apps/sms-gateway/src/customers/customers.service';
import { Recorder } from '../../../apps/sms-gateway/src/dispatch/recorder';
import { DoubtPolicy } from '../../../apps/sms-gateway/src/doubts/doubt-policy';
import { DoubtReceipts } from '../../../apps/sms-gateway/src/doubts/doubt-receipts';
import { doubtsProviders } from '../../../apps/sms-gateway/src/doubts/doubts.providers';
import { InboxSearch } from '../../../apps/sms-gateway/src/inbox/inbox-search';
import { inboxProviders } from '../../../apps/sms-gateway/src/inbox/inbox.providers';
import { linesProviders } from '../../../apps/sms-gateway/src/lines/lines.providers';
import { linksProviders } from '../../../apps/sms-gateway/src/links/links.providers';
import { WorkerEnds } from '../../../apps/sms-gateway/src/links/worker-ends';
import { MessagePartitions } from '../../../apps/sms-gateway/src/messages/message-partitions';
import { messagesProviders } from '../../../apps/sms-gateway/src/messages/messages.providers';
import { OldBatches } from '../../../apps/sms-gateway/src/messages/old-batches';
import { OldRows } from '../../../apps/sms-gateway/src/old-rows';
import { receiptsProviders } from '../../../apps/sms-gateway/src/receipts/receipts.providers';
import { UnreportedMessages } from '../../../apps/sms-gateway/src/receipts/unreported-messages';
import { reportsProviders } from '../../../apps/sms-gateway/src/reports/reports.providers';
import { SecretaryAnswers } from '../../../apps/sms-gateway/src/secretary/secretary-answers';
import { SendSearch } from '../../../apps/sms-gateway/src/sends/send-search';
import { sendsProviders } from '../../../apps/sms-gateway/src/sends/sends.providers';
import { DispatchSignals } from '../../../apps/sms-gateway/src/signals/dispatch-signals';
import { SendPaces } from '../../../apps/sms-gateway/src/signals/send-paces';

const config: Partial<SmsGatewayConfig> = {
  sealKeys: `1:${Buffer.alloc(32, 1).toString('base64')}`,
  lateMinutes: 60,
  dearerPercent: 10,
  messagesKeepDays: 400,
  sendsKeepDays: 1_830,
  inboxKeepDays: 730,
  siteAccountId: '0198f000-0000-7000-8000-000000000001',
  siteLineId: '0198f000-0000-7000-8000-0000000000e1',
};

/**
 * The services of sms-gateway, wired as the program wires them, on a database and a broker that are given. Nothing runs by
 * itself: no loop, and no scheduled duty.
 */
export async function wireServices(
  source: DataSource,
  runtime: MessagingRuntime,
  outbox: Outbox,
  transactions: Transactions,
): Promise<INestApplicationContext> {
  @Module({
    providers: [
      { provide: DataSource, useValue: source },
      { provide: Transactions, useValue: transactions },
      { provide: Outbox, useFactory: () => ({ add: outbox.add.bind(outbox) }) },
      { provide: MESSAGING, useValue: runtime },
      { provide: SMS_CONFIG, useValue: config },
      AdministrationLog,
      CustomersService,
      DispatchSignals,
      OldRows,
      Recorder,
      SecretaryAnswers,
      SendPaces,
      ...doubtsProviders,
      ...inboxProviders,
      ...linesProviders,
      ...linksProviders,
      ...messagesProviders,
      ...receiptsProviders,
      ...reportsProviders,
      ...sendsProviders,
    ],
  })
  class Services {}
  return NestFactory.createApplicationContext(Services, { logger: false, abortOnError: false });
}

/** What the clock brings in one replica, by the name of the duty: one piece. Answers whether there may be more. */
export function dutiesOf(services: INestApplicationContext): ReadonlyMap<string, () => Promise<boolean>> {
  const once = (act: () => Promise<void>) => (): Promise<boolean> => act().then(() => false);
  return new Map([
    ['silent sessions', once(() => services.get(WorkerEnds).endSilentSessions())],
    ['ended sessions', once(() => services.get(WorkerEnds).announceEnds())],
    ['receipts given up', () => services.get(UnreportedMessages).giveUpReceipts()],
    ['doubts', () => services.get(DoubtPolicy).resolveByPolicy()],
    ['receipts of doubts', () => services.get(DoubtReceipts).matchReceipts()],
    ['partitions', once(() => services.get(MessagePartitions).createPartitions())],
    ['words of sends', () => services.get(SendSearch).fill()],
    ['words of the inbox', () => services.get(InboxSearch).fill()],
    ['old batches', () => services.get(OldBatches).deleteOldBatches()],
    ['old rows', () => services.get(OldRows).pruneOldRows()],
  ]);
}
