import { Module } from '@nestjs/common';
import type { Type } from '@nestjs/common';
import { DatabaseModule } from '@peyk/database';
import { MessagingModule } from '@peyk/messaging';
import type { MessagingRuntime } from '@peyk/messaging';
import { accountsControllers } from './accounts/accounts.providers';
import { activityControllers, activityProviders } from './activity/activity.providers';
import { codesControllers } from './codes/codes.providers';
import { dispatchProviders } from './dispatch/dispatch.providers';
import { doubtsControllers, doubtsProviders } from './doubts/doubts.providers';
import { inboxControllers, inboxProviders } from './inbox/inbox.providers';
import { linesControllers, linesProviders } from './lines/lines.providers';
import { linksControllers, linksProviders } from './links/links.providers';
import { messagesProviders } from './messages/messages.providers';
import { optOutsControllers, optOutsProviders } from './opt-outs/opt-outs.providers';
import { receiptsProviders } from './receipts/receipts.providers';
import { reportsControllers, reportsProviders } from './reports/reports.providers';
import { sendsControllers, sendsProviders } from './sends/sends.providers';
import { templatesControllers, templatesProviders } from './templates/templates.providers';
import { AdministrationLog } from './administration/administration.log';
import { SMS_CONFIG } from './config';
import type { SmsGatewayConfig } from './config';
import { CustomersService } from './customers/customers.service';
import { databaseOptions } from './data-source';
import { OldRows } from './old-rows';
import { DispatchSignals } from './signals/dispatch-signals';
import { SecretaryAnswers } from './secretary/secretary-answers';
import { SendPaces } from './signals/send-paces';

export function smsGatewayModule(config: SmsGatewayConfig, runtime: MessagingRuntime): Type {
  @Module({
    imports: [DatabaseModule.forRoot(databaseOptions(config)), MessagingModule.forRoot(runtime)],
    controllers: [
      ...accountsControllers,
      ...activityControllers,
      ...codesControllers,
      ...doubtsControllers,
      ...inboxControllers,
      ...linesControllers,
      ...linksControllers,
      ...optOutsControllers,
      ...reportsControllers,
      ...sendsControllers,
      ...templatesControllers,
    ],
    providers: [
      { provide: SMS_CONFIG, useValue: config },
      AdministrationLog,
      CustomersService,
      DispatchSignals,
      OldRows,
      SecretaryAnswers,
      SendPaces,
      ...activityProviders,
      ...dispatchProviders,
      ...doubtsProviders,
      ...inboxProviders,
      ...linesProviders,
      ...linksProviders,
      ...messagesProviders,
      ...optOutsProviders,
      ...receiptsProviders,
      ...reportsProviders,
      ...sendsProviders,
      ...templatesProviders,
    ],
  })
  class SmsGatewayModule {}
  return SmsGatewayModule;
}
