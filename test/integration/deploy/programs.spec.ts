import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { staleFiles } from '../../../deploy/generate/files';
import { PROGRAMS, STORING_PROGRAMS, TALKING_PROGRAMS } from '../../../deploy/programs.mjs';

const root = join(__dirname, '../../..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

describe('deploy/programs.mjs', () => {
  it('has a row for each folder below apps that is a program', () => {
    const apps = readdirSync(join(root, 'apps'), { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && entry.name !== 'web')
      .map(({ name }) => name);
    expect(PROGRAMS.map(({ name }) => name).sort()).toEqual(apps.sort());
  });

  it('gives no word, database or prefix to two programs', () => {
    for (const words of [PROGRAMS.map(({ room }) => room), PROGRAMS.map(({ prefix }) => prefix)])
      expect(new Set(words).size).toBe(words.length);
  });

  it('what is made from it is not stale (npm run gen)', async () => {
    expect(await staleFiles()).toEqual([]);
  });

  it.each(PROGRAMS.map(({ name }) => [name]))('%s has what a program has', (name) => {
    for (const file of ['tsconfig.json', 'README.md', 'src/main.ts', 'src/config.ts'])
      expect([file, existsSync(join(root, 'apps', name, file))]).toEqual([file, true]);
  });

  it.each(STORING_PROGRAMS.map(({ name }) => [name]))('%s has what a program with a database has', (name) => {
    for (const file of ['data-source.ts', 'migrate.ts', 'prune.ts', 'retention.ts', 'migrations'])
      expect([file, existsSync(join(root, 'apps', name, 'src', file))]).toEqual([file, true]);
  });

  it.each(TALKING_PROGRAMS.map((program) => [program.name, program] as const))(
    '%s starts under the name and answers the contracts that its row says',
    (name, { serves }) => {
      const main = read(`apps/${name}/src/main.ts`);
      expect(main).toContain('runService({');
      expect(main).toContain(`name: '${name}'`);
      expect(/serves: '([\w-]+)'/.exec(main)?.[1]).toBe(serves);
    },
  );
});
