import { randomUUID } from 'node:crypto';
import { billingWalletsRpc, entryKinds } from '@peyk/contracts/billing';
import { smsSendsRpc } from '@peyk/contracts/sms';
import type { StatementEntryDto } from '@peyk/contracts/billing';
import { kindTitles, statementHeadings } from '../documents/statement';
import { ask, startGateway, tokenOf } from '../testing/gateway.fixture';
import type { RunningGateway } from '../testing/gateway.fixture';

const period = 'from=2026-10-22T20:30:00Z&to=2026-11-21T20:30:00Z';

function entry(change: Partial<StatementEntryDto> = {}): StatementEntryDto {
  return {
    transferId: '0198f000-0000-7000-8000-00000000000a',
    kind: 'topup',
    entries: 1,
    amountRials: 5_000_000,
    balanceRials: 5_000_000,
    reason: 'شارژ',
    holdId: null,
    at: '2026-11-21T08:00:00.000Z',
    ...change,
  };
}

describe('the statement as a file', () => {
  let gateway: RunningGateway;
  beforeAll(async () => {
    gateway = await startGateway();
  });
  afterAll(() => gateway.close());
  beforeEach(() => {
    gateway.services.calls.length = 0;
  });
  const get = (path: string): Promise<Response> =>
    fetch(`${gateway.url}/api/v1/wallet/${path}`, { headers: { authorization: `Bearer ${tokenOf()}` } });
  function answerSummary(entries: number): void {
    gateway.services.on(billingWalletsRpc.summary, ({ from, to }) => ({
      from,
      to,
      openingRials: 0,
      closingRials: 5_000_000,
      kinds: entries > 0 ? [{ kind: 'topup', entries, amountRials: 5_000_000 }] : [],
    }));
  }

  it('BIL-213 is a CSV of all pages with the filters, in which no cell is a formula', async () => {
    gateway.services.on(billingWalletsRpc.statement, ({ cursor }) =>
      cursor === undefined
        ? { entries: [entry({ reason: '=HYPERLINK("http://x")' })], nextCursor: '7' }
        : {
            entries: [
              entry({ kind: 'capture', amountRials: -1_330, balanceRials: 0, holdId: entry().transferId }),
            ],
          },
    );
    const response = await get(`statement.csv?${period}&kinds=topup&kinds=capture`);
    expect(response.headers.get('content-disposition')).toBe('attachment; filename="statement.csv"');
    const lines = Buffer.from(await response.arrayBuffer())
      .toString('utf8')
      .split('\r\n');
    expect(lines[0]).toBe(`\ufeff${statementHeadings.join(',')}`);
    expect(lines[1]).toContain(`شارژ آنلاین,"'=HYPERLINK(""http://x"")",5000000,,5000000,`);
    // sms-gateway does not answer here: a send without its title, and no English word.
    expect(lines[2]).toContain(`هزینه ارسال,ارسال پیامک,,1330,0,${entry().transferId}`);
    const asked = gateway.services.calls.map(({ input }) => input as Record<string, unknown>);
    expect(asked.filter((input) => 'limit' in input)).toMatchObject([
      {
        from: '2026-10-22T20:30:00Z',
        to: '2026-11-21T20:30:00Z',
        kinds: ['topup', 'capture'],
        limit: 200,
        bySend: true,
      },
      { kinds: ['topup', 'capture'], limit: 200, cursor: '7', bySend: true },
    ]);
  });

  it('names each send by its title and recipients instead of «send», on the screen and in the CSV', async () => {
    const holdId = entry().transferId;
    const row = entry({ kind: 'capture', entries: 160, amountRials: -1_330, reason: 'send', holdId });
    gateway.services.on(billingWalletsRpc.statement, () => ({ entries: [row] }));
    gateway.services.on(smsSendsRpc.titles, ({ sendIds }) => ({
      sends: sendIds.map((sendId) => ({ sendId, title: 'جشنواره پاییز', recipients: 40_000 })),
    }));
    const { body } = await ask(gateway, 'GET', '/api/v1/wallet/statement?bySend=true', { token: tokenOf() });
    expect(body['entries']).toMatchObject([
      { entries: 160, reason: 'ارسال «جشنواره پاییز» به ۴۰٬۰۰۰ گیرنده', holdId },
    ]);
    const csv = await (await get('statement.csv')).text();
    expect(csv).toContain('ارسال «جشنواره پاییز» به ۴۰٬۰۰۰ گیرنده');
    expect(csv).not.toMatch(/,send,/);
  });

  it('BIL-213 is a PDF of a period with its fonts embedded', async () => {
    answerSummary(3);
    gateway.services.on(billingWalletsRpc.statement, () => ({
      entries: Array.from({ length: 3 }, () => entry({ reason: 'شارژ از «بانک ملت» (no. 12) '.repeat(5) })),
    }));
    const response = await get(`statement.pdf?${period}`);
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/pdf']);
    const pdf = Buffer.from(await response.arrayBuffer()).toString('latin1');
    expect(pdf.startsWith('%PDF-')).toBe(true);
    expect(pdf.trimEnd().endsWith('%%EOF')).toBe(true);
    expect(pdf).toMatch(/\/FontName \/\w+\+Vazirmatn/);
    expect(pdf).toContain('/FontFile2');
    expect(pdf.match(/\/Type \/Page\b/g)).toHaveLength(1);
  });

  it('is refused as a PDF of more than 5,000 rows as soon as that is known, and without a period', async () => {
    answerSummary(10_000);
    gateway.services.on(billingWalletsRpc.statement, () => ({
      entries: Array.from({ length: 200 }, () => entry()),
      nextCursor: '7',
    }));
    const { status, body } = await ask(gateway, 'GET', `/api/v1/wallet/statement.pdf?${period}`, {
      token: tokenOf(),
    });
    expect([status, body['code']]).toEqual([400, 'statement.tooLong']);
    // The sums, and 26 pages of 200.
    expect(gateway.services.calls).toHaveLength(27);
    expect((await get('statement.pdf')).status).toBe(400);
  });

  it('has a Persian word for every kind', () => {
    expect(Object.keys(kindTitles).sort()).toEqual([...entryKinds].sort());
    expect(new Set(Object.values(kindTitles)).size).toBe(entryKinds.length);
  });

  it('takes kinds that there are, and a customer that is an id', async () => {
    for (const query of ['kinds=hold', 'customerId=1', 'from=yesterday', `holdId=${randomUUID()}&limit=5`])
      expect([query, (await get(`statement.csv?${query}`)).status]).toEqual([query, 400]);
  });
});
