import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { SendDto } from '@peyk/contracts/sms';
import { Client } from 'pg';
import { ApiClient, isComplete } from '../support/api';
import { PanelBrowser } from '../support/panel';
import type { PanelPage } from '../support/panel';
import { generateRecipientFile } from '../support/recipient-file.generator';
import { PeykSystem, demo } from '../support/system';
import { family, sleep } from './measure';

interface Server {
  readonly url: string;
  stop(): Promise<void>;
}

export interface SimulatorStats {
  readonly now: number;
  readonly accepted: number;
  readonly throttled: number;
  readonly windowExceeded: number;
  readonly firstAt: number | null;
  readonly lastAt: number | null;
  readonly worstSecond: { readonly parts: number };
  readonly histogram: { readonly bucketMs: number; readonly counts: readonly number[] };
}

/** One part of Persian text, and three. */
export const onePart = 'سلام، این یک پیام آزمایشی از سامانه‌ی پیک است.';
export const threeParts = 'این متن برای سنجش سرعت ارسال نوشته شده است و سه بخش دارد. '
  .repeat(3)
  .slice(0, 190);

const dir = resolve(__dirname, '../../.local/bench');
const lib = resolve(__dirname, '../../deploy/local/lib');

/** Progress goes to standard error: standard output is for the figures. */
export function say(line: string): void {
  process.stderr.write(`${new Date().toISOString().slice(11, 19)} ${line}\n`);
}

/** PostgreSQL alone, for a bench that needs no program. The caller stops it. */
export async function startPostgres(): Promise<Server> {
  mkdirSync(dir, { recursive: true });
  const { ensurePostgres } = (await import(join(lib, 'postgres.mjs'))) as {
    ensurePostgres: (options: { dir: string }) => Promise<Server>;
  };
  return ensurePostgres({ dir });
}

/** Servers and programs of a bench run, on loopback, gone afterwards. */
export class Bench {
  private constructor(
    readonly system: PeykSystem,
    readonly api: ApiClient,
    readonly other: ApiClient,
    private readonly servers: { postgres: Server; rabbit: Server },
  ) {}

  /** `env`: settings of the programs other than their defaults. */
  static async start(env: Record<string, string> = {}): Promise<Bench> {
    mkdirSync(dir, { recursive: true });
    // Plain ES modules, so that `npm start` needs no build; Node 20.19 can require them.
    const { ensurePostgres } = (await import(join(lib, 'postgres.mjs'))) as {
      ensurePostgres: (options: { dir: string }) => Promise<Server>;
    };
    const { ensureRabbit } = (await import(join(lib, 'rabbit.mjs'))) as {
      ensureRabbit: (options: { dir: string; print: (line: string) => void }) => Promise<Server>;
    };
    const { endLeftovers } = (await import(join(lib, 'leftovers.mjs'))) as {
      endLeftovers: (dir: string) => Promise<string[]>;
    };
    // A bench that was killed must not go on beside this one; programs carry the folder as their mark.
    process.env['TEST_STATE_DIR'] = dir;
    await endLeftovers(dir);
    say('starting PostgreSQL and RabbitMQ');
    const [postgres, rabbit] = await Promise.all([
      ensurePostgres({ dir }),
      ensureRabbit({ dir, print: say }),
    ]);
    say('starting the programs');
    rmSync(join(dir, 'logs/programs'), { recursive: true, force: true });
    const system = await PeykSystem.start({
      databaseUrl: postgres.url,
      rabbitmqUrl: rabbit.url,
      brokerUsers: true,
      dir,
      logFolder: 'programs',
      env: { LOG_LEVEL: 'warn', ...env },
    });
    for (const customer of [demo.customer.id, demo.other.id]) {
      await system.sql('billing', `SELECT ledger_credit($1, 'credit', $2, 100000000000, $3)`, [
        randomUUID(),
        customer,
        'bench',
      ]);
    }
    const api = await new ApiClient(system.baseUrl).signIn(demo.customer.username, demo.customer.password);
    const other = await new ApiClient(system.baseUrl).signIn(demo.other.username, demo.other.password);
    return new Bench(system, api, other, { postgres, rabbit });
  }

  /** Somebody's browser, signed in; Chromium is installed where there is none. The caller closes the browser. */
  async browser(): Promise<{ readonly browser: PanelBrowser; readonly panel: PanelPage }> {
    const { ensureChromium } = (await import(join(lib, 'chromium.mjs'))) as {
      ensureChromium: (dir: string, print: (line: string) => void) => Promise<string>;
    };
    process.env['TEST_CHROMIUM'] = await ensureChromium(dir, say);
    const browser = await PanelBrowser.start(this.system.httpPort);
    try {
      const panel = await browser.open();
      // As most people have it: what moves is a part of what is measured.
      await panel.page.emulateMedia({ reducedMotion: 'no-preference' });
      await panel.signIn(demo.customer.username, demo.customer.password);
      return { browser, panel };
    } catch (error) {
      await browser.close();
      throw error;
    }
  }

  async stop(): Promise<void> {
    await this.system.stop();
    await Promise.all([this.servers.postgres.stop(), this.servers.rabbit.stop()]);
  }

  /** The contract at both ends: what we keep to, and what the operator enforces. 0: none. */
  async contract(partsPerSecond: number, window = 200, binds = 2): Promise<void> {
    await this.system.sql(
      'sms-gateway',
      'UPDATE links SET parts_per_second = $1, window_size = $2, binds = $3, receipt_wait_seconds = 5 WHERE id = $4',
      [partsPerSecond, window, binds, demo.link],
    );
    await this.system.simulator('PUT', `/accounts/${demo.systemId}`, {
      partsPerSecond: partsPerSecond === 0 ? null : partsPerSecond,
      window: Math.max(1_000, window),
      maxBinds: 32,
      latencyMs: 0,
      receipts: { enabled: true, delayMs: { min: 0, max: 0 }, mix: { DELIVRD: 100 } },
    });
    await this.system.simulator('POST', '/reset', {});
    // The workers bind again where the number of binds changed, and learn their shares.
    await this.until('all binds are there', async () => {
      const { binds: bound } = await this.system.simulator<{ binds: unknown[] }>(
        'GET',
        `/stats?account=${demo.systemId}`,
      );
      return bound.length === (this.workers().length === 0 ? 0 : binds);
    });
    await sleep(2_500);
  }

  stats(): Promise<SimulatorStats> {
    return this.system.simulator('GET', `/stats?account=${demo.systemId}`);
  }

  /** A list of `count` valid recipients, made here. */
  async list(api: ApiClient, count: number, seed = 1): Promise<string> {
    const numbers = Array.from(
      { length: count },
      (_, index) => `09${100_000_000 + seed * 10_000_000 + index}`,
    );
    const list = await api.uploadAndRead('bench.csv', new Blob([`mobile\n${numbers.join('\n')}\n`]));
    if (list.state !== 'ready' || list.valid !== count)
      throw new Error(`list is ${list.state} with ${list.valid} recipients`);
    return list.id;
  }

  async send(
    api: ApiClient,
    listId: string,
    text: string,
    lane: 'bulk' | 'transactional' = 'bulk',
    lineId: string = demo.serviceLine,
  ): Promise<SendDto> {
    return api.createSend({ lineId, text, recipients: { listId }, idempotencyKey: randomUUID(), lane });
  }

  complete(api: ApiClient, id: string, timeoutMs: number): Promise<SendDto> {
    return api.until(id, isComplete, timeoutMs, 50);
  }

  workers(): string[] {
    return [...this.system.programs.values()]
      .filter(
        (program) =>
          program.program.name === 'sms-dispatch-worker' &&
          program.child.exitCode === null &&
          program.child.signalCode === null,
      )
      .map((program) => program.name);
  }

  /** Process ids by program; PostgreSQL and RabbitMQ with all their processes. */
  async processes(): Promise<Map<string, number[]>> {
    const pids = new Map<string, number[]>();
    for (const [name, program] of this.system.programs)
      if (program.child.pid) pids.set(name, [program.child.pid]);
    // The postmaster is the parent of any connection's process, while that is open.
    const client = new Client({ connectionString: this.system.databaseUrl('sms-gateway') });
    await client.connect();
    const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    const status = readFileSync(`/proc/${rows[0]?.pid}/status`, 'utf8');
    await client.end();
    const postmaster = Number(/^PPid:\s+(\d+)/m.exec(status)?.[1] ?? 0);
    if (postmaster > 1) pids.set('postgresql', family(postmaster));
    pids.set('rabbitmq', rabbitProcesses());
    return pids;
  }

  async until(what: string, done: () => Promise<boolean>, timeoutMs = 60_000): Promise<void> {
    const end = Date.now() + timeoutMs;
    while (!(await done())) {
      if (Date.now() > end) throw new Error(`not within ${timeoutMs} ms: ${what}`);
      await sleep(100);
    }
  }

  file(rows: number): ReturnType<typeof generateRecipientFile> {
    return generateRecipientFile({ rows, seed: 7 });
  }
}

function rabbitProcesses(): number[] {
  return readdirSync('/proc').flatMap((entry) => {
    if (!/^\d+$/.test(entry)) return [];
    try {
      const environment = readFileSync(`/proc/${entry}/environ`, 'utf8');
      const command = readFileSync(`/proc/${entry}/cmdline`, 'utf8');
      return command.includes('beam.smp') && environment.includes(dir) ? [Number(entry)] : [];
    } catch {
      return [];
    }
  });
}
