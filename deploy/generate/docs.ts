import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { rightsTable } from '@peyk/messaging';
import { PROGRAMS, TALKING_PROGRAMS } from '../programs.mjs';
import { root } from './apps';

/** As each may import only those before it; `testing` is for specs alone. */
const libraries = ['persian', 'contracts', 'files', 'platform', 'database', 'messaging'] as const;

/** The region of docs/services.md: what each program may do at RabbitMQ and PostgreSQL. */
export function rightsRegions(): Record<string, string> {
  return { rights: `\n${rightsTable(TALKING_PROGRAMS)}\n` };
}

/** The regions of docs/architecture.md. */
export function programRegions(): Record<string, string> {
  const rows = PROGRAMS.map(({ name, owns, does }) => `| \`${name}\` | ${owns} | ${does} |`);
  return {
    programs: ['', '| program | owns | does |', '| --- | --- | --- |', ...rows, ''].join('\n'),
    imports: `\n${importsTable()}\n`,
  };
}

/** Which libraries the sources of each program import. */
function importsTable(): string {
  const rows = [...PROGRAMS.map(({ name }) => name), 'web'].map((name) => {
    const imported = importedBy(name);
    return `| \`${name}\` | ${libraries.map((library) => (imported.has(library) ? '✓' : '')).join(' | ')} |`;
  });
  return [
    `| program | ${libraries.map((library) => `\`${library}\``).join(' | ')} |`,
    `| --- |${' :-: |'.repeat(libraries.length)}`,
    ...rows,
  ].join('\n');
}

/** Without specs and what only they use. */
function importedBy(program: string): Set<string> {
  const folder = join(root, 'apps', program, 'src');
  const texts = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.tsx?$/.test(path) && !/\.(spec|fixture)\.tsx?$/.test(path))
    .map((path) => readFileSync(join(folder, path), 'utf8'));
  const imports = /\b(?:from|import)\s*\(?\s*'@peyk\/([a-z]+)/g;
  return new Set(texts.flatMap((text) => [...text.matchAll(imports)].map(([, name = '']) => name)));
}

/** The region of docs/runbook.md: users of a broker that is not of compose. */
export function brokerUserRegions(): Record<string, string> {
  return { users: `for program in ${TALKING_PROGRAMS.map(({ name }) => name).join(' ')}; do` };
}
