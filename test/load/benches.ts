import { randomUUID } from 'node:crypto';
import type { ImportDto } from '@peyk/contracts/identity';
import type { SendDto } from '@peyk/contracts/sms';
import { ApiClient } from '../support/api';
import { demo } from '../support/system';
import { onePart, say, threeParts } from './bench-context';
import type { Bench } from './bench-context';
import { cpuSeconds, memoryMb, quantile, round, sleep } from './measure';

export type Figures = Readonly<Record<string, unknown>>;

/** Clock from the accepted request to the last receipt recorded and the hold settled. Unlimited link, receipts on. */
export async function dispatch(
  bench: Bench,
  { messages = 100_000 }: { messages?: number },
): Promise<Figures> {
  await bench.contract(0, 500, 2);
  const warm = await bench.send(bench.api, await bench.list(bench.api, 2_000, 2), onePart);
  await bench.complete(bench.api, warm.id, 60_000);
  const listId = await bench.list(bench.api, messages, 1);
  await bench.system.simulator('POST', '/reset', {});
  const processes = await bench.processes();
  const before = new Map([...processes].map(([name, pids]) => [name, sum(pids.map(cpuSeconds))]));
  say(`sending ${messages} messages`);
  const send = await bench.send(bench.api, listId, onePart);
  const startedAt = Date.now();
  let submittedMs = 0;
  const done = await bench.api.until(
    send.id,
    (now) => {
      if (submittedMs === 0 && now.counts.queued === 0) submittedMs = Date.now() - startedAt;
      return complete(now);
    },
    300_000,
    50,
  );
  const settledMs = Date.now() - startedAt;
  const after = await bench.processes();
  const stats = await bench.stats();
  const cpu = Object.fromEntries(
    [...after].map(([name, pids]) => [
      name,
      round(((sum(pids.map(cpuSeconds)) - (before.get(name) ?? 0)) * 1e6) / messages, 1),
    ]),
  );
  return {
    messages,
    submittedPerSecond: round((messages / ((stats.lastAt ?? 0) - (stats.firstAt ?? 0))) * 1_000),
    settledPerSecond: round((messages / settledMs) * 1_000),
    settledSeconds: round(settledMs / 1_000, 2),
    delivered: done.counts.delivered,
    cpuMicrosPerMessage: cpu,
    cpuMicrosPerMessageInAll: round(sum(Object.values(cpu)), 1),
  };
}

/** Three-part text at the contract; with several workers one is killed in the middle. */
export async function pace(
  bench: Bench,
  {
    seconds = 45,
    workers: only,
    contracted: rate,
  }: { seconds?: number; workers?: number; contracted?: number },
): Promise<Figures> {
  const rows: Figures[] = [];
  for (const workers of only ? [only] : [1, 2, 4]) {
    while (bench.workers().length < workers) await bench.system.addWorker();
    for (const contracted of rate ? [rate] : [50, 500, 2_000]) {
      await bench.contract(contracted, 200, 4);
      const messages = Math.ceil((contracted * (seconds + 10)) / 3);
      const listId = await bench.list(bench.api, messages, 3);
      await bench.system.simulator('POST', '/reset', {});
      const send = await bench.send(bench.api, listId, threeParts);
      await bench.until('the first part is out', async () => (await bench.stats()).accepted > 0);
      const first = (await bench.stats()).firstAt ?? 0;
      let killed: string | undefined;
      if (workers > 1) {
        await sleep((seconds * 1_000) / 2);
        killed = bench.workers().at(-1);
        if (killed) await bench.system.kill(killed);
      }
      const now = (await bench.stats()).now;
      await sleep(Math.max(0, first + seconds * 1_000 + 300 - now));
      const stats = await bench.stats();
      const held = await bench.system.simulator<{ count: number }>(
        'GET',
        `/messages/count?account=${demo.systemId}&since=${first}&until=${first + seconds * 1_000}`,
      );
      rows.push({
        contracted,
        workers,
        worstWindow: stats.worstSecond.parts,
        heldRatio: round(held.count / (contracted * seconds), 4),
        throttled: stats.throttled,
        ...(killed ? { killedWorker: true } : {}),
      });
      say(JSON.stringify(rows.at(-1)));
      await bench.api.act(send.id, 'cancel').catch(() => undefined);
      if (killed) await bench.system.restart(killed);
      await bench.until(
        'the send has ended',
        async () =>
          ['cancelled', 'finished'].includes((await bench.api.readSend(send.id)).state) ||
          (await bench.api.readSend(send.id)).counts.queued === 0,
      );
    }
  }
  return { seconds, rows };
}

/** One-time codes at 5/s through a link that bulk saturates at 200 parts/s. */
export async function otp(bench: Bench, { seconds = 30 }: { seconds?: number }): Promise<Figures> {
  const bulk = await saturate(bench);
  const codes: { msisdn: string; requestedAt: number; acceptedAt: number }[] = [];
  const sending: Promise<void>[] = [];
  for (let no = 0; no < seconds * 5; no++) {
    const number = `0912${String(9_000_000 + no)}`;
    const requestedAt = Date.now();
    sending.push(
      bench.other
        .createSend({
          lineId: demo.otherLine,
          text: `کد ورود شما: ${100_000 + no}`,
          recipients: { numbers: [number] },
          idempotencyKey: randomUUID(),
          lane: 'otp',
        })
        .then((send) => {
          codes.push({ msisdn: `98${number.slice(1)}`, requestedAt, acceptedAt: Date.parse(send.createdAt) });
        }),
    );
    await sleep(200);
  }
  await Promise.all(sending);
  await sleep(3_000);
  const arrivals = await arrivalsFrom(bench, '982000002');
  await bench.api.act(bulk.id, 'cancel');
  const missing = codes.filter((code) => !arrivals.has(code.msisdn)).length;
  if (missing > 0) throw new Error(`${missing} codes did not arrive within three seconds`);
  const since = (from: 'requestedAt' | 'acceptedAt', q: number): number =>
    round(
      quantile(
        codes.map((code) => (arrivals.get(code.msisdn) ?? 0) - code[from]),
        q,
      ),
    );
  return {
    codes: codes.length,
    p50Ms: since('acceptedAt', 0.5),
    p99Ms: since('acceptedAt', 0.99),
    fromRequestP50Ms: since('requestedAt', 0.5),
    fromRequestP99Ms: since('requestedAt', 0.99),
  };
}

/** Another customer's 100 messages, bulk too, while a 100,000-message send saturates the link. */
export async function fair(bench: Bench): Promise<Figures> {
  const bulk = await saturate(bench);
  const listId = await bench.list(bench.other, 100, 5);
  const seconds: number[] = [];
  for (let round_ = 0; round_ < 3; round_++) {
    const send = await bench.send(bench.other, listId, onePart, 'bulk', demo.otherLine);
    await bench.other.until(send.id, (now) => now.counts.queued === 0, 60_000, 20);
    const { items } = await bench.system.simulator<{ items: { at: number }[] }>(
      'GET',
      `/messages?account=${demo.systemId}&source=982000002&limit=10000`,
    );
    const last = Math.max(...items.map((part) => part.at));
    seconds.push((last - Date.parse(send.createdAt)) / 1_000);
    await sleep(1_000);
  }
  await bench.api.act(bulk.id, 'cancel');
  return { seconds: round(quantile(seconds, 0.5), 2), runs: seconds.map((value) => round(value, 2)) };
}

/** Pause, resume and cancel of a send that runs at 2,000 parts/s. */
export async function control(bench: Bench): Promise<Figures> {
  await bench.contract(2_000, 200, 2);
  const send = await bench.send(bench.api, await bench.list(bench.api, 100_000, 6), onePart);
  await bench.until('it runs', async () => (await bench.stats()).accepted > 4_000);
  const pauses: number[] = [];
  const resumes: number[] = [];
  let submittedAfterPause = 0;
  for (let run = 0; run < 3; run++) {
    const pausedAt = (await bench.stats()).now;
    const atPause = (await bench.stats()).accepted;
    await bench.api.act(send.id, 'pause');
    await sleep(3_000);
    const quiet = await bench.stats();
    pauses.push(Math.max(0, (quiet.lastAt ?? 0) - pausedAt));
    submittedAfterPause = Math.max(submittedAfterPause, quiet.accepted - atPause);
    const resumedAt = quiet.now;
    await bench.api.act(send.id, 'resume');
    await bench.until('it goes on', async () => (await bench.stats()).accepted > quiet.accepted);
    const { items } = await bench.system.simulator<{ items: { at: number }[] }>(
      'GET',
      `/messages?account=${demo.systemId}&since=${resumedAt}&limit=1`,
    );
    resumes.push((items[0]?.at ?? resumedAt) - resumedAt);
    await sleep(1_500);
  }
  const cancelledAt = (await bench.stats()).now;
  await bench.api.act(send.id, 'cancel');
  await sleep(2_500);
  const cancelMs = Math.max(0, ((await bench.stats()).lastAt ?? 0) - cancelledAt);
  return {
    pauseMs: round(quantile(pauses, 0.5)),
    worstPauseMs: round(Math.max(...pauses)),
    resumeMs: round(quantile(resumes, 0.5)),
    cancelMs: round(cancelMs),
    submittedAfterPause,
  };
}

/** A messy file of a million rows, from the first byte of the upload until the list is ready. */
export async function intake(bench: Bench, { rows = 1_000_000 }: { rows?: number }): Promise<Figures> {
  const { fileName, content, truth } = bench.file(rows);
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  for await (const chunk of content) chunks.push(new Uint8Array(chunk));
  const blob = new Blob(chunks);
  say(`uploading ${round(blob.size / 1e6)} MB`);
  const startedAt = Date.now();
  const list = await bench.api.uploadAndRead(fileName, blob, 300_000);
  const seconds = (Date.now() - startedAt) / 1_000;
  if (list.valid !== truth.valid)
    throw new Error(`the list has ${list.valid} recipients, the file ${truth.valid}`);
  const pid = bench.system.program('campaign-targeting').child.pid ?? 0;
  const gateway = bench.system.program('api-gateway').child.pid ?? 0;
  return {
    rows,
    megabytes: round(blob.size / 1e6, 1),
    seconds: round(seconds, 2),
    rowsPerSecond: round(rows / seconds),
    rssMb: memoryMb(pid, 'VmHWM'),
    gatewayRssMb: memoryMb(gateway, 'VmHWM'),
    valid: list.valid,
  };
}

/**
 * A file of students into an empty identity: checked, applied, and the same again, which must come to nothing; while it
 * is applied, how long others wait for an answer of identity.
 */
export async function imports(bench: Bench, { rows = 100_000 }: { rows?: number }): Promise<Figures> {
  const admin = await new ApiClient(bench.system.baseUrl).signIn(demo.admin.username, demo.admin.password);
  const pid = bench.system.program('identity').child.pid ?? 0;
  const lines = ['کد دانشجویی,کد ملی,نام,نام خانوادگی,موبایل'];
  for (let n = 0; n < rows; n += 1)
    lines.push(`s${n},${nationalCode(n)},علی,رضایی ${n},0912${String(n).padStart(7, '0')}`);
  const file = new Blob([lines.join('\n')]);
  await sleep(2_000);
  const before = memoryMb(pid, 'VmRSS');
  const until = async (id: string, state: ImportDto['state']): Promise<ImportDto> => {
    for (;;) {
      const found = await admin.request<ImportDto>('GET', `/imports/${id}`);
      if (found.state === state) return found;
      if (found.state === 'failed') throw new Error(`the import failed: ${found.refusal ?? ''}`);
      await sleep(100);
    }
  };
  const once = async (): Promise<{ checkMs: number; applyMs: number; done: ImportDto; id: string }> => {
    const form = new FormData();
    form.set('file', file, 'students.csv');
    let startedAt = Date.now();
    const { id } = await admin.request<ImportDto>('POST', '/imports/students', form);
    await until(id, 'checked');
    const checkMs = Date.now() - startedAt;
    startedAt = Date.now();
    await admin.request('POST', `/imports/${id}/apply`, {});
    const done = await until(id, 'done');
    return { checkMs, applyMs: Date.now() - startedAt, done, id };
  };
  const waits: number[] = [];
  let asking = true;
  const asker = (async () => {
    while (asking) {
      const startedAt = performance.now();
      await bench.api.request('GET', '/me');
      waits.push(performance.now() - startedAt);
      await sleep(20);
    }
  })();
  const first = await once();
  asking = false;
  await asker;
  if (first.done.created !== rows) throw new Error(`${first.done.created} of ${rows} were created`);
  const toldAt = Date.now();
  await bench.until(
    'every event is out',
    async () => {
      const [row] = await bench.system.sql<{ n: number }>(
        'identity',
        'SELECT count(*)::int AS n FROM outbox',
        [],
      );
      return row?.n === 0;
    },
    300_000,
  );
  const eventsMs = Date.now() - toldAt;
  const again = await once();
  if (again.done.unchanged !== rows) throw new Error(`${again.done.unchanged} of ${rows} were unchanged`);
  return {
    rows,
    megabytes: round(file.size / 1e6, 1),
    checkedPerSecond: round((rows / first.checkMs) * 1_000),
    appliedPerSecond: round((rows / first.applyMs) * 1_000),
    againPerSecond: round((rows / again.applyMs) * 1_000),
    eventsMs,
    othersP50Ms: round(quantile(waits, 0.5)),
    othersP99Ms: round(quantile(waits, 0.99)),
    rssBeforeMb: before,
    rssPeakMb: memoryMb(pid, 'VmHWM'),
  };
}

/** The n-th valid national code. */
function nationalCode(n: number): string {
  const digits = `21${String(n).padStart(7, '0')}`;
  const rest = sum([...digits].map((digit, at) => Number(digit) * (10 - at))) % 11;
  return `${digits}${rest < 2 ? rest : 11 - rest}`;
}

/** Each program idle and while 100,000 messages go through. */
export async function memory(bench: Bench): Promise<Figures> {
  await bench.contract(0, 500, 2);
  await sleep(5_000);
  const idle = new Map<string, number>();
  const busy = new Map<string, number>();
  const look = (into: Map<string, number>): void => {
    for (const [name, program] of bench.system.programs) {
      into.set(name, Math.max(into.get(name) ?? 0, memoryMb(program.child.pid ?? 0, 'VmRSS')));
    }
  };
  look(idle);
  const send = await bench.send(bench.api, await bench.list(bench.api, 100_000, 8), onePart);
  const watch = setInterval(() => look(busy), 200);
  await bench.complete(bench.api, send.id, 300_000);
  clearInterval(watch);
  const names = [...idle.keys()];
  return {
    rows: names.map((program) => ({ program, idleMb: idle.get(program), dispatchMb: busy.get(program) })),
    withoutSimulatorsMb: round(
      sum(names.filter((name) => name !== 'simulators').map((name) => busy.get(name) ?? 0)),
    ),
  };
}

/**
 * Ceilings of the two halves of `dispatch`, each alone: recipients to messages without any worker, then a worker for
 * messages that are all waiting. What `dispatch` itself reaches lies below both: they share the processors.
 */
export async function stages(bench: Bench, { messages = 100_000 }: { messages?: number }): Promise<Figures> {
  const [worker = ''] = bench.workers();
  await bench.contract(0, 500, 2);
  await bench.system.kill(worker, 'SIGTERM');
  const send = await bench.send(bench.api, await bench.list(bench.api, messages, 9), onePart);
  const startedAt = Date.now();
  await bench.until('all messages are written', async () => {
    const [row] = await bench.system.sql<{ cursor: number }>(
      'sms-gateway',
      'SELECT cursor FROM sends WHERE id = $1',
      [send.id],
    );
    return row?.cursor === messages;
  });
  const preparedMs = Date.now() - startedAt;
  await bench.system.restart(worker);
  await bench.until('the first part is out', async () => (await bench.stats()).accepted > 0);
  const firstAt = Date.now();
  await bench.complete(bench.api, send.id, 120_000);
  return {
    messages,
    preparedPerSecond: round((messages / preparedMs) * 1_000),
    dispatchedPerSecond: round((messages / (Date.now() - firstAt)) * 1_000),
  };
}

/** A bulk send that keeps the link at its 200 parts/s. */
async function saturate(bench: Bench): Promise<SendDto> {
  await bench.contract(200, 50, 2);
  const send = await bench.send(bench.api, await bench.list(bench.api, 100_000, 4), onePart);
  await bench.until('the link is saturated', async () => (await bench.stats()).accepted > 600);
  return send;
}

/** When the operator got the message of each number from a line (ms since 1970). */
async function arrivalsFrom(bench: Bench, source: string): Promise<Map<string, number>> {
  const { items } = await bench.system.simulator<{ items: { at: number; destination: string }[] }>(
    'GET',
    `/messages?account=${demo.systemId}&source=${source}&limit=10000`,
  );
  return new Map(items.map((part) => [part.destination, part.at]));
}

function complete(send: SendDto): boolean {
  return (
    send.state === 'finished' &&
    send.money.settled &&
    send.counts.sent + send.counts.queued + send.counts.inDoubt === 0
  );
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
