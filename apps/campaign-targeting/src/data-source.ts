import type { DatabaseOptions } from '@peyk/database';
import { AddInboxAge1790000021000, CreateMessaging1790000000000, messagingEntities } from '@peyk/messaging';
import type { TargetingConfig } from './config';
import { List } from './lists/list.entity';
import { RecipientBlock } from './lists/recipient-block.entity';
import { RowError } from './lists/row-error.entity';
import { CreateLists1790000001000 } from './migrations/1790000001000-create-lists';
import { AddCombinedLists1790000002000 } from './migrations/1790000002000-add-combined-lists';
import { DeleteLists1790000017000 } from './migrations/1790000017000-delete-lists';
import { FindMadeLists1790000022000 } from './migrations/1790000022000-find-made-lists';
import { NameSheetAndRow1790000016000 } from './migrations/1790000016000-name-sheet-and-row';
import { UploadChunk } from './uploads/upload-chunk.entity';

/** Campaign-targeting's database: for the program, its commands and its tests. */
export function databaseOptions(
  config: Pick<TargetingConfig, 'databaseUrl' | 'databasePoolMax'>,
): DatabaseOptions {
  return {
    url: config.databaseUrl,
    poolMax: config.databasePoolMax,
    applicationName: 'campaign-targeting',
    entities: [...messagingEntities, List, RecipientBlock, RowError, UploadChunk],
    migrations: [
      CreateMessaging1790000000000,
      AddInboxAge1790000021000,
      CreateLists1790000001000,
      AddCombinedLists1790000002000,
      NameSheetAndRow1790000016000,
      DeleteLists1790000017000,
      FindMadeLists1790000022000,
    ],
  };
}
