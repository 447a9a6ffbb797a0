import type { Provider, Type } from '@nestjs/common';
import { CombinedListsController } from './combined-lists.controller';
import { CombinedListsService } from './combined-lists.service';

export const combinedControllers: Type[] = [CombinedListsController];

export const combinedProviders: Provider[] = [CombinedListsService];
