import { rightsTable } from '@peyk/messaging';
import { PROGRAMS, TALKING_PROGRAMS } from '../programs.mjs';

/** The region of docs/services.md: what each program may do at RabbitMQ and PostgreSQL. */
export function rightsRegions(): Record<string, string> {
  return { rights: `\n${rightsTable(TALKING_PROGRAMS)}\n` };
}

/** The region of docs/architecture.md. */
export function programRegions(): Record<string, string> {
  const rows = PROGRAMS.map(({ name, owns, does }) => `| \`${name}\` | ${owns} | ${does} |`);
  return { programs: ['', '| program | owns | does |', '| --- | --- | --- |', ...rows, ''].join('\n') };
}

/** The region of docs/runbook.md: users of a broker that is not of compose. */
export function brokerUserRegions(): Record<string, string> {
  return { users: `for program in ${TALKING_PROGRAMS.map(({ name }) => name).join(' ')}; do` };
}
