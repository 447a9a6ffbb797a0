import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { allSubscriptions, eventContracts, liveSubscriptions, ownerOf, workContracts } from '@peyk/contracts';
import { conversationOf } from '@peyk/messaging';
import { PROGRAMS, TALKING_PROGRAMS } from '../../../deploy/programs.mjs';

const root = join(__dirname, '../../..');
const page = readFileSync(join(root, 'docs/architecture.md'), 'utf8');

/** The picture or table below a bold title. */
function partBelow(title: string): string {
  const from = page.indexOf(`**${title}**`);
  expect(from).toBeGreaterThan(0);
  const next = page.slice(from + 1).search(/\n\*\*|\n## /);
  return page.slice(from, from + 1 + next);
}

/** `from -> to` of every arrow of a picture, with `: label` where it is asked for. */
function arrowsBelow(title: string, { labels = false } = {}): string[] {
  return [...partBelow(title).matchAll(/^ {2}([\w-]+) -->(?:\|([^|]+)\|)? ([\w-]+)$/gm)].map(
    ([, from = '', label = '', to = '']) => `${from} -> ${to}${labels ? `: ${label}` : ''}`,
  );
}

/** Cells of the rows below the head of the table, without the marks of code. */
function rowsBelow(title: string): string[][] {
  return [...partBelow(title).matchAll(/^\|(.+)\|$/gm)]
    .map(([, row = '']) => row.split('|').map((cell) => cell.trim().replaceAll('`', '')))
    .filter(([first = '']) => !/^:?-+:?$/.test(first));
}

/** Libraries that the sources below a folder import; specs and what only they use are left out. */
function librariesOf(folder: string): string[] {
  const sources = readdirSync(join(root, folder, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.tsx?$/.test(path) && !/\.(spec|fixture)\.tsx?$/.test(path))
    .map((path) => readFileSync(join(root, folder, 'src', path), 'utf8'));
  const imported = sources.flatMap((text) =>
    [...text.matchAll(/\b(?:from|import)\s*\(?\s*'@peyk\/([a-z]+)/g)].map(([, name = '']) => name),
  );
  return [...new Set(imported)];
}

const foldersOf = (top: string): string[] =>
  readdirSync(join(root, top), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);

/** The program that owns contracts whose names begin so; undefined where there is none yet. */
const programOf = (service: string): string | undefined =>
  PROGRAMS.find(({ serves }) => serves === service)?.name;

const sorted = (arrows: readonly string[]): string[] => [...new Set(arrows)].sort();

describe('the map in docs/architecture.md', () => {
  it('has the imports between libraries', () => {
    const real = foldersOf('libs').flatMap((name) =>
      librariesOf(join('libs', name)).map((lib) => `${name} -> ${lib}`),
    );
    expect(real.length).toBeGreaterThan(5);
    expect(sorted(arrowsBelow('Libraries.'))).toEqual(sorted(real));
  });

  it('has every program with the libraries that it imports', () => {
    const [[, ...libs] = [], ...rows] = rowsBelow('Programs and libraries.');
    const drawn = rows.flatMap(([name = '', ...cells]) =>
      libs.filter((_, index) => cells[index] === '✓').map((lib) => `${name} -> ${lib}`),
    );
    const real = foldersOf('apps').flatMap((name) =>
      librariesOf(join('apps', name)).map((lib) => `${name} -> ${lib}`),
    );
    expect(rows.map(([name]) => name).sort()).toEqual(foldersOf('apps').sort());
    expect(sorted(drawn)).toEqual(sorted(real));
  });

  it('has who may ask whom, as the contracts say', () => {
    const real = TALKING_PROGRAMS.flatMap((program) =>
      conversationOf(program)
        .asks.map(programOf)
        .filter((asked) => asked !== program.name)
        .map((asked) => `${program.name} -> ${asked}`),
    );
    expect(sorted(arrowsBelow('Who asks whom'))).toEqual(sorted(real));
  });

  it('has who consumes whose events and work, and from which queue', () => {
    const consumerOf = (queue: string): string => queue.slice(0, queue.indexOf('.'));
    const events = allSubscriptions().flatMap(({ queue, events: consumed }) =>
      consumed.map((event) => `${programOf(ownerOf(event))} -> ${consumerOf(queue)}: ${queue}`),
    );
    const live = [
      ...liveSubscriptions.flatMap(({ program, events: consumed }) =>
        consumed.map((event) => `${programOf(ownerOf(event))} -> ${program}: live`),
      ),
      ...TALKING_PROGRAMS.flatMap((program) =>
        conversationOf(program)
          .hears.map((name) => programOf(ownerOf({ name })))
          .filter((owner) => owner !== program.name)
          .map((owner) => `${owner} -> ${program.name}: live`),
      ),
    ];
    const work = workContracts().flatMap(({ from, to }) =>
      from
        .filter((program) => program !== consumerOf(to))
        .map((program) => `${program} -> ${consumerOf(to)}: ${to}`),
    );
    expect(eventContracts().length).toBeGreaterThan(0);
    expect(sorted(arrowsBelow('Who listens to whom', { labels: true }))).toEqual(
      sorted([...events, ...live, ...work]),
    );
  });
});
