/**
 * docs/retention.md from the programs' lists of how long their tables live: `node -r @swc-node/register
 * deploy/retention.ts` writes it.
 */
/* eslint-disable peyk/layers -- reads the programs' lists, and nothing else of them */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TableLife, TableLives } from '@peyk/database';
import { describeConfig } from '@peyk/platform';
import * as prettier from 'prettier';
import { billingLives } from '../apps/billing/src/retention';
import { TargetingConfig } from '../apps/campaign-targeting/src/config';
import { targetingLives } from '../apps/campaign-targeting/src/retention';
import { identityLives } from '../apps/identity/src/retention';
import { SmsGatewayConfig } from '../apps/sms-gateway/src/config';
import { smsLives } from '../apps/sms-gateway/src/retention';

export const retentionPagePath = join(__dirname, '..', 'docs', 'retention.md');

const lives: Readonly<Record<string, TableLives>> = {
  identity: identityLives(),
  billing: billingLives(),
  'campaign-targeting': targetingLives({
    madeListsKeepDays: defaultOf(TargetingConfig, 'LISTS_MADE_KEEP_DAYS'),
  }),
  'sms-gateway': smsLives({
    messagesKeepDays: defaultOf(SmsGatewayConfig, 'SMS_MESSAGES_KEEP_DAYS'),
    sendsKeepDays: defaultOf(SmsGatewayConfig, 'SMS_SENDS_KEEP_DAYS'),
    inboxKeepDays: defaultOf(SmsGatewayConfig, 'SMS_INBOX_KEEP_DAYS'),
  }),
};

const ends: Readonly<Record<TableLife['kind'], string>> = {
  kept: 'kept',
  bounded: 'bounded',
  with: 'goes with',
  rows: 'pruned',
  months: 'pruned by month',
  own: 'pruned',
};

function defaultOf(config: new () => object, key: string): number {
  return Number(describeConfig(config).find((each) => each.key === key)?.default);
}

/** Formatted as `prettier` would. */
export async function retentionPage(): Promise<string> {
  const tables = Object.entries(lives).map(([program, of]) =>
    [
      `## ${program}`,
      '',
      '| table | what happens | rule | setting |',
      '| --- | --- | --- | --- |',
      ...Object.entries(of)
        .toSorted(([one], [other]) => one.localeCompare(other))
        .map(
          ([table, life]) =>
            `| \`${table}\` | ${ends[life.kind]} | ${life.rule} | ${'setting' in life && life.setting ? `\`${life.setting}\`` : ''} |`,
        ),
      '',
    ].join('\n'),
  );
  const page = `# How long data live

Made by \`npm run gen:retention\` from the lists that the programs prune by (\`apps/*/src/retention.ts\`). A test compares
them with the tables of each database: none is without a stated life.

The programs prune by themselves, each table by itself, in pages of a bounded size: one that fails harms no other. Nothing
goes that is still open: a send that has not ended, a message in doubt, a charge that billing does not know of, a list
that a send needs. Months of messages are dropped as a whole; while one send of a month is open, the month stays.
What billing books is never pruned: who pays asks years later. Figures by hour are pruned and not summed up further: the
statement and the heads of sends hold the sums.

\`\`\`sh
npm run retention -- --dry-run   # what each table holds, and what would go now
npm run retention                # prunes what is due at once, while all runs; exit code 1 when a table failed
\`\`\`

Rows and sizes are PostgreSQL's estimates; rows that are due are counted up to a million, and a \`?\` stands for a table
that took too long. When messages of a send are gone, its report, its breakdown and its list of messages answer
\`send.messagesRemoved\`; its counts and costs stay, and so does its line in the statement.

${tables.join('\n')}`;
  const options = await prettier.resolveConfig(retentionPagePath);
  return prettier.format(page, { ...options, filepath: retentionPagePath });
}

if (require.main === module) void retentionPage().then((page) => writeFileSync(retentionPagePath, page));
