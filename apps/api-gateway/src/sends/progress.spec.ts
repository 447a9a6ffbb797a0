import { randomUUID } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { DomainError } from '@peyk/contracts';
import { smsSendsRpc } from '@peyk/contracts/sms';
import type { SendDto, SendProgressedDto } from '@peyk/contracts/sms';
import { buildSend, sendId } from '../testing/examples.fixture';
import { ask, startGateway, tokenOf } from '../testing/gateway.fixture';
import type { RunningGateway } from '../testing/gateway.fixture';
import { ProgressHub } from './progress.hub';
import { progressEvents } from './progress.stream';

const money = { quotedRials: 10, chargedRials: 10, releasedRials: 0, refundedRials: 0, settled: true };
const { counts } = buildSend();

function buildProgress(change: Partial<SendProgressedDto> = {}): SendProgressedDto {
  return {
    sendId,
    customerId: sendId,
    state: 'sending',
    recipients: 10,
    counts,
    chargedRials: 0,
    partsPerSecond: 5,
    at: '2026-11-21T08:00:00.000Z',
    ...change,
  };
}

async function collect(events: AsyncIterable<string>): Promise<string[]> {
  const names: string[] = [];
  for await (const text of events) names.push(/event: (\w+)/.exec(text)?.[1] ?? text.trim());
  return names;
}

describe(progressEvents.name, () => {
  // No heartbeat between, however slow the machine; receipts stop long after the next look.
  const quick = { quietMs: 20, heartbeatMs: 60_000, receiptsMs: 1_000 };
  const never = new AbortController().signal;
  const here = { gone: never, refused: never };

  it('ends at once when nothing moves any more', async () => {
    const over = buildSend({ state: 'finished', money });
    expect(await collect(progressEvents(over, async () => over, new ProgressHub(), here, quick))).toEqual([
      'snapshot',
      'end',
    ]);
    const refused = buildSend({ state: 'refused' });
    expect(
      await collect(progressEvents(refused, async () => refused, new ProgressHub(), here, quick)),
    ).toContain('end');
  });

  it('shows the last state though all live events are lost, and ends only when the money is settled', async () => {
    const states: SendDto[] = [
      buildSend({ state: 'sending', recipients: 11 }),
      buildSend({ state: 'finished' }),
      buildSend({ state: 'finished' }),
      buildSend({ state: 'finished', money }),
    ];
    const read = async (): Promise<SendDto> => states.shift() ?? buildSend({ state: 'finished', money });
    const hub = new ProgressHub();
    expect(await collect(progressEvents(buildSend(), read, hub, here, quick))).toEqual([
      'snapshot',
      'snapshot',
      'snapshot',
      'snapshot',
      'end',
    ]);
    expect(hub.watched).toBe(0);
  });

  it('shows the receipts of a settled send while they come, and does not wait for ever for the rest', async () => {
    const settled = (sent: number): SendDto =>
      buildSend({ state: 'finished', money, counts: { ...counts, queued: 0, sent, delivered: 10 - sent } });
    const states = [settled(8), settled(8), settled(3)];
    const read = async (): Promise<SendDto> => states.shift() ?? settled(2);
    const seen: string[] = [];
    for await (const text of progressEvents(settled(10), read, new ProgressHub(), here, quick))
      seen.push(text);
    const sent = seen.flatMap((text) => /event: (\w+)[^]*"sent":(\d+)/.exec(text)?.slice(1).join(' ') ?? []);
    expect(sent).toEqual(['snapshot 10', 'snapshot 8', 'snapshot 3', 'snapshot 2', 'end 2']);
  });

  it('keeps the line open with comments while nothing happens', async () => {
    let reads = 0;
    const read = async (): Promise<SendDto> =>
      ++reads < 12 ? buildSend({ state: 'paused' }) : buildSend({ state: 'cancelled', money });
    const events = await collect(
      progressEvents(buildSend({ state: 'paused' }), read, new ProgressHub(), here, {
        ...quick,
        heartbeatMs: 60,
      }),
    );
    expect(events.filter((name) => name === ':').length).toBeGreaterThanOrEqual(2);
    expect(events.at(-1)).toBe('end');
  });

  it('gives a slow client the newest progress only', async () => {
    const hub = new ProgressHub();
    const events = progressEvents(
      buildSend(),
      async () => buildSend({ state: 'finished', money }),
      hub,
      here,
      quick,
    );
    await events.next();
    const waiting = events.next();
    hub.tell(buildProgress({ chargedRials: 1 }));
    expect((await waiting).value).toContain('"chargedRials":1');
    for (let rials = 2; rials <= 50; rials++) hub.tell(buildProgress({ chargedRials: rials }));
    expect((await events.next()).value).toContain('"chargedRials":50');
    expect((await events.next()).value).toContain('snapshot');
    await events.return();
    expect(hub.watched).toBe(0);
  });

  it('hears only of its own send', async () => {
    const hub = new ProgressHub();
    const events = progressEvents(
      buildSend(),
      async () => buildSend({ state: 'finished', money }),
      hub,
      here,
      quick,
    );
    await events.next();
    const next = events.next();
    hub.tell(buildProgress({ sendId: '0198f000-0000-7000-8000-0000000000ff' }));
    expect((await next).value).toContain('event: snapshot');
    await events.return();
  });

  it('waits while the service is away, and says when the token has ended', async () => {
    const codes = ['service.unavailable', 'service.unavailable', 'access.tokenInvalid'] as const;
    let turn = 0;
    const read = async (): Promise<SendDto> => {
      throw new DomainError(codes[turn++] ?? 'internal');
    };
    const seen: string[] = [];
    for await (const text of progressEvents(buildSend(), read, new ProgressHub(), here, quick))
      seen.push(text);
    expect(seen.at(-1)).toBe('event: refused\ndata: {"code":"access.tokenInvalid"}\n\n');
    expect(turn).toBe(3);
  });

  it('says once that the service is away, and goes on with a snapshot when it is back', async () => {
    let turn = 0;
    const read = async (): Promise<SendDto> => {
      turn += 1;
      if (turn <= 3) throw new DomainError('service.unavailable');
      return turn === 4 ? buildSend() : buildSend({ state: 'finished', money });
    };
    expect(await collect(progressEvents(buildSend(), read, new ProgressHub(), here, quick))).toEqual([
      'snapshot',
      'unavailable',
      'snapshot',
      'snapshot',
      'end',
    ]);
  });

  it('ends at once when the client goes away', async () => {
    const hub = new ProgressHub();
    const gone = new AbortController();
    const slow = { quietMs: 60_000, heartbeatMs: 60_000, receiptsMs: 60_000 };
    const events = collect(
      progressEvents(buildSend(), async () => buildSend(), hub, { ...here, gone: gone.signal }, slow),
    );
    await sleep(10);
    gone.abort();
    expect(await events).toEqual(['snapshot']);
    expect(hub.watched).toBe(0);
  });

  it('ends for a caller who is refused though events flow without a pause', async () => {
    const hub = new ProgressHub();
    const refusal = new AbortController();
    const flow = setInterval(() => hub.tell(buildProgress()), 1);
    const events = collect(
      progressEvents(buildSend(), async () => buildSend(), hub, { ...here, refused: refusal.signal }, quick),
    );
    await sleep(30);
    refusal.abort(new DomainError('access.tokenInvalid'));
    const names = await events;
    clearInterval(flow);
    expect(names).toContain('progress');
    expect(names.at(-1)).toBe('refused');
    expect(hub.watched).toBe(0);
  });

  it('ends when the program stops', async () => {
    const hub = new ProgressHub();
    const events = collect(
      progressEvents(buildSend(), async () => buildSend(), hub, here, {
        quietMs: 60_000,
        heartbeatMs: 1,
        receiptsMs: 1,
      }),
    );
    await sleep(10);
    hub.onModuleDestroy();
    expect(await events).toEqual(['snapshot']);
  });
});

describe('GET /sends/:sendId/progress', () => {
  let gateway: RunningGateway;
  let hub: ProgressHub;
  beforeAll(async () => {
    gateway = await startGateway({ STREAMS_PER_ACCOUNT: '2' });
    hub = gateway.app.get(ProgressHub);
    gateway.services.on(smsSendsRpc.read, () => buildSend());
  });
  afterAll(() => gateway.close());

  function open(
    token = tokenOf(),
  ): Promise<{ response: IncomingMessage; text: () => string; close: () => void }> {
    return new Promise((resolve, reject) => {
      const request = httpRequest(`${gateway.url}/api/v1/sends/${sendId}/progress`, {
        headers: { authorization: `Bearer ${token}` },
      });
      request.on('error', reject);
      request.on('response', (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (piece: string) => (text += piece));
        response.on('error', () => undefined);
        resolve({ response, text: () => text, close: () => request.destroy() });
      });
      request.end();
    });
  }
  async function until(condition: () => boolean): Promise<void> {
    for (let turn = 0; turn < 400 && !condition(); turn++) await sleep(10);
    expect(condition()).toBe(true);
  }

  it('streams a snapshot and live progress, and forgets the client when it goes', async () => {
    const { response, text, close } = await open();
    expect(response.statusCode).toBe(200);
    expect(response.headers['content-type']).toBe('text/event-stream; charset=utf-8');
    expect(response.headers['cache-control']).toBe('no-store');
    expect(response.headers['x-request-id']).toBeDefined();
    await until(() => text().includes('event: snapshot'));
    hub.tell(buildProgress({ chargedRials: 1_330 }));
    await until(() => text().includes('"chargedRials":1330'));
    close();
    await until(() => hub.watched === 0);
  });

  it('does not outlive its session, whatever flows and though the client reads nothing', async () => {
    const [readerSession, sleeperSession] = [randomUUID(), randomUUID()];
    const reader = await open(tokenOf({ session: readerSession }));
    const sleeper = await open(tokenOf({ session: sleeperSession }));
    sleeper.response.pause();
    const flow = setInterval(() => hub.tell(buildProgress()), 5);
    try {
      await until(() => reader.text().includes('event: progress'));
      gateway.refuse(readerSession);
      gateway.refuse(sleeperSession);
      await until(() => hub.watched === 0);
      // The last words may still be on their way.
      await until(() => reader.text().includes('event: refused'));
      expect(reader.text()).toMatch(/event: refused\ndata: {"code":"access.tokenInvalid"}\n\n$/);
    } finally {
      clearInterval(flow);
      reader.close();
      sleeper.close();
    }
  });

  it('allows one account so many, and gives the places back', async () => {
    const streams = [await open(), await open()];
    const third = await open();
    expect(third.response.statusCode).toBe(429);
    expect(Number(third.response.headers['retry-after'])).toBeGreaterThan(0);
    for (const { close } of streams) close();
    await until(() => hub.watched === 0);
    const again = await open();
    expect(again.response.statusCode).toBe(200);
    again.close();
    await until(() => hub.watched === 0);
  });

  it("answers another's send as a proper error", async () => {
    gateway.services.on(smsSendsRpc.read, () => {
      throw new DomainError('send.notFound');
    });
    for (let turn = 0; turn < 3; turn++) {
      const response = await ask(gateway, 'GET', `/api/v1/sends/${sendId}/progress`, { token: tokenOf() });
      expect([response.status, response.body['code']]).toEqual([404, 'send.notFound']);
    }
    gateway.services.on(smsSendsRpc.read, () => buildSend());
  });

  it('lets the program stop with a stream open', async () => {
    const own = await startGateway();
    own.services.on(smsSendsRpc.read, () => buildSend());
    const response = await fetch(`${own.url}/api/v1/sends/${sendId}/progress`, {
      headers: { authorization: `Bearer ${tokenOf()}` },
    });
    const whole = response.text();
    await sleep(50);
    await own.close();
    expect(await whole).toContain('event: snapshot');
  });
});
