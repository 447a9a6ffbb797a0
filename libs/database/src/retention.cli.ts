import type { DataSource } from 'typeorm';
import { isPruned, pruneTable, reportTables } from './retention';
import type { TableLives } from './retention';

/** A table that is never done would keep the command running for ever. */
const stepsMax = 100_000;

export interface RetentionOptions {
  readonly program: string;
  readonly lives: () => TableLives;
  /** `--dry-run`: says what would go, and changes nothing. */
  readonly args: readonly string[];
  readonly say: (line: string) => void;
}

/**
 * `npm run retention`: prunes what is due in pages, while all runs, then prints what each table holds and how long it
 * lives. One table that fails harms no other.
 * @returns the exit code: 1 when a table failed
 */
export async function runRetention(
  dataSource: DataSource,
  { program, lives, args, say }: RetentionOptions,
): Promise<number> {
  const unknown = args.filter((arg) => arg !== '--dry-run');
  if (unknown.length > 0) throw new Error(`unknown: ${unknown.join(' ')}; only --dry-run is`);
  let failures = 0;
  if (!args.includes('--dry-run')) {
    for (const [table, life] of Object.entries(lives())) {
      if (!isPruned(life)) continue;
      try {
        let steps = 1;
        while (steps < stepsMax && (await pruneTable(dataSource, table, life))) steps += 1;
      } catch (error) {
        failures += 1;
        say(`${program}.${table}: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
  }
  say(`${program}\t${args.includes('--dry-run') ? 'would go' : 'still due'}\trows\tMB\tlives`);
  for (const { table, rows, bytes, due, rule, setting } of await reportTables(dataSource, lives()))
    say(
      [
        `  ${table}`,
        due === undefined ? '-' : due === null ? '?' : String(due),
        String(rows),
        (bytes / 1_048_576).toFixed(1),
        setting ? `${rule} (${setting})` : rule,
      ].join('\t'),
    );
  return failures > 0 ? 1 : 0;
}
