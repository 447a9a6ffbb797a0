import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { deadLetterRpcs } from '@peyk/contracts';
import { conversationOf } from '@peyk/messaging';
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

  it('has contracts for the dead letters of each program that consumes', () => {
    const consuming = TALKING_PROGRAMS.filter((program) => conversationOf(program).consumes.length > 0);
    const programs: string[] = Object.values(deadLetterRpcs).map(({ program }) => program);
    expect(consuming.map(({ name }) => name).sort()).toEqual(programs.sort());
  });

  it('gives no word, database or prefix to two programs', () => {
    for (const words of [PROGRAMS.map(({ room }) => room), PROGRAMS.map(({ prefix }) => prefix)])
      expect(new Set(words).size).toBe(words.length);
  });

  it('what is made from it is not stale (npm run gen)', () => {
    // Of its own, since prettier cannot be loaded in Jest.
    const args = ['-r', '@swc-node/register', 'deploy/generate/files.ts', '--check'];
    const { status, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
    expect([status, stderr]).toEqual([0, '']);
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
