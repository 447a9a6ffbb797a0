import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { declaredDuties } from '@peyk/platform';
import type { Duty } from '@peyk/platform';
import { TALKING_PROGRAMS } from '../programs.mjs';
import { root } from './apps';

/**
 * The module of each program. What a lib declares comes first: it would else be counted as the first program's that loads
 * it.
 */
const sources = [
  ['every program with a database', join(root, 'libs/messaging/src/index')],
  ...TALKING_PROGRAMS.map(({ name }) => [name, moduleOf(name)] as const),
] as const;

function moduleOf(program: string): string {
  const folder = join(root, 'apps', program, 'src');
  const file = readdirSync(folder).find((name) => name.endsWith('.module.ts'));
  if (!file) throw new Error(`apps/${program}/src has no module`);
  return join(folder, file);
}

const units = [
  [3_600_000, 'h'],
  [60_000, 'min'],
  [1_000, 's'],
] as const;

function timeOf(duty: Duty): string {
  if ('cron' in duty) return `\`${duty.cron}\` (Tehran)`;
  const [ms, unit] = units.find(([ms]) => duty.everyMs % ms === 0) ?? [1, 'ms'];
  return `every ${duty.everyMs / ms} ${unit}`;
}

/**
 * docs/schedule.md from the duties that the programs declare with `@Scheduled`. In a process of its own: a duty is declared
 * once, when its class is loaded, and whose it is shows by what was loaded then.
 */
export function schedulePage(): string {
  return execFileSync(process.execPath, ['-r', '@swc-node/register', __filename], {
    cwd: root,
    encoding: 'utf8',
  });
}

function renderSchedule(): string {
  const rows: string[] = [];
  const load = createRequire(__filename);
  for (const [program, path] of sources) {
    const before = declaredDuties().length;
    load(path);
    const duties = declaredDuties()
      .slice(before)
      .toSorted((one, other) => one.name.localeCompare(other.name));
    for (const duty of duties)
      rows.push(`| ${program} | ${duty.name} | ${timeOf(duty)} | ${duty.does} | ${duty.runsIn} |`);
  }
  return `# What happens by the clock

Made by \`npm run gen\` from the duties that the programs declare with \`@Scheduled\`
(\`libs/platform/src/schedule.ts\`). What is not here waits for work, not for the clock: the dispatch loops of sms-gateway,
the readers of lists, the outbox.

A duty never overlaps itself, and its failure is its own: it is logged as \`Duty: <name>\`, counted in
\`peyk_scheduled_duty_failures_total\`, and tried again after a pause that doubles up to a minute. The first run comes after
one period, at the latest a minute after the start. "one replica": the others skip it and look again within a minute; a time
of day that one of them skipped is over for it.

| program | duty | when | what it does | runs in |
| --- | --- | --- | --- | --- |
${rows.join('\n')}
`;
}

if (require.main === module) process.stdout.write(renderSchedule());
