import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

const root = join(__dirname, '../../..');
const moduleOf = (file: string): string =>
  JSON.stringify(pathToFileURL(join(root, 'deploy/local', file)).href);

interface Ended {
  readonly code: number | null;
  readonly output: string;
  readonly errors: string;
}

describe('deploy/local/command.mjs', () => {
  const state = mkdtempSync(join(tmpdir(), 'peyk-command-'));
  const dist = join(state, 'dist');
  const children: ChildProcess[] = [];

  beforeAll(() => {
    for (const file of [
      'apps/billing/src/tell.js',
      'apps/sms-gateway/src/tell.js',
      'libs/messaging/src/tell.js',
    ]) {
      mkdirSync(dirname(join(dist, file)), { recursive: true });
      writeFileSync(
        join(dist, file),
        `const { DATABASE_URL, RABBITMQ_URL, PEYK_STATE_DIR } = process.env;
         console.log(JSON.stringify({ DATABASE_URL, RABBITMQ_URL, PEYK_STATE_DIR, args: process.argv.slice(2) }));
         process.exitCode = 3;`,
      );
    }
  });
  afterAll(async () => {
    for (const child of children) {
      const gone = new Promise((resolve) => child.once('exit', resolve));
      if (child.kill('SIGKILL')) await gone;
    }
    rmSync(state, { recursive: true, force: true });
  });

  function node(script: string, env: Record<string, string> = {}): ChildProcess {
    return spawn(process.execPath, ['--input-type=module', '-e', script], {
      env: { PATH: process.env['PATH'], ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  }
  /** Stays until the end of the spec; resolves once it has said something. */
  async function standing(script: string, env?: Record<string, string>): Promise<void> {
    const child = node(`${script}; console.log('up'); setInterval(() => {}, 1000);`, env);
    children.push(child);
    await new Promise((resolve) => child.stdout?.once('data', resolve));
  }
  async function command(...args: string[]): Promise<Ended> {
    const child = node(
      `import { run } from ${moduleOf('commands/command.mjs')};
       await run(${JSON.stringify(args)}, ${JSON.stringify({ dir: state, dist })});`,
      { npm_lifecycle_event: 'reconcile' },
    );
    let [output, errors] = ['', ''];
    child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr?.on('data', (chunk: Buffer) => (errors += chunk.toString()));
    const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
    return { code, output, errors };
  }

  it('says in one line that nothing runs, that nothing is built, and how it is called', async () => {
    expect(await command('apps/sms-gateway/src/tell.js')).toEqual({
      code: 1,
      output: '',
      errors: 'npm run reconcile: Peyk does not run: start it with npm start\n',
    });
    expect((await command('apps/sms-gateway/src/other.js')).errors).toBe(
      'npm run reconcile: apps/sms-gateway/src/other.js is not built: run npm run build\n',
    );
    expect((await command('../secrets.js')).errors).toContain('usage:');
    expect((await command()).errors).toContain('usage:');
  });

  it('gives a command the environment of its program, its arguments, and hands on how it ended', async () => {
    await standing(
      `import { writeOwner } from ${moduleOf('lib/processes.mjs')}; writeOwner(${JSON.stringify(join(state, 'run.json'))})`,
    );
    for (const [name, database] of [
      ['billing', 'postgresql://x/billing'],
      ['sms-gateway', 'postgresql://x/sms?a=b'],
    ] as const) {
      await standing('', {
        PEYK_STATE_DIR: state,
        PEYK_PROCESS: name,
        RABBITMQ_URL: 'amqp://x',
        DATABASE_URL: database,
      });
    }
    const ended = await command('apps/sms-gateway/src/tell.js', 'list', '--all');
    expect(ended.code).toBe(3);
    expect(JSON.parse(ended.output)).toEqual({
      DATABASE_URL: 'postgresql://x/sms?a=b',
      RABBITMQ_URL: 'amqp://x',
      args: ['list', '--all'],
    });
    const library = await command('libs/messaging/src/tell.js');
    expect(JSON.parse(library.output)).toMatchObject({ RABBITMQ_URL: 'amqp://x', args: [] });
  });

  it('5.2 gives a command about all queues a user for all queues, where the programs have users of their own', async () => {
    for (const child of children.splice(1)) {
      const gone = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGKILL');
      await gone;
    }
    writeFileSync(join(state, 'secrets.json'), JSON.stringify({ hashSecret: 'x', rabbitPassword: 'all' }));
    await standing('', {
      PEYK_STATE_DIR: state,
      PEYK_PROCESS: 'billing',
      RABBITMQ_URL: 'amqp://billing:own@127.0.0.1:5672/peyk',
    });
    const urlOf = async (file: string): Promise<unknown> =>
      (JSON.parse((await command(file)).output) as { RABBITMQ_URL: unknown }).RABBITMQ_URL;
    expect(await urlOf('libs/messaging/src/tell.js')).toBe('amqp://peyk:all@127.0.0.1:5672/peyk');
    expect(await urlOf('apps/billing/src/tell.js')).toBe('amqp://billing:own@127.0.0.1:5672/peyk');
  });
});
