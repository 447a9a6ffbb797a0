import { request as httpRequest } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { DomainError } from '@peyk/contracts';
import { reportColumns, smsMessagesRpc } from '@peyk/contracts/sms';
import { sendId } from '../testing/examples.fixture';
import { ask, startGateway, tokenOf } from '../testing/gateway.fixture';
import type { RunningGateway } from '../testing/gateway.fixture';

const path = `/api/v1/sends/${sendId}/report.csv`;
const row = `${'x'.repeat(98)}\r\n`;
const pageBytes = row.length * 2_000;

describe('GET /sends/:sendId/report.csv', () => {
  let gateway: RunningGateway;
  beforeAll(async () => {
    gateway = await startGateway({ TRANSFERS_PER_ACCOUNT: '1' });
  });
  afterAll(() => gateway.close());
  beforeEach(() => {
    gateway.services.calls.length = 0;
  });

  /** 2,000 rows a page. */
  function answerPages(pages: number): void {
    gateway.services.on(smsMessagesRpc.report, ({ afterPosition }) => {
      const last = afterPosition + 2_000;
      return { csv: row.repeat(2_000), lastPosition: last < pages * 2_000 ? last : undefined };
    });
  }
  function get(): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      const headers = { authorization: `Bearer ${tokenOf()}` };
      httpRequest(gateway.url + path, { headers }, resolve)
        .on('error', reject)
        .end();
    });
  }

  it('SMS-214 gives the whole report: byte order mark, Persian headings, all pages', async () => {
    const pages = ['1,989121234567\r\n', '2,989351234567\r\n'];
    gateway.services.on(smsMessagesRpc.report, ({ afterPosition }) =>
      afterPosition === 0 ? { csv: pages[0] ?? '', lastPosition: 1 } : { csv: pages[1] ?? '' },
    );
    const response = await fetch(gateway.url + path, { headers: { authorization: `Bearer ${tokenOf()}` } });
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8; header=present');
    expect(response.headers.get('content-disposition')).toBe(`attachment; filename="send-${sendId}.csv"`);
    const text = Buffer.from(await response.arrayBuffer()).toString('utf8');
    const headings = reportColumns.map(([, heading]) => heading).join(',');
    expect(text).toBe(`\ufeff${headings}\r\n${pages.join('')}`);
    expect(headings).toContain('هزینه (ریال)');
    expect(gateway.services.calls.map(({ input }) => input)).toEqual([
      { sendId, afterPosition: 0 },
      { sendId, afterPosition: 1 },
    ]);
  });

  it('keeps memory flat: 30 MB', async () => {
    const pages = 150;
    answerPages(pages);
    const response = await get();
    const before = process.memoryUsage().rss;
    let peak = before;
    let bytes = 0;
    for await (const piece of response) {
      bytes += (piece as Buffer).length;
      peak = Math.max(peak, process.memoryUsage().rss);
    }
    expect(bytes).toBeGreaterThan(pages * pageBytes);
    expect((peak - before) / 1024 / 1024).toBeLessThan(80);
  });

  it('reads no page ahead for a client that does not take it, and stops when it goes', async () => {
    answerPages(10_000);
    const response = await get();
    response.pause();
    await sleep(400);
    const read = gateway.services.calls.length;
    // 200 KB a page: what fits into the socket's buffers.
    expect(read).toBeLessThan(60);
    await sleep(200);
    expect(gateway.services.calls.length).toBe(read);
    response.destroy();
    await sleep(100);
    // The place is free again.
    answerPages(1);
    const again = await get();
    expect(again.statusCode).toBe(200);
    again.resume();
    await new Promise((resolve) => again.once('end', resolve));
  });

  it('cuts the line when a later page fails, so that half a report does not look whole', async () => {
    gateway.services.on(smsMessagesRpc.report, ({ afterPosition }) => {
      if (afterPosition > 0) throw new DomainError('access.tokenInvalid');
      return { csv: row, lastPosition: 2_000 };
    });
    const response = await get();
    expect(response.statusCode).toBe(200);
    await expect(
      (async () => {
        for await (const piece of response) void piece;
      })(),
    ).rejects.toThrow('aborted');
  });

  it('waits for a service that is away for a moment', async () => {
    let failures = 1;
    gateway.services.on(smsMessagesRpc.report, () => {
      if (failures-- > 0) throw new DomainError('service.unavailable');
      return { csv: row };
    });
    const response = await ask(gateway, 'GET', path, { token: tokenOf() });
    expect(response.text).toContain(row);
  });

  it('allows one account so many downloads at once', async () => {
    answerPages(10_000);
    const response = await get();
    const second = await ask(gateway, 'GET', path, { token: tokenOf() });
    expect([second.status, second.body['code']]).toEqual([429, 'rate.limited']);
    response.destroy();
  });
});
