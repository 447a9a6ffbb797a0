import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { promisify } from 'node:util';
import type { SendDto } from '@peyk/contracts/sms';
import type { ApiClient } from './api';
import { isComplete } from './api';
import type { PeykSystem } from './system';
import { demo } from './system';

const run = promisify(execFile);

/** PostgreSQL or RabbitMQ of the test run: killed as in a crash, and started again on the same data. */
export class TestServer {
  private readonly command: readonly string[];

  constructor(readonly name: 'postgres' | 'rabbitmq') {
    const manage = process.env[name === 'postgres' ? 'TEST_POSTGRES_MANAGE' : 'TEST_RABBITMQ_MANAGE'];
    if (!manage)
      throw new Error('fault tests need servers of their own: run them with npm run test:faults or npm test');
    this.command = JSON.parse(manage) as string[];
  }

  kill(): Promise<void> {
    return this.act('kill');
  }
  start(): Promise<void> {
    return this.act('start');
  }

  private async act(act: 'kill' | 'start'): Promise<void> {
    const [file = '', ...args] = this.command;
    await run(file, [...args, act], { timeout: 60_000 });
  }
}

/** What is killed: a program by name, or a server. */
export type Target =
  | 'api-gateway'
  | 'identity'
  | 'billing'
  | 'campaign-targeting'
  | 'sms-gateway'
  | 'sms-dispatch-worker'
  | 'rabbitmq'
  | 'postgres';

export const targets: readonly Target[] = [
  'sms-dispatch-worker',
  'sms-gateway',
  'rabbitmq',
  'postgres',
  'billing',
  'campaign-targeting',
  'api-gateway',
  'identity',
];

export const window = 20;
export const binds = 2;

export interface RoundResult {
  readonly killed: readonly Target[];
  readonly messages: number;
  readonly accepted: number;
  readonly duplicates: number;
  readonly inDoubt: number;
  readonly delivered: number;
  readonly open: number;
  readonly reportLines: number;
  readonly chargedRials: number;
  readonly ledger: string;
  readonly seconds: number;
}

/** A link that answers everything at once, has doubts settled after three seconds as sent, and never resends. */
export async function prepareLink(system: PeykSystem, partsPerSecond: number): Promise<void> {
  await system.sql(
    'sms-gateway',
    `UPDATE links SET parts_per_second = $1, window_size = $2, binds = $3, response_timeout_ms = 4000, receipt_wait_seconds = 25,
       doubt_wait_seconds = 6, doubt_settles_as = 'sent' WHERE id = $4`,
    [partsPerSecond, window, binds, demo.link],
  );
  await system.simulator('PUT', `/accounts/${demo.systemId}`, {
    partsPerSecond: null,
    window: 1_000,
    maxBinds: 32,
    latencyMs: 1,
    receipts: { enabled: true, delayMs: { min: 0, max: 200 }, mix: { DELIVRD: 100 } },
  });
}

/** What is killed when; `at`: share of the send that is out, 0..1. */
export interface Kill {
  readonly target: Target;
  readonly at: number;
  /** Runs while it is down; then it is started again. */
  readonly whileDown?: () => Promise<void>;
}

/** One send of `messages`, with each target killed once at its moment and started again. */
export async function killDuringSend(
  system: PeykSystem,
  api: ApiClient,
  messages: number,
  kills: readonly Kill[],
  timeoutMs = 120_000,
): Promise<RoundResult> {
  const startedAt = Date.now();
  await system.simulator('POST', '/reset', {});
  const numbers = Array.from({ length: messages }, (_, index) => `09${120_000_000 + index}`);
  const list = await patiently(() =>
    api.uploadAndRead('fault.csv', new Blob([`mobile\n${numbers.join('\n')}\n`])),
  );
  const idempotencyKey = randomUUID();
  const request = {
    lineId: demo.serviceLine,
    text: 'سلام، این یک پیام آزمایشی است.',
    recipients: { listId: list.id },
    idempotencyKey,
    lane: 'bulk' as const,
  };
  const send = await patiently(() => api.createSend(request));
  for (const { target, at, whileDown } of [...kills].sort((a, b) => a.at - b.at)) {
    await eventually(
      `${Math.round(at * 100)} % is out`,
      timeoutMs,
      async () => (await accepted(system)) >= messages * at,
    );
    await crash(system, target, whileDown);
  }
  const done = await finished(api, send.id, timeoutMs);
  const [row] = await system.sql<{ doubtful: number; open: number; charged: number }>(
    'sms-gateway',
    `SELECT count(*) FILTER (WHERE operator_ids IS NULL)::int AS doubtful, count(*) FILTER (WHERE state IN (0, 1, 7))::int AS open,
       sum(charged_rials)::float8 AS charged FROM messages WHERE send_id = $1`,
    [send.id],
  );
  const report = await patiently(() => api.report(send.id));
  // The same request again is the same send, whatever happened meanwhile.
  const again = await patiently(() => api.createSend(request));
  if (again.id !== send.id) throw new Error('the same idempotency key made a second send');
  const { extra, referenced } = await system.simulator<{ extra: number; referenced: number }>(
    'GET',
    `/duplicates?account=${demo.systemId}`,
  );
  return {
    killed: kills.map((kill) => kill.target),
    messages,
    accepted: await accepted(system),
    duplicates: referenced === 0 ? -1 : extra,
    inDoubt: row?.doubtful ?? -1,
    delivered: done.counts.delivered,
    open: row?.open ?? -1,
    reportLines: report.trim().split('\n').length - 1,
    chargedRials: done.money.chargedRials,
    ledger: (await system.command('billing', 'ledger-verify')).trim(),
    seconds: Math.round((Date.now() - startedAt) / 100) / 10,
  };
}

async function crash(system: PeykSystem, target: Target, whileDown?: Kill['whileDown']): Promise<void> {
  if (target === 'rabbitmq' || target === 'postgres') {
    const server = new TestServer(target);
    await server.kill();
    await whileDown?.();
    await server.start();
    return;
  }
  await system.kill(target);
  await whileDown?.();
  await system.restart(target, false);
}

/** Guarantees 1, 2 and 4 of one round. */
export function checkRound(result: RoundResult): void {
  expect(result.open).toBe(0);
  expect(result.reportLines).toBe(result.messages);
  expect(result.duplicates).toBe(0);
  // At most one window a bind for each kill of something that the answers pass through.
  expect(result.inDoubt).toBeLessThanOrEqual(window * binds * result.killed.length);
  // What is not in doubt reached the operator exactly once.
  expect(result.accepted).toBeGreaterThanOrEqual(result.messages - result.inDoubt);
  expect(result.accepted).toBeLessThanOrEqual(result.messages);
  // No receipt is lost either: the operator keeps what was not answered.
  expect(result.delivered).toBeGreaterThanOrEqual(result.messages - result.inDoubt);
  expect(result.chargedRials).toBeGreaterThan(0);
}

/** Everything is over: sent, reported, settled. Requests may fail meanwhile. */
export async function finished(api: ApiClient, sendId: string, timeoutMs: number): Promise<SendDto> {
  let last: SendDto | undefined;
  const until = Date.now() + timeoutMs;
  while (Date.now() < until) {
    last = await api.readSend(sendId).catch(() => last);
    if (last && isComplete(last)) return last;
    await pause(200);
  }
  throw new Error(`the send did not end: ${JSON.stringify(last)}`);
}

/** A client that tries again while the door or what stands behind it is away. */
export async function patiently<T>(act: () => Promise<T>, timeoutMs = 60_000): Promise<T> {
  const until = Date.now() + timeoutMs;
  for (;;) {
    try {
      return await act();
    } catch (error) {
      if (Date.now() > until) throw error;
      await pause(300);
    }
  }
}

export async function eventually(
  what: string,
  timeoutMs: number,
  done: () => Promise<boolean>,
): Promise<void> {
  const until = Date.now() + timeoutMs;
  while (!(await done().catch(() => false))) {
    if (Date.now() > until) throw new Error(`not within ${timeoutMs} ms: ${what}`);
    await pause(100);
  }
}

async function accepted(system: PeykSystem): Promise<number> {
  return (await system.simulator<{ accepted: number }>('GET', `/stats?account=${demo.systemId}`)).accepted;
}

export function pause(ms: number): Promise<void> {
  return new Promise((done) => setTimeout(done, ms));
}
