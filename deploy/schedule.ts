/**
 * docs/schedule.md from the duties that the programs declare with `@Scheduled`: `node -r @swc-node/register
 * deploy/schedule.ts` writes it.
 */

import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { declaredDuties } from '@peyk/platform';
import type { Duty } from '@peyk/platform';
import * as prettier from 'prettier';

export const schedulePagePath = join(__dirname, '..', 'docs', 'schedule.md');

/** In this order, as what a lib declares would else be counted as the first program's that loads it. */
const sources = [
  ['every program with a database', '../libs/messaging/src/index'],
  ['identity', '../apps/identity/src/identity.module'],
  ['billing', '../apps/billing/src/billing.module'],
  ['campaign-targeting', '../apps/campaign-targeting/src/targeting.module'],
  ['sms-gateway', '../apps/sms-gateway/src/sms-gateway.module'],
  ['sms-dispatch-worker', '../apps/sms-dispatch-worker/src/worker.module'],
  ['api-gateway', '../apps/api-gateway/src/gateway.module'],
] as const;

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

/** Formatted as `prettier` would. */
export async function schedulePage(): Promise<string> {
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
  const page = `# What happens by the clock

Made by \`npm run gen:schedule\` from the duties that the programs declare with \`@Scheduled\`
(\`libs/platform/src/schedule.ts\`). What is not here waits for work, not for the clock: the dispatch loops of sms-gateway,
the readers of lists, the outbox.

A duty never overlaps itself, and its failure is its own: it is logged as \`Duty: <name>\`, counted in
\`peyk_scheduled_duty_failures_total\`, and tried again within a minute. The first run comes after one period, at the latest a
minute after the start. "one replica": the others skip it and look again within a minute.

| program | duty | when | what it does | runs in |
| --- | --- | --- | --- | --- |
${rows.join('\n')}
`;
  const options = await prettier.resolveConfig(schedulePagePath);
  return prettier.format(page, { ...options, filepath: schedulePagePath });
}

if (require.main === module) void schedulePage().then((page) => writeFileSync(schedulePagePath, page));
