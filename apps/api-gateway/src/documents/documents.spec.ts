import { writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { Logger } from '@nestjs/common';
import { DomainError } from '@peyk/contracts';
import { billingTopupsRpc, billingWalletsRpc } from '@peyk/contracts/billing';
import type { StatementEntryDto, StatementSummaryDto, TopupReceiptDto } from '@peyk/contracts/billing';
import { eventually } from '@peyk/testing';
import { startGateway, tokenOf } from '../testing/gateway.fixture';
import type { RunningGateway } from '../testing/gateway.fixture';
import { DocumentThreads } from './document-threads';
import { receiptPdf } from './receipt';
import { statementPdf } from './statement-pdf';

const period = 'from=2026-10-22T20:30:00Z&to=2026-11-21T20:30:00Z';
const id = '0198f000-0000-7000-8000-00000000000a';
const summary: StatementSummaryDto = {
  ...{ from: '2026-10-22T20:30:00Z', to: '2026-11-21T20:30:00Z', openingRials: 0, closingRials: 5_000_000 },
  kinds: [{ kind: 'capture', entries: 200, amountRials: -1_330 }],
};
const receipt: TopupReceiptDto = {
  ...{ topupId: id, customerName: 'شرکت نمونه', amountRials: 5_000_000, giftRials: 0, totalRials: 5_000_000 },
  ...{ bankTitle: 'بانک ملت', referenceNumber: '123456', orderNumber: '42', card: '610433******1234' },
  creditedAt: '2026-11-21T08:00:00.000Z',
};

function entries(count: number): StatementEntryDto[] {
  return Array.from({ length: count }, (_, at) => ({
    ...{ transferId: id, kind: 'transfer', entries: 1, holdId: null, at: '2026-11-21T08:00:00.000Z' },
    ...{ amountRials: -1_330 - at, balanceRials: 5_000_000 - at, reason: `انتقال شماره ${at} به کاربر` },
  }));
}

/** How long the loop of this program worked, ms. */
async function loopWorked(deed: () => Promise<unknown>): Promise<number> {
  const before = performance.eventLoopUtilization();
  await deed();
  return performance.eventLoopUtilization(before).active;
}

/** The least of some tries: what else the machine does can only add to one. */
async function least(tries: number, measure: () => Promise<number>): Promise<number> {
  let found = Infinity;
  for (let at = 0; at < tries; at += 1) found = Math.min(found, await measure());
  return found;
}

describe('documents', () => {
  let gateway: RunningGateway;
  const get = (path: string): Promise<Response> =>
    fetch(`${gateway.url}/api/v1/${path}`, { headers: { authorization: `Bearer ${tokenOf()}` } });
  const read = async (path: string): Promise<number> => {
    const response = await get(path);
    const pdf = Buffer.from(await response.arrayBuffer());
    expect([response.status, pdf.subarray(0, 5).toString('latin1')]).toEqual([200, '%PDF-']);
    return pdf.length;
  };

  beforeAll(async () => {
    gateway = await startGateway();
    gateway.services.on(billingWalletsRpc.summary, () => summary);
    gateway.services.on(billingWalletsRpc.statement, () => ({ entries: entries(200) }));
    gateway.services.on(billingTopupsRpc.receipt, () => receipt);
  });
  afterAll(() => gateway.close());

  it('a statement and a receipt are not made on the loop that answers everybody else', async () => {
    const made = [
      [
        `wallet/statement.pdf?${period}`,
        () =>
          statementPdf({ customerName: 'شرکت نمونه', summary, entries: entries(200), madeAt: new Date() }),
      ],
      [`topups/${id}/receipt.pdf`, () => receiptPdf(receipt, new Date())],
    ] as const;
    for (const [path, make] of made) {
      // Both are warm then.
      await Promise.all([read(path), make()]);
      const here = await least(5, () => loopWorked(make));
      const asked = await least(5, () => loopWorked(() => read(path)));
      expect([path, asked < here / 3]).toEqual([path, true]);
    }
  });

  it('the description of the API is made once, not for each who asks without having signed in', async () => {
    const ask = async (): Promise<string> => (await fetch(`${gateway.url}/api/docs/openapi.json`)).text();
    let first = '';
    const made = await loopWorked(async () => (first = await ask()));
    expect(JSON.parse(first)).toHaveProperty('paths');
    expect(await ask()).toBe(first);
    expect((await least(5, () => loopWorked(ask))) < made / 3).toBe(true);
    const script = (): Promise<Response> => fetch(`${gateway.url}/api/docs/swagger-ui-init.js`);
    const [once, again] = [await script(), await script()];
    expect(again.headers.get('content-type')).toBe(once.headers.get('content-type'));
    expect(await again.text()).toBe(await once.text());
  });

  it('BIL-213 a CSV of a hundred pages leaves the loop to others after each of them', async () => {
    let page = 0;
    gateway.services.on(billingWalletsRpc.statement, () =>
      ++page > 100 ? { entries: [] } : { entries: entries(200), nextCursor: String(page) },
    );
    let [isDone, turns] = [false, 0];
    const turn = (): void => {
      turns += 1;
      if (!isDone) setImmediate(turn);
    };
    // From when the first page is asked for.
    const csv = get('wallet/statement.csv').then((response) => response.text());
    setImmediate(turn);
    expect((await csv).split('\r\n').length).toBeGreaterThan(20_000);
    isDone = true;
    expect(turns).toBeGreaterThan(100);
  });

  it('more than two at once of one account, and more than may wait, are told in Persian when to come again', async () => {
    // All four have been read before the first is made.
    const waiting: (() => void)[] = [];
    gateway.services.on(billingTopupsRpc.receipt, async () => {
      await new Promise<void>((resolve) => waiting.push(resolve));
      return receipt;
    });
    const asked = Array.from({ length: 4 }, () => get(`topups/${id}/receipt.pdf`));
    await eventually(() => expect(waiting).toHaveLength(4));
    for (const goOn of waiting) goOn();
    const answers = await Promise.all(asked);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 429, 429]);
    const refused = answers.filter(({ status }) => status === 429);
    for (const answer of refused) {
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
      expect(await answer.json()).toMatchObject({
        code: 'rate.limited',
        message: expect.stringMatching(/[آ-ی]/) as string,
      });
    }
  });
});

describe(DocumentThreads, () => {
  const madeAt = new Date('2026-11-21T08:00:00Z');
  let folder: string;
  let threads: DocumentThreads;
  let logged: jest.SpyInstance;
  const order = { kind: 'receipt', receipt, madeAt } as const;
  const make = (account = 'a'): Promise<Buffer> => threads.make(account, async () => [order]);
  const refusal = (made: Promise<Buffer>): Promise<unknown> =>
    made.then(
      () => 'made',
      (error: unknown) => (error instanceof DomainError ? [error.code, error.details?.['reason']] : 'failed'),
    );
  /** A thread that does this with what it is sent. */
  const does = (deed: string): void => {
    threads.entry = join(folder, 'thread.js');
    writeFileSync(
      threads.entry,
      `const { parentPort } = require('node:worker_threads'); parentPort.on('message', (order) => { ${deed} });`,
    );
  };
  const real = new DocumentThreads().entry;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'peyk-documents-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));
  beforeEach(() => {
    logged = jest.spyOn(Logger.prototype, 'error').mockImplementation(() => undefined);
    threads = new DocumentThreads();
  });
  afterEach(async () => {
    await threads.onApplicationShutdown();
    logged.mockRestore();
  });

  it('BIL-213 makes what would be made here, of pages that come newest first, one after the other', async () => {
    const rows = entries(250);
    const told = { customerName: 'شرکت نمونه', summary, madeAt };
    const here = await statementPdf({ ...told, entries: [...rows].reverse() });
    for (let time = 0; time < 2; time += 1) {
      const there = await threads.make('a', async () => [
        { entries: rows.slice(0, 200) },
        { entries: rows.slice(200) },
        { kind: 'statement', ...told },
      ]);
      expect(there.equals(here)).toBe(true);
    }
    expect((await make()).equals(await receiptPdf(receipt, madeAt))).toBe(true);
  });

  it('a thread that fails, ends or needs too much memory hurts the one document that it was at', async () => {
    for (const deed of [
      `throw new Error('broken')`,
      'process.exit(3)',
      'const all = []; for (;;) all.push(new Array(100_000).fill(all.length))',
    ]) {
      does(deed);
      expect([deed, await refusal(make())]).toEqual([deed, 'failed']);
      threads.entry = real;
      expect([deed, await refusal(make())]).toEqual([deed, 'made']);
      // The next one fails on a thread of its own again.
      await threads.onApplicationShutdown();
      threads = new DocumentThreads();
    }
  });

  it('what takes too long is ended, and the next one is made', async () => {
    does('for (;;);');
    threads.limitMs = 200;
    expect(await refusal(make())).toEqual(['service.unavailable', 'busy']);
    threads = Object.assign(threads, { entry: real, limitMs: 60_000 });
    expect(await refusal(make())).toBe('made');
  });

  it('two of one account at once, and twenty of all that wait', async () => {
    does('');
    threads.limitMs = 60_000;
    const refused: unknown[] = [];
    const ask = (account: string): void => {
      void refusal(make(account)).then((said) => refused.push(said));
    };
    for (let n = 0; n < 3; n += 1) ask('a');
    await eventually(() => expect(refused).toEqual([['rate.limited', undefined]]));
    for (let n = 0; n < 21; n += 1) ask(`account ${n}`);
    await eventually(() => expect(refused.slice(1)).toEqual([['service.unavailable', 'busy']]));
    // A stop ends those that are left, and begins none.
    await threads.onApplicationShutdown();
    await eventually(() => expect(refused).toHaveLength(24));
  });
});
