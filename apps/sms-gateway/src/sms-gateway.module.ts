import { Module } from '@nestjs/common';
import type { Type } from '@nestjs/common';
import { DatabaseModule } from '@peyk/database';
import { MessagingModule } from '@peyk/messaging';
import type { MessagingRuntime } from '@peyk/messaging';
import { ActivityController } from './activity/activity.controller';
import { ActivityService } from './activity/activity.service';
import { AdministrationLog } from './administration/administration.log';
import { CodesController } from './codes/codes.controller';
import { SMS_CONFIG } from './config';
import type { SmsGatewayConfig } from './config';
import { AccountsConsumer } from './customers/accounts.consumer';
import { CustomersService } from './customers/customers.service';
import { databaseOptions } from './data-source';
import { DispatchEngine } from './dispatch/engine';
import { Nudge } from './dispatch/nudge';
import { InboxController } from './inbox/inbox.controller';
import { InboxService } from './inbox/inbox.service';
import { SecretaryService } from './inbox/secretary.service';
import { ThreadsService } from './inbox/threads.service';
import { LineAdministration } from './lines/line-administration';
import { LinePool } from './lines/line-pool';
import { LinesController } from './lines/lines.controller';
import { LinesService } from './lines/lines.service';
import { LinkAdministration } from './links/link-administration';
import { LinkPasswords } from './links/link-passwords';
import { LinksController } from './links/links.controller';
import { LinksService } from './links/links.service';
import { SealKeysCheck } from './links/sealed-columns';
import { DoubtsService } from './messages/doubts.service';
import { MessagesController } from './messages/messages.controller';
import { MessagesService } from './messages/messages.service';
import { BreakdownService } from './reports/breakdown.service';
import { ReportsController } from './reports/reports.controller';
import { TimelineService } from './reports/timeline.service';
import { SendAdministration } from './sends/send-administration';
import { SendRecipients } from './sends/send-recipients';
import { SendsController } from './sends/sends.controller';
import { SendsService } from './sends/sends.service';
import { TemplateGroupsService } from './templates/template-groups.service';
import { OptOutsController } from './opt-outs/opt-outs.controller';
import { OptOutsService } from './opt-outs/opt-outs.service';
import { TemplatesController } from './templates/templates.controller';
import { TemplatesService } from './templates/templates.service';

export function smsGatewayModule(config: SmsGatewayConfig, runtime: MessagingRuntime): Type {
  @Module({
    imports: [DatabaseModule.forRoot(databaseOptions(config)), MessagingModule.forRoot(runtime)],
    controllers: [
      AccountsConsumer,
      ActivityController,
      CodesController,
      InboxController,
      LinesController,
      LinksController,
      MessagesController,
      OptOutsController,
      ReportsController,
      SendsController,
      TemplatesController,
    ],
    providers: [
      { provide: SMS_CONFIG, useValue: config },
      ActivityService,
      AdministrationLog,
      BreakdownService,
      CustomersService,
      DispatchEngine,
      DoubtsService,
      InboxService,
      LineAdministration,
      LinePool,
      LinesService,
      LinkAdministration,
      LinkPasswords,
      LinksService,
      MessagesService,
      Nudge,
      OptOutsService,
      SealKeysCheck,
      SecretaryService,
      SendAdministration,
      SendRecipients,
      SendsService,
      TemplateGroupsService,
      TemplatesService,
      ThreadsService,
      TimelineService,
    ],
  })
  class SmsGatewayModule {}
  return SmsGatewayModule;
}
