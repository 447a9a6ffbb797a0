import { DomainError, uploadChunkBytes } from '@peyk/contracts';
import { identityImportsRpc } from '@peyk/contracts/identity';
import type { ImportDto, ImportErrorsDto } from '@peyk/contracts/identity';
import { ask, fieldsOfError, startGateway, tokenOf } from '../testing/gateway.fixture';
import type { Response, RunningGateway } from '../testing/gateway.fixture';

const importId = '0198f000-0000-7000-8000-0000000000e1';
const path = '/api/v1/imports';
const token = tokenOf({ roles: ['admin'] });

function buildImport(change: Partial<ImportDto> = {}): ImportDto {
  return {
    id: importId,
    kind: 'students',
    fileName: 'دانشجویان.csv',
    state: 'reading',
    missingColumns: [],
    bytes: 10,
    rows: 0,
    created: 0,
    updated: 0,
    unchanged: 0,
    refused: 0,
    moved: 0,
    rowsPerSecond: 0,
    createdAt: '2026-11-21T08:00:00.000Z',
    ...change,
  };
}

describe('imports', () => {
  let gateway: RunningGateway;
  let bytes: Buffer;
  beforeAll(async () => {
    gateway = await startGateway();
  });
  afterAll(() => gateway.close());
  beforeEach(() => {
    const { services } = gateway;
    services.calls.length = 0;
    bytes = Buffer.alloc(0);
    services.on(identityImportsRpc.open, () => buildImport({ state: 'uploading' }));
    services.on(identityImportsRpc.append, ({ data }) => {
      bytes = Buffer.concat([bytes, Buffer.from(data, 'base64')]);
      return {};
    });
    services.on(identityImportsRpc.close, () => buildImport());
    services.on(identityImportsRpc.cancel, () => buildImport({ state: 'cancelled' }));
  });

  async function upload(kind: string, content: Buffer | string, as = token): Promise<Response> {
    const form = new FormData();
    form.set('file', new Blob([content]), 'دانشجویان.csv');
    const response = await fetch(`${gateway.url}${path}/${kind}`, {
      method: 'POST',
      body: form,
      headers: { authorization: `Bearer ${as}` },
    });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      text,
      body: JSON.parse(text) as Record<string, unknown>,
    };
  }

  it('IDN-203 hands every byte of a file on, with its kind and name', async () => {
    const content = Buffer.alloc(uploadChunkBytes + 5, 'آ');
    const response = await upload('school_managers', content);
    expect([response.status, response.body['id'], response.body['state']]).toEqual([
      201,
      importId,
      'reading',
    ]);
    expect(bytes.equals(content)).toBe(true);
    const { calls } = gateway.services;
    expect(calls[0]?.input).toEqual({ kind: 'school_managers', fileName: 'دانشجویان.csv' });
    expect(calls.at(-1)?.input).toEqual({ importId, chunks: 2 });
  });

  it('IDN-203 names a kind that there is not, and takes nothing but a file', async () => {
    const unknown = await upload('teachers', 'a');
    expect([unknown.status, fieldsOfError(unknown).map(({ field }) => field)]).toEqual([400, ['kind']]);
    const json = await ask(gateway, 'POST', `${path}/students`, { token, json: { rows: [] } });
    expect([json.status, json.body['code']]).toEqual([400, 'input.unsupportedType']);
    expect(gateway.services.calls).toEqual([]);
  });

  it('IDN-203 forgets a file that identity would not take', async () => {
    gateway.services.on(identityImportsRpc.append, () => {
      throw new DomainError('file.tooLarge', { maxBytes: 1 });
    });
    const response = await upload('students', 'a');
    expect([response.status, response.body['code']]).toEqual([413, 'file.tooLarge']);
    expect(gateway.services.callsOf(identityImportsRpc.cancel)).toHaveLength(1);
  });

  it('IDN-201 lets only admins in', async () => {
    const response = await upload('students', 'a', tokenOf({ roles: ['reseller', 'support_agent'] }));
    expect([response.status, response.body['code']]).toEqual([403, 'access.denied']);
    expect(gateway.services.calls).toEqual([]);
  });

  it('IDN-203 gives the faults as CSV, page by page, safe in a spreadsheet', async () => {
    gateway.services.on(identityImportsRpc.errors, ({ cursor }): ImportErrorsDto =>
      cursor
        ? {
            errors: [
              { row: 7, field: 'code', code: 'duplicate', message: 'کد پیش‌تر آمده است', otherRow: 2 },
            ],
          }
        : {
            errors: [{ row: 3, field: 'nationalCode', code: 'invalid', message: '=cmd()' }],
            nextCursor: 'x',
          },
    );
    const response = await ask(gateway, 'GET', `${path}/${importId}/errors.csv`, { token });
    expect(response.headers.get('content-type')).toContain('text/csv');
    expect(response.text.replace('\ufeff', '')).toBe(
      "ردیف,ایراد,ردیف دیگر\r\n3,'=cmd(),\r\n7,کد پیش‌تر آمده است,2\r\n",
    );
  });

  it('IDN-203 applies, cancels and reads one import', async () => {
    gateway.services.on(identityImportsRpc.apply, () => buildImport({ state: 'applying' }));
    gateway.services.on(identityImportsRpc.read, () => buildImport({ state: 'done', rows: 5, created: 5 }));
    gateway.services.on(identityImportsRpc.list, () => ({ imports: [buildImport()] }));
    const answers = await Promise.all([
      ask(gateway, 'POST', `${path}/${importId}/apply`, { token }),
      ask(gateway, 'POST', `${path}/${importId}/cancel`, { token }),
      ask(gateway, 'GET', `${path}/${importId}`, { token }),
      ask(gateway, 'GET', `${path}?limit=5`, { token }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(answers.map(({ body }) => body['state'])).toEqual(['applying', 'cancelled', 'done', undefined]);
    const wrong = await ask(gateway, 'POST', `${path}/not-an-id/apply`, { token });
    expect([wrong.status, fieldsOfError(wrong)[0]?.field]).toEqual([400, 'importId']);
  });
});
