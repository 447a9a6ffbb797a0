import type { Provider, Type } from '@nestjs/common';
import { ListDeletionJob } from './list-deletion.job';
import { ListDeletion } from './list-deletion';
import { ListEraser } from './list-eraser';
import { ListRetention } from './list-retention';
import { ListPartitions } from './list.partitions';
import { ListsController } from './lists.controller';
import { ListsService } from './lists.service';
import { RecipientsController } from './recipients.controller';
import { RecipientsService } from './recipients.service';

export const listsControllers: Type[] = [ListsController, RecipientsController];

export const listsProviders: Provider[] = [
  ListDeletionJob,
  ListDeletion,
  ListEraser,
  ListRetention,
  ListPartitions,
  ListsService,
  RecipientsService,
];
