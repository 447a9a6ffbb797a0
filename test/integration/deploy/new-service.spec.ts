import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';

const root = join(__dirname, '../../..');
const copy = join(root, '.local', `new-service-${process.pid}`);
const run = promisify(execFile);
/** A bound on what hangs: each step takes seconds. */
const timeout = 600_000;
jest.setTimeout(2 * timeout);

/** What is made, built and tested from. */
const copied = [
  ...['apps', 'libs', 'deploy', 'docs', 'test/tsconfig.json', 'test/support', 'test/jest'],
  ...['package.json', 'tsconfig.json', 'nest-cli.json', 'jest.config.mjs', 'docker-compose.yml'],
  ...['.swcrc', '.prettierrc', '.prettierignore', '.env.example'],
].filter((path) => existsSync(join(root, path)));

/** Runs a script of the copy. Its Jest is on the servers of this one. */
function node(...args: string[]): Promise<{ stdout: string; stderr: string }> {
  const { TEST_LANES: _lanes, TEST_SERVERS: _servers, JEST_WORKER_ID: _worker, ...env } = process.env;
  return run(process.execPath, args, { cwd: copy, timeout, env });
}

describe('npm run new:service', () => {
  let printed: readonly (readonly [what: string, path: string])[] = [];

  beforeAll(async () => {
    for (const path of copied)
      cpSync(join(root, path), join(copy, path), {
        recursive: true,
        filter: (source) => !['node_modules', 'screens'].includes(basename(source)),
      });
    symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
    mkdirSync(join(copy, 'test/integration'), { recursive: true });
    const { stdout } = await node('deploy/new-service.mjs', 'demo-service');
    printed = [...stdout.matchAll(/^(new|changed|generated) +(\S+)$/gm)].map(
      ([, what = '', path = '']) => [what, path] as const,
    );
  });
  afterAll(() => rmSync(copy, { recursive: true, force: true }));

  it('prints every path that it touches', () => {
    const made = printed.filter(([what]) => what === 'new').map(([, path]) => path);
    expect(made).toContain('apps/demo-service/src/main.ts');
    expect(made).toContain('libs/contracts/src/demo/index.ts');
    expect(made).toContain('test/integration/demo-service/service.spec.ts');
    for (const path of made) expect([path, existsSync(join(root, path))]).toEqual([path, false]);
    for (const [, path] of printed) expect([path, existsSync(join(copy, path))]).toEqual([path, true]);
    expect(printed).toContainEqual(['changed', 'deploy/programs.mjs']);
    expect(printed).toContainEqual(['generated', 'docker-compose.yml']);
  });

  it('refuses a name or a room that is taken, and a name that is none', async () => {
    for (const args of [['demo-service'], ['other', 'sms'], ['Big Name'], []])
      await expect(node('deploy/new-service.mjs', ...args)).rejects.toMatchObject({ code: 1 });
  });

  it('leaves nothing stale: what is made of the list knows the service', async () => {
    await node('-r', '@swc-node/register', 'deploy/generate/files.ts', '--check');
    const compose = readFileSync(join(copy, 'docker-compose.yml'), 'utf8');
    expect(compose).toContain('migrate-demo-service:');
    expect(compose).toContain('DATABASE_URL: postgresql://peyk_demo:');
    expect(readFileSync(join(copy, 'deploy/docker/rabbitmq-definitions.json'), 'utf8')).toContain(
      '"user": "demo-service"',
    );
  });

  it('makes a service that type-checks and is built', async () => {
    await node('node_modules/typescript/bin/tsc', '--noEmit', '-p', 'apps/demo-service');
    await node('node_modules/@nestjs/cli/bin/nest.js', 'build', 'demo-service');
    expect(existsSync(join(copy, 'dist/apps/demo-service/src/main.js'))).toBe(true);
  });

  it('makes a test of it that passes on a database and a broker', async () => {
    const { stderr } = await node(
      ...['node_modules/jest/bin/jest.js', '--runInBand', '--selectProjects', 'integration'],
      'test/integration/demo-service',
    );
    expect(stderr).toMatch(/Tests: +1 passed, 1 total/);
  });
});
