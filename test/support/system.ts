import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { connect } from 'amqplib';
import { deadQueue, durableQueues } from '@peyk/messaging';
import { Client, Pool } from 'pg';
import {
  commandEnvironment,
  entryOf,
  instancesOf,
  launch,
  logPath,
  migrate,
  seed,
  STORING_PROGRAMS,
} from '../../deploy/local/lib/index.mjs';
import type { Instance, Setting } from '../../deploy/local/lib/programs.mjs';
import type { ProgramName } from '../../deploy/programs.mjs';
import { PortBlock } from './ports';

export type { ProgramName };

export interface SystemOptions {
  /** Administrator's URL of PostgreSQL. */
  readonly databaseUrl: string;
  readonly rabbitmqUrl: string;
  /** Whether the broker has a user for each program, as those of deploy/local have; as the environment says by default. */
  readonly brokerUsers?: boolean;
  readonly workers?: number;
  /** Above everything else, for all programs. */
  readonly env?: Readonly<Record<string, string>>;
  /** State folder: secrets, logs, and by it what a killed run left behind is found; a new temporary one by default. */
  readonly dir?: string;
  /** Folder below the logs of the state folder. */
  readonly logFolder?: string;
}

export interface RunningProgram extends Instance {
  child: ChildProcess;
}

export const demo = {
  customer: { id: '0198f000-0000-7000-8000-00000000000a', username: 'demo', password: 'Demo-1405-pass' },
  other: { id: '0198f000-0000-7000-8000-00000000000b', username: 'demo2', password: 'Demo-1405-pass' },
  admin: { username: 'admin', password: 'Admin-1405-pass' },
  link: '0198f000-0000-7000-8000-0000000000f1',
  serviceLine: '0198f000-0000-7000-8000-0000000000a1',
  advertisingLine: '0198f000-0000-7000-8000-0000000000a2',
  otherLine: '0198f000-0000-7000-8000-0000000000b1',
  sharedLine: '0198f000-0000-7000-8000-0000000000c1',
  systemId: 'peyk',
  simulatorPassword: 'peyk-sim',
} as const;

const startTimeoutMs = 180_000;
const stopTimeoutMs = 20_000;
const lastWordsMax = 4_000;

/** Of end-to-end tests, fault tests and benches: no limits of rate, and messages that the simulator can count. */
const testSettings = {
  NODE_ENV: 'test',
  SMPP_REFERENCE_TLV: 'true',
  RATE_ADDRESS_PER_MINUTE: '1000000',
  RATE_ACCOUNT_PER_MINUTE: '1000000',
  RATE_SESSIONS_PER_MINUTE: '1000000',
};

/**
 * The whole platform as processes, on databases of its own: what end-to-end tests, fault tests and benches stand on. The
 * programs must be built (`npm run build`). What each is given and how it is run is the local starter's (deploy/local);
 * here none is brought back by itself.
 */
export class PeykSystem {
  readonly programs = new Map<string, RunningProgram>();
  private readonly marker = randomBytes(5).toString('hex');
  private readonly pools = new Map<string, Pool>();
  private readonly portNumbers = new Map<string, number>();
  private claims: Promise<unknown> = Promise.resolve();
  private readonly setting: Setting;
  private stopping = false;
  readonly logs: string;

  private constructor(
    private readonly options: SystemOptions,
    private readonly ports: PortBlock,
  ) {
    const { databaseUrl, rabbitmqUrl, logFolder = '' } = options;
    const { brokerUsers = process.env['TEST_RABBITMQ_MANAGE'] !== undefined } = options;
    const dir = options.dir ?? mkdtempSync(join(tmpdir(), 'peyk-system-'));
    this.logs = dirname(logPath(dir, join(logFolder, 'any')));
    this.setting = {
      dir,
      logFolder,
      postgres: { url: databaseUrl, own: false },
      rabbit: { url: rabbitmqUrl, own: brokerUsers },
      nameDatabase: (database) => `${database}_system_${this.marker}`,
      claimPorts: (names) => this.portsOf(names),
      env: { ...testSettings, ...options.env },
    };
  }

  static async start(options: SystemOptions): Promise<PeykSystem> {
    const system = new PeykSystem(options, await PortBlock.claim());
    try {
      await system.up();
      return system;
    } catch (error) {
      await system.stop();
      throw error;
    }
  }

  get baseUrl(): string {
    return `http://127.0.0.1:${this.httpPort}/api/v1`;
  }
  get simulatorUrl(): string {
    return `http://127.0.0.1:${this.portOf('simulator')}`;
  }
  get httpPort(): number {
    return this.portOf('http');
  }
  get smppPort(): number {
    return this.portOf('smpp');
  }

  private portOf(name: string): number {
    return this.portNumbers.get(name) ?? 0;
  }

  /** One after the other: migrations ask at the same time. */
  private portsOf(names: readonly string[]): Promise<Record<string, number>> {
    const claim = this.claims.then(async () => {
      for (const name of names)
        if (!this.portNumbers.has(name)) this.portNumbers.set(name, await this.ports.next());
      return Object.fromEntries(this.portNumbers);
    });
    this.claims = claim.catch(() => undefined);
    return claim;
  }

  /** As the administrator of the server; a program has its own login. */
  databaseUrl(program: ProgramName): string {
    const url = new URL(this.options.databaseUrl);
    url.pathname = `/${this.databaseName(program)}`;
    return url.href;
  }

  private databaseName(program: ProgramName): string {
    const database = STORING_PROGRAMS.find(({ name }) => name === program)?.database;
    if (!database) throw new Error(`${program} has no database`);
    return this.setting.nameDatabase?.(database) ?? database;
  }

  /** Runs a statement in a program's database: for assertions, and to set what has no screen yet. */
  async sql<T>(program: ProgramName, statement: string, parameters: unknown[] = []): Promise<T[]> {
    const url = this.databaseUrl(program);
    let pool = this.pools.get(url);
    if (!pool) {
      pool = new Pool({ connectionString: url, max: 1, idleTimeoutMillis: 0 });
      // A server that was killed took it along; the next statement connects again.
      pool.on('error', () => undefined);
      this.pools.set(url, pool);
    }
    return (await pool.query(statement, parameters)).rows as T[];
  }

  /** Environment of a program's commands (migrate, seed, ledger-verify, ...). */
  environment(program: ProgramName): Promise<NodeJS.ProcessEnv> {
    return commandEnvironment(this.setting, program);
  }

  /** Runs `dist/apps/<program>/src/<entry>.js` to its end. Rejects when it fails. */
  async command(program: ProgramName, entry: string, ...args: string[]): Promise<string> {
    const child = spawn(process.execPath, [entryOf(this.setting, program, entry), ...args], {
      env: await this.environment(program),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    let errors = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
    const code = await new Promise<number | null>((done) => child.once('close', done));
    if (code !== 0) throw new Error(`${program} ${entry} ended with ${code}\n${output}\n${errors}`);
    return output;
  }

  async addWorker(): Promise<RunningProgram> {
    const names = ['sms-dispatch-worker'];
    const instances = await instancesOf(this.setting, {
      names,
      workers: this.replicasOf('sms-dispatch-worker').length + 1,
    });
    const added = instances.find(({ name }) => !this.programs.has(name));
    if (!added) throw new Error('no worker was added');
    const program = this.launch(added);
    await this.healthy(program);
    return program;
  }

  private replicasOf(program: ProgramName): RunningProgram[] {
    return [...this.programs.values()].filter((running) => running.program.name === program);
  }

  /** SIGKILL as a crash, or another signal. Waits for its end. */
  async kill(name: string, signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    const program = this.program(name);
    if (program.child.exitCode !== null || program.child.signalCode !== null) return;
    const gone = new Promise((done) => program.child.once('exit', done));
    program.child.kill(signal);
    await gone;
  }

  /** Starts a program that was killed, with the same ports and environment. */
  async restart(name: string, waitHealthy = true): Promise<void> {
    await this.kill(name);
    const program = this.launch(this.program(name));
    if (waitHealthy) await this.healthy(program);
  }

  program(name: string): RunningProgram {
    const program = this.programs.get(name);
    if (!program) throw new Error(`no program ${name}`);
    return program;
  }

  async healthy(program: RunningProgram, timeoutMs = startTimeoutMs): Promise<void> {
    const until = Date.now() + timeoutMs;
    for (;;) {
      if (program.child.exitCode !== null)
        throw new Error(
          `${program.name} ended with ${program.child.exitCode}, see ${this.logs}\n${this.lastWords(program)}`,
        );
      const answer = await fetch(program.healthUrl, { signal: AbortSignal.timeout(2_000) }).catch(
        () => undefined,
      );
      if (answer?.ok) return;
      if (Date.now() > until) throw new Error(`${program.name} is not ready, see ${this.logs}`);
      // Three systems start at once in `npm test`: asking more often would slow them down.
      await new Promise((done) => setTimeout(done, 250));
    }
  }

  /** The end of a program's log, for those who see nothing but the test's output. */
  private lastWords(program: RunningProgram): string {
    return readFileSync(this.logOf(program), 'utf8').slice(-lastWordsMax);
  }

  /** Lines that a program has logged, its replicas too. */
  logged(program: ProgramName): string[] {
    return this.replicasOf(program).flatMap((running) =>
      readFileSync(this.logOf(running), 'utf8').split('\n'),
    );
  }

  private logOf(program: Instance): string {
    return join(this.logs, `${program.name}.log`);
  }

  /** The simulator's HTTP face. */
  async simulator<T>(method: string, path: string, body?: unknown): Promise<T> {
    const answer = await fetch(`${this.simulatorUrl}${path}`, {
      method,
      headers: body === undefined ? {} : { 'content-type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`simulator ${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as T;
  }

  /** Drains all programs and drops the databases. */
  async stop(): Promise<void> {
    this.stopping = true;
    const ended = [...this.programs.values()].map(async ({ child }) => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = new Promise((done) => child.once('exit', done));
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), stopTimeoutMs);
      await gone;
      clearTimeout(timer);
    });
    await Promise.all([...ended, ...[...this.pools.values()].map((pool) => pool.end())]);
    const admin = new Client({ connectionString: this.options.databaseUrl });
    await admin.connect();
    for (const program of STORING_PROGRAMS) {
      const name = this.databaseName(program.name);
      await admin.query(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`);
      await admin.query(`DROP ROLE IF EXISTS "${name}"`);
    }
    await admin.end();
    await this.ports.release();
  }

  private async up(): Promise<void> {
    await this.purge();
    await migrate(this.setting);
    await seed(this.setting);
    const instances = await instancesOf(this.setting, { workers: this.options.workers });
    const started = instances.map((instance) => this.launch(instance));
    await Promise.all(started.map((program) => this.healthy(program)));
  }

  /** What earlier runs left in the queues of this vhost belongs to databases that are gone. */
  private async purge(): Promise<void> {
    const connection = await connect(this.options.rabbitmqUrl);
    for (const queue of durableQueues().flatMap((name) => [name, deadQueue(name)])) {
      const channel = await connection.createChannel();
      channel.on('error', () => undefined);
      await channel.purgeQueue(queue).catch(() => undefined);
      await channel.close().catch(() => undefined);
    }
    await connection.close();
  }

  private launch(instance: Instance): RunningProgram {
    const { name, args, env } = instance;
    const { dir, logFolder = '' } = this.setting;
    const child = launch({ dir, name, log: join(logFolder, name), file: process.execPath, args, env });
    child.once('exit', (code, signal) => {
      if (!this.stopping && code !== 0 && signal === null)
        process.stderr.write(`${name} ended with ${code}, see ${this.logs}\n`);
    });
    const running = { ...instance, child };
    this.programs.set(name, running);
    return running;
  }
}

/** A system on the servers of `npm test`; its logs are kept with the run's. `name` is the spec's. */
export function startForSpec(name: string, options: Partial<SystemOptions> = {}): Promise<PeykSystem> {
  const { TEST_DATABASE_URL: databaseUrl, TEST_RABBITMQ_URL: rabbitmqUrl, TEST_STATE_DIR: dir } = process.env;
  if (!databaseUrl || !rabbitmqUrl) throw new Error('end-to-end tests need servers: run them with npm test');
  return PeykSystem.start({
    databaseUrl,
    rabbitmqUrl,
    dir,
    logFolder: name,
    ...options,
  });
}
