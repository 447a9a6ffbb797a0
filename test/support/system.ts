import { execFileSync, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createWriteStream, mkdirSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { connect } from 'amqplib';
import { deadQueue, durableQueues } from '@peyk/messaging';
import { testServiceEnv } from '@peyk/testing';
import { Client, Pool } from 'pg';
import { PortBlock } from './ports';

/**
 * The whole platform as processes, on databases of its own: what end-to-end tests, fault tests and benches stand on.
 * The programs must be built (`npm run build`).
 */
export const programNames = [
  'simulators',
  'identity',
  'billing',
  'campaign-targeting',
  'sms-gateway',
  'sms-dispatch-worker',
  'api-gateway',
] as const;
export type ProgramName = (typeof programNames)[number];

const databases: Partial<Record<ProgramName, string>> = {
  identity: 'identity',
  billing: 'billing',
  'campaign-targeting': 'targeting',
  'sms-gateway': 'sms',
};

export interface SystemOptions {
  /** Administrator's URL of PostgreSQL. */
  readonly databaseUrl: string;
  readonly rabbitmqUrl: string;
  /** Whether the broker has a user for each program, as those of deploy/local have; as the environment says by default. */
  readonly brokerUsers?: boolean;
  readonly workers?: number;
  /** Above everything else, for all programs. */
  readonly env?: Readonly<Record<string, string>>;
  /** Folder of the logs; a new temporary one by default. */
  readonly logs?: string;
}

export interface RunningProgram {
  readonly name: string;
  readonly program: ProgramName;
  readonly env: NodeJS.ProcessEnv;
  readonly healthUrl: string;
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

/** URLs with the programs' own users: by database, and by program. */
interface Logins {
  readonly databases: Readonly<Record<string, string>>;
  readonly broker: Readonly<Record<string, string>>;
}

const root = resolve(__dirname, '../..');
const fileOf = (program: ProgramName, entry: string): string =>
  join(root, 'dist/apps', program, 'src', `${entry}.js`);
const startTimeoutMs = 180_000;
const stopTimeoutMs = 20_000;
const lastWordsMax = 4_000;

export class PeykSystem {
  readonly programs = new Map<string, RunningProgram>();
  private readonly marker = randomBytes(5).toString('hex');
  private readonly secret = randomBytes(32).toString('hex');
  private readonly sealKeys = `1:${randomBytes(32).toString('base64')}`;
  private readonly pools = new Map<string, Pool>();
  private stopping = false;
  private logins: Logins = { databases: {}, broker: {} };
  httpPort = 0;
  smppPort = 0;
  simulatorPort = 0;
  balePort = 0;
  smtpPort = 0;
  mellatPort = 0;
  zarinpalPort = 0;
  readonly logs: string;

  private constructor(
    private readonly options: SystemOptions,
    private readonly ports: PortBlock,
  ) {
    this.logs = options.logs ?? mkdtempSync(join(tmpdir(), 'peyk-system-'));
    mkdirSync(this.logs, { recursive: true });
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
    return `http://127.0.0.1:${this.simulatorPort}`;
  }

  /** As the administrator of the server; a program has its own login. */
  databaseUrl(program: ProgramName): string {
    const url = new URL(this.options.databaseUrl);
    url.pathname = `/${this.databaseName(program)}`;
    return url.href;
  }

  private databaseName(program: ProgramName): string {
    return `peyk_system_${this.marker}_${databases[program] ?? 'none'}`;
  }

  /** Runs a statement in a program's database: for assertions, and to set what has no screen yet. */
  async sql<T>(program: ProgramName, statement: string, parameters: unknown[] = []): Promise<T[]> {
    const url = this.databaseUrl(program);
    let pool = this.pools.get(url);
    if (!pool) {
      pool = new Pool({ connectionString: url, max: 1, idleTimeoutMillis: 0 });
      // A server that was killed took it along; the next statement connects anew.
      pool.on('error', () => undefined);
      this.pools.set(url, pool);
    }
    return (await pool.query(statement, parameters)).rows as T[];
  }

  /** Environment of a program's commands (migrate, seed, ledger-verify, ...). */
  environment(program: ProgramName): NodeJS.ProcessEnv {
    const { DATABASE_URL: _url, PORT: _port, ...inherited } = process.env;
    return {
      ...inherited,
      NODE_ENV: 'test',
      // By these `npm test` finds and ends what a killed run left behind.
      ...(process.env['TEST_STATE_DIR']
        ? { PEYK_STATE_DIR: process.env['TEST_STATE_DIR'], PEYK_PROCESS: program }
        : {}),
      LOG_LEVEL: 'info',
      RABBITMQ_URL: this.logins.broker[program] ?? this.options.rabbitmqUrl,
      ...testServiceEnv(program),
      ...(program === 'identity' ? { HASH_SECRET: this.secret } : {}),
      ...(program === 'identity' || program === 'sms-gateway' ? { SEAL_KEYS: this.sealKeys } : {}),
      SIM_SMPP_PORT: String(this.smppPort),
      SIM_HTTP_PORT: String(this.simulatorPort),
      SIM_BALE_PORT: String(this.balePort),
      SIM_SMTP_PORT: String(this.smtpPort),
      SIM_MELLAT_PORT: String(this.mellatPort),
      SIM_ZARINPAL_PORT: String(this.zarinpalPort),
      ...(program === 'identity' ? this.simulatedChannels() : {}),
      ...(program === 'billing' ? this.simulatedBanks() : {}),
      SMPP_REFERENCE_TLV: 'true',
      RATE_ADDRESS_PER_MINUTE: '1000000',
      RATE_ACCOUNT_PER_MINUTE: '1000000',
      RATE_SESSIONS_PER_MINUTE: '1000000',
      ...(databases[program]
        ? { DATABASE_URL: this.logins.databases[this.databaseName(program)] ?? this.databaseUrl(program) }
        : {}),
      ...(program === 'api-gateway' ? { HOST: '127.0.0.1', PORT: String(this.httpPort) } : {}),
      ...this.options.env,
    };
  }

  /** As deploy/local points identity to the simulators. */
  private simulatedChannels(): NodeJS.ProcessEnv {
    const bale = `http://127.0.0.1:${this.balePort}`;
    return {
      CODES_BY_SMS: 'true',
      BALE_API_URL: bale,
      BALE_BOT_TOKEN: '1:peyk-sim',
      SAFIR_URL: bale,
      SAFIR_CLIENT_ID: 'peyk',
      SAFIR_CLIENT_SECRET: 'peyk-sim',
      SMTP_URL: `smtp://127.0.0.1:${this.smtpPort}`,
    };
  }

  /** The same for billing. */
  private simulatedBanks(): NodeJS.ProcessEnv {
    const mellat = `http://127.0.0.1:${this.mellatPort}/pgwchannel`;
    return {
      PUBLIC_URL: `http://127.0.0.1:${this.httpPort}`,
      MELLAT_WSDL_URL: `${mellat}/services/pgw?wsdl`,
      MELLAT_START_URL: `${mellat}/startpay.mellat`,
      MELLAT_TERMINAL_ID: '1234567',
      MELLAT_USER: 'peyk',
      MELLAT_PASSWORD: 'peyk-sim',
      ZARINPAL_URL: `http://127.0.0.1:${this.zarinpalPort}`,
      ZARINPAL_MERCHANT_ID: '00000000-0000-4000-8000-000000000001',
    };
  }

  /** Runs `dist/apps/<program>/src/<entry>.js` to its end. Rejects when it fails. */
  command(program: ProgramName, entry: string, ...args: string[]): Promise<string> {
    return this.run(program, entry, [fileOf(program, entry), ...args]);
  }

  /** The same with several, in one process. One that ends its process by itself has to be the last. */
  private async commands(
    ...commands: readonly (readonly [program: ProgramName, entry: string])[]
  ): Promise<void> {
    const list = commands.map(([program, entry]) => [fileOf(program, entry), this.environment(program)]);
    const [program = 'identity'] = commands[0] ?? [];
    const names = commands.map((command) => command.join(' ')).join(', ');
    await this.run(program, names, [join(__dirname, 'run-in-turn.mjs'), JSON.stringify(list)]);
  }

  private async run(program: ProgramName, what: string, args: readonly string[]): Promise<string> {
    const child = spawn(process.execPath, args, {
      env: this.environment(program),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    let errors = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
    const code = await new Promise<number | null>((done) => child.once('exit', done));
    if (code !== 0) throw new Error(`${program} ${what} ended with ${code}\n${output}\n${errors}`);
    return output;
  }

  async addWorker(): Promise<RunningProgram> {
    const count = [...this.programs.values()].filter(
      (entry) => entry.program === 'sms-dispatch-worker',
    ).length;
    const program = await this.launch('sms-dispatch-worker', `sms-dispatch-worker-${count + 1}`);
    await this.healthy(program);
    return program;
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
    const program = this.program(name);
    await this.kill(name);
    program.child = this.spawn(program);
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
    return [...this.programs.values()]
      .filter((running) => running.program === program)
      .flatMap((running) => readFileSync(this.logOf(running), 'utf8').split('\n'));
  }

  private logOf(program: RunningProgram): string {
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
    for (const program of programNames) {
      if (!databases[program]) continue;
      const name = this.databaseName(program);
      await admin.query(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`);
      await admin.query(`DROP ROLE IF EXISTS "${name}"`);
    }
    await admin.end();
    await this.ports.release();
  }

  private async up(): Promise<void> {
    this.httpPort = await this.ports.next();
    this.smppPort = await this.ports.next();
    this.simulatorPort = await this.ports.next();
    this.balePort = await this.ports.next();
    this.smtpPort = await this.ports.next();
    this.mellatPort = await this.ports.next();
    this.zarinpalPort = await this.ports.next();
    await this.purge();
    this.logins = this.makeLogins();
    await this.commands(
      ['billing', 'migrate'],
      ['campaign-targeting', 'migrate'],
      ['sms-gateway', 'migrate'],
      ['identity', 'migrate'],
      ['billing', 'seed'],
      ['sms-gateway', 'seed'],
      ['identity', 'seed'],
    );
    const started: RunningProgram[] = [];
    for (const program of programNames) {
      const count = program === 'sms-dispatch-worker' ? (this.options.workers ?? 1) : 1;
      for (let no = 1; no <= count; no++)
        started.push(await this.launch(program, no === 1 ? program : `${program}-${no}`));
    }
    await Promise.all(started.map((program) => this.healthy(program)));
  }

  /** Databases and logins as every local run makes them. */
  private makeLogins(): Logins {
    const lib = (file: string): string => pathToFileURL(join(root, 'deploy/local/lib', file)).href;
    const {
      databaseUrl,
      rabbitmqUrl,
      brokerUsers = process.env['TEST_RABBITMQ_MANAGE'] !== undefined,
    } = this.options;
    const names = programNames.flatMap((program) =>
      databases[program] ? [[program, this.databaseName(program)]] : [],
    );
    const script = `
      import { PROGRAMS } from ${JSON.stringify(lib('programs.mjs'))};
      import { createDatabases } from ${JSON.stringify(lib('postgres.mjs'))};
      import { loginUrl } from ${JSON.stringify(lib('logins.mjs'))};
      const { databaseUrl, rabbitmqUrl, brokerUsers, names } = JSON.parse(process.env.PEYK_LOGINS);
      const wanted = names.map(([name, database]) => ({ database, worksAs: PROGRAMS.find((one) => one.name === name).worksAs }));
      const secret = new URL(databaseUrl).password || 'peyk';
      const databases = await createDatabases(databaseUrl, wanted, { own: false, secret });
      const talkers = PROGRAMS.filter(({ talks }) => brokerUsers && talks);
      const broker = Object.fromEntries(talkers.map(({ name }) => [name, loginUrl(rabbitmqUrl, name)]));
      console.log(JSON.stringify({ databases, broker }));`;
    const env = {
      ...process.env,
      PEYK_LOGINS: JSON.stringify({ databaseUrl, rabbitmqUrl, brokerUsers, names }),
    };
    return JSON.parse(
      execFileSync(process.execPath, ['--input-type=module', '--eval', script], { encoding: 'utf8', env }),
    ) as Logins;
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

  private async launch(program: ProgramName, name: string): Promise<RunningProgram> {
    const healthPort = await this.ports.next();
    const running: RunningProgram = {
      name,
      program,
      env: { ...this.environment(program), HEALTH_PORT: String(healthPort) },
      healthUrl:
        program === 'simulators'
          ? `${this.simulatorUrl}/health`
          : `http://127.0.0.1:${healthPort}/health/ready`,
      child: undefined as unknown as ChildProcess,
    };
    running.child = this.spawn(running);
    this.programs.set(name, running);
    return running;
  }

  private spawn(program: RunningProgram): ChildProcess {
    const log = createWriteStream(this.logOf(program), { flags: 'a' });
    const child = spawn(
      process.execPath,
      [
        // As deploy/local runs it.
        '--max-semi-space-size=4',
        '--enable-source-maps',
        ...(program.program === 'sms-dispatch-worker' ? ['--max-old-space-size=96'] : []),
        ...(program.program === 'identity' ? ['--max-old-space-size=192'] : []),
        fileOf(program.program, 'main'),
      ],
      {
        env: program.env,
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    child.stdout.pipe(log, { end: false });
    child.stderr.pipe(log, { end: false });
    child.once('exit', (code, signal) => {
      log.write(`-- ended with ${code ?? signal}\n`);
      if (!this.stopping && code !== 0 && signal === null)
        process.stderr.write(`${program.name} ended with ${code}, see ${this.logs}\n`);
    });
    return child;
  }
}

/** A system on the servers of `npm test`; its logs are kept with the run's. `name` is the spec's. */
export function startForSpec(name: string, options: Partial<SystemOptions> = {}): Promise<PeykSystem> {
  const { TEST_DATABASE_URL: databaseUrl, TEST_RABBITMQ_URL: rabbitmqUrl, TEST_STATE_DIR: dir } = process.env;
  if (!databaseUrl || !rabbitmqUrl) throw new Error('end-to-end tests need servers: run them with npm test');
  return PeykSystem.start({
    databaseUrl,
    rabbitmqUrl,
    logs: dir ? join(dir, 'logs', name) : undefined,
    ...options,
  });
}
