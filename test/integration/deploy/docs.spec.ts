import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { PROGRAMS } from '../../../deploy/programs.mjs';

const root = join(__dirname, '../../..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const filesBelow = (folder: string, suffix: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith(suffix) && !path.includes('node_modules'))
    .map((path) => join(folder, path));

const documents = [
  'README.md',
  'CHANGELOG.md',
  ...['docs', 'apps', 'libs', 'deploy', 'test'].flatMap((folder) => filesBelow(folder, '.md')),
];
const code = ['apps', 'libs']
  .flatMap((folder) => filesBelow(folder, '.ts'))
  .filter((path) => !path.endsWith('.spec.ts'))
  .map(read);

/** Documents that lie are worse than none: what they name must exist. */
describe('the documents', () => {
  it.each(documents)('%s links to files that are there', (document) => {
    const targets = [...read(document).matchAll(/\]\(([^)#\s]+)[^)]*\)/g)].map(([, target = '']) => target);
    const missing = targets
      .filter((target) => !/^https?:/.test(target))
      .filter((target) => !existsSync(join(root, normalize(join(dirname(document), target)))));
    expect(missing).toEqual([]);
  });

  // A changelog and a decision say what was there then.
  it.each(documents.filter((path) => !/^CHANGELOG|^docs\/adr\//.test(path)))(
    '%s names only paths that are there',
    (document) => {
      const named = [...read(document).matchAll(/`([^`\s]+)`/g)]
        .map(([, path = '']) => path)
        .filter(
          (path) => /^(apps|libs|deploy|docs|test)\/[\w./*-]+$/.test(path) || /^\.\.?\/[\w./-]+$/.test(path),
        );
      const missing = named.filter((path) => {
        const full = path.startsWith('.') ? normalize(join(dirname(document), path)) : path;
        // Of a pattern, the folder before it.
        return !existsSync(
          join(root, full.includes('*') ? dirname(full.slice(0, full.indexOf('*') + 1)) : full),
        );
      });
      expect(missing).toEqual([]);
    },
  );

  // A changelog says what was said then; docs/events are made from the contracts.
  it.each(documents.filter((path) => !/^CHANGELOG|^docs\/events\//.test(path)))(
    '%s has no word that docs/style.md refuses',
    (document) => {
      const refused = [...read('docs/style.md').matchAll(/^\| `([a-z ]+)` +\|/gm)].map(
        ([, word = '']) => word,
      );
      expect(refused).toContain('anew');
      const words = new RegExp(`\\b(${refused.join('|')})\\b`, 'gi');
      // What stands between backticks is quoted.
      const text = read(document).replace(/```.*?```|`[^`\n]*`/gs, '');
      expect([...text.matchAll(words)].map(([word]) => word)).toEqual([]);
    },
  );

  it('name only scripts that package.json has', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const named = documents.flatMap((document) =>
      [...read(document).matchAll(/npm run ([a-z][\w:-]*)/g)].map(([, script = '']) => script),
    );
    expect(named).toContain('dead-letters');
    expect(named.filter((script) => !scripts[script])).toEqual([]);
  });

  it('name only metrics that exist, and the runbook names all of them', () => {
    const existing = code.flatMap((text) =>
      [...text.matchAll(/\b(?:counter|gauge|histogram)\(\s*'(\w+)'/g)].map(([, name]) => `peyk_${name}`),
    );
    const named = documents.flatMap((document) =>
      [...read(document).matchAll(/`(peyk_\w+_(?:total|seconds|parts|second))`/g)].map(([, name]) => name),
    );
    expect(existing.length).toBeGreaterThan(10);
    expect(named.filter((name) => !existing.includes(name ?? ''))).toEqual([]);
    expect(existing.filter((name) => !read('docs/runbook.md').includes(name))).toEqual([]);
  });

  it('quote only log lines that a program writes', () => {
    const quoted = [...read('docs/runbook.md').matchAll(/`([a-z][^`]*)`/gi)]
      .map(([, text = '']) => text)
      .filter(
        (text) => /^[A-Za-z]+ [a-z]+ [a-z ]*[a-z;,':]/.test(text) && !/^(npm|curl|docker|UPDATE)/.test(text),
      );
    expect(quoted).toContain('operator throttles the link');
    expect(quoted.filter((text) => !code.some((source) => source.includes(text)))).toEqual([]);
  });

  it('name every app and every contract of an event', () => {
    const services = read('docs/services.md');
    for (const { name } of PROGRAMS) expect(services).toContain(`## ${name}\n`);
    const events = filesBelow('libs/contracts', '.events.ts')
      .flatMap((path) => [...read(path).matchAll(/name: '([a-z]+\.[\w.]+)'/g)])
      .map(([, name = '']) => name);
    expect(events.length).toBeGreaterThan(5);
    expect(events.filter((name) => !services.includes(`\`${name}\``))).toEqual([]);
  });
});
