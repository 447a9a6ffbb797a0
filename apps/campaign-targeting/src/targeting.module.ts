import { Module } from '@nestjs/common';
import type { Type } from '@nestjs/common';
import { DatabaseModule } from '@peyk/database';
import { MessagingModule } from '@peyk/messaging';
import type { MessagingRuntime } from '@peyk/messaging';
import { TargetingConfig } from './config';
import { databaseOptions } from './data-source';
import { CombinedListsService } from './lists/combined-lists.service';
import { ListDeletion } from './lists/list-deletion';
import { ListDeletionJob } from './lists/list-deletion.job';
import { ListRetention } from './lists/list-retention';
import { ListEraser } from './lists/list-eraser';
import { ListPartitions } from './lists/list.partitions';
import { ListsController } from './lists/lists.controller';
import { ListsService } from './lists/lists.service';
import { RecipientsController } from './lists/recipients.controller';
import { RecipientsService } from './lists/recipients.service';
import { ListReader } from './reading/list.reader';
import { ReadingQueue } from './reading/reading.queue';
import { AbandonedUploadsJob } from './uploads/abandoned-uploads.job';
import { UploadsController } from './uploads/uploads.controller';
import { UploadsService } from './uploads/uploads.service';

/** The program over one database and one broker connection; a class of its own each time. */
export function targetingModule(config: TargetingConfig, runtime: MessagingRuntime): Type {
  @Module({
    imports: [DatabaseModule.forRoot(databaseOptions(config)), MessagingModule.forRoot(runtime)],
    controllers: [ListsController, RecipientsController, UploadsController],
    providers: [
      { provide: TargetingConfig, useValue: config },
      AbandonedUploadsJob,
      CombinedListsService,
      ListDeletion,
      ListDeletionJob,
      ListRetention,
      ListEraser,
      ListPartitions,
      ListReader,
      ListsService,
      ReadingQueue,
      RecipientsService,
      UploadsService,
    ],
  })
  class TargetingModule {}
  return TargetingModule;
}
