import type { TableLife } from '@peyk/database';
import { storingPrograms } from './apps';

const ends: Readonly<Record<TableLife['kind'], string>> = {
  kept: 'kept',
  bounded: 'bounded',
  with: 'goes with',
  rows: 'pruned',
  months: 'pruned by month',
  own: 'pruned',
};

/** docs/retention.md, from the programs' lists of how long their tables live. */
export function retentionPage(): string {
  const tables = storingPrograms().map(({ name, lives }) =>
    [
      `## ${name}`,
      '',
      '| table | what happens | rule | setting |',
      '| --- | --- | --- | --- |',
      ...Object.entries(lives)
        .toSorted(([one], [other]) => one.localeCompare(other))
        .map(
          ([table, life]) =>
            `| \`${table}\` | ${ends[life.kind]} | ${life.rule} | ${'setting' in life && life.setting ? `\`${life.setting}\`` : ''} |`,
        ),
      '',
    ].join('\n'),
  );
  return `# How long data live

Made by \`npm run gen\` from the lists that the programs prune by (\`apps/*/src/retention.ts\`). A test compares
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
}
