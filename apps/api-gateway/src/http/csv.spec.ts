import { readFileSync } from 'node:fs';
import { billingWalletsRpc } from '@peyk/contracts/billing';
import { identityAuditRpc, identityImportsRpc } from '@peyk/contracts/identity';
import { reportColumns, smsMessagesRpc, smsOptOutsRpc } from '@peyk/contracts/sms';
import { targetingListsRpc } from '@peyk/contracts/targeting';
import { csvLines, plainText } from '@peyk/files';
import { parse } from 'csv-parse/sync';
import { listId, sendId } from '../testing/examples.fixture';
import { startGateway, tokenOf } from '../testing/gateway.fixture';
import type { RunningGateway } from '../testing/gateway.fixture';

const id = '0198f000-0000-7000-8000-0000000000f1';
const at = '2026-11-21T08:00:00.000Z';
/** What breaks rows, gets formulas out, or is changed by a spreadsheet. */
const hostile = [
  'a\n=1+1',
  'a\r=1+1',
  'a\r\n"=1+1"',
  '\n=1',
  '\t=1',
  '=cmd|x',
  '  =1',
  '+98',
  '-1+1',
  '@x',
  '＝1',
  '"',
  'a,b;c|d،e',
  '09121234567',
  '12345678901234567890',
  '1e5',
  '3/4',
];

/** Each text that somebody else wrote, in each column that shows one; where it must come back in the file. */
interface Route {
  readonly path: string;
  readonly columns: number;
  readonly hostileColumns: readonly number[];
}
const routes: Readonly<Record<string, Route>> = {
  '/api/v1/recipient-lists/{listId}/errors.csv': {
    path: `/recipient-lists/${listId}/errors.csv`,
    columns: 4,
    hostileColumns: [1],
  },
  '/api/v1/imports/{importId}/errors.csv': {
    path: `/imports/${id}/errors.csv`,
    columns: 3,
    hostileColumns: [1],
  },
  '/api/v1/wallet/statement.csv': {
    path: '/wallet/statement.csv?from=2026-10-22T20:30:00Z&to=2026-11-21T20:30:00Z',
    columns: 9,
    hostileColumns: [3],
  },
  '/api/v1/audit.csv': { path: '/audit.csv', columns: 12, hostileColumns: [4, 6, 7, 9, 10, 11] },
  '/api/v1/opt-outs.csv': { path: '/opt-outs.csv', columns: 6, hostileColumns: [5] },
  '/api/v1/all-opt-outs.csv': { path: '/all-opt-outs.csv', columns: 7, hostileColumns: [5] },
  '/api/v1/sends/{sendId}/report.csv': {
    path: `/sends/${sendId}/report.csv`,
    columns: reportColumns.length,
    hostileColumns: [11],
  },
};

describe('every CSV of the platform', () => {
  let gateway: RunningGateway;
  beforeAll(async () => {
    gateway = await startGateway();
    const { services } = gateway;
    services.on(targetingListsRpc.errors, () => ({
      errors: hostile.map((value, row) => ({ row: row + 1, value, reason: 'duplicate', firstRow: 1 })),
    }));
    services.on(identityImportsRpc.errors, () => ({
      errors: hostile.map((message, row) => ({ row: row + 1, field: 'code', code: 'invalid', message })),
    }));
    services.on(billingWalletsRpc.statement, () => ({
      entries: hostile.map((reason) => ({
        ...{
          transferId: id,
          kind: 'topup',
          entries: 1,
          amountRials: 5,
          balanceRials: 5,
          reason,
          holdId: null,
          at,
        },
      })) as never,
    }));
    services.on(identityAuditRpc.list, () => ({
      entries: hostile.map((text, seq) => ({
        ...{ seq: seq + 1, at, action: 'account.updated', accountId: id, changes: [], reason: text },
        ...{ actor: { accountId: id, name: text }, accountName: text },
        ...{ address: text, device: text, requestId: text },
      })),
    }));
    const optOuts = hostile.map((note) => ({
      ...{ id, number: '989121234567', reach: 'customer' as const, source: 'panel' as const, since: at },
      ...{ by: id, note, customerId: id },
    }));
    services.on(smsOptOutsRpc.list, () => ({
      optOuts: optOuts.map(({ customerId: _owner, ...row }) => row),
      total: 1,
    }));
    services.on(smsOptOutsRpc.listAll, () => ({ optOuts, total: 1 }));
    // Its lines come from sms-gateway, which writes them with the same writer.
    services.on(smsMessagesRpc.report, () => ({
      csv: csvLines(
        hostile.map((text, row) => [row, '09121234567', 'mci', 'در صف', 1, 0, 0, 0, '', '', '', text]),
      ),
    }));
  });
  afterAll(() => gateway.close());

  it('is tested here', () => {
    const { paths } = JSON.parse(readFileSync('docs/openapi.json', 'utf8')) as {
      paths: Record<string, Record<string, { responses: Record<string, { content?: object }> }>>;
    };
    const found = Object.entries(paths)
      .filter(([, methods]) => 'text/csv' in (methods['get']?.responses['200']?.content ?? {}))
      .map(([path]) => path);
    expect(found.sort()).toEqual(Object.keys(routes).sort());
  });

  it.each(Object.keys(routes))(
    'SMS-215 gives hostile cells back as they were, each in its row, none as a formula or a number: %s',
    async (name) => {
      const { path, columns, hostileColumns } = routes[name] as Route;
      const response = await fetch(`${gateway.url}/api/v1${path}`, {
        headers: { authorization: `Bearer ${tokenOf({ roles: ['admin', 'sms_customer'] })}` },
      });
      expect(response.status).toBe(200);
      const bytes = Buffer.from(await response.arrayBuffer());
      expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
      const [headings = [], ...rows] = parse(bytes, { bom: true });
      expect(headings).toHaveLength(columns);
      expect(rows).toHaveLength(hostile.length);
      for (const [index, row] of rows.entries()) {
        expect(row).toHaveLength(columns);
        for (const column of hostileColumns) expect(plainText(row[column] ?? '')).toBe(hostile[index]);
        for (const cell of row) {
          expect(cell).not.toMatch(/^\s*[=+@＝](?!"[^"]*"$)/);
          expect(cell).not.toMatch(/^0\d+$|^\d{16,}$|^\d+e\d+$|^\d\/\d$/);
        }
      }
    },
  );
});
