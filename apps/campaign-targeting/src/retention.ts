import type { TableLives } from '@peyk/database';
import { messagingLives } from '@peyk/messaging';
import type { TargetingConfig } from './config';
import { madeListsDue } from './lists/list-retention';
import type { ListRetention } from './lists/list-retention';
import { abandonedAfterHours } from './uploads/uploads.service';

/** How long what campaign-targeting stores lives (docs/retention.md). */
export function targetingLives(
  { madeListsKeepDays }: Pick<TargetingConfig, 'madeListsKeepDays'>,
  lists?: Pick<ListRetention, 'forgetPage'>,
): TableLives {
  return {
    ...messagingLives,
    lists: {
      kind: 'own',
      rule: `files: until their owner deletes them. Numbers typed for a send and combined lists: ${madeListsKeepDays} days, when no send that has not ended needs them. Uploads that were given up: ${abandonedAfterHours} hours`,
      setting: 'LISTS_MADE_KEEP_DAYS',
      due: madeListsDue(madeListsKeepDays),
      prune: () => lists?.forgetPage() ?? Promise.resolve(false),
    },
    recipient_blocks: { kind: 'with', rule: 'with their list' },
    row_errors: { kind: 'with', rule: 'with their list' },
    upload_chunks: { kind: 'with', rule: 'with their list: until it is read' },
  };
}
