import { createHash, randomBytes } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import type { ClientRequest } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { DomainError, uploadChunkBytes } from '@peyk/contracts';
import { targetingListsRpc, targetingUploadsRpc } from '@peyk/contracts/targeting';
import { eventually } from '@peyk/testing';
import { buildList, listId } from '../testing/examples.fixture';
import { ask, fieldsOfError, startGateway, tokenOf } from '../testing/gateway.fixture';
import type { Response, RunningGateway } from '../testing/gateway.fixture';

const path = '/api/v1/recipient-lists';

/** What targeting got: chunks by number, and how many calls were open at once. */
class FakeTargeting {
  hash = createHash('sha256');
  bytes = 0;
  next = 0;
  open = 0;
  mostOpen = 0;
  aborted = 0;
  names: string[] = [];
  closedWith: number | undefined;
  delayMs = 0;
  failAt: { no: number; times: number; code: 'file.tooLarge' | 'service.unavailable' } | undefined;

  constructor(gateway: RunningGateway) {
    const { services } = gateway;
    services.on(targetingUploadsRpc.open, ({ fileName }) => {
      this.names.push(fileName);
      this.next = 0;
      return buildList({ state: 'uploading', title: fileName });
    });
    services.on(targetingUploadsRpc.append, async ({ no, data }) => {
      // The fake would keep the whole file.
      services.calls.length = 0;
      this.mostOpen = Math.max(this.mostOpen, ++this.open);
      if (this.delayMs) await sleep(this.delayMs);
      this.open--;
      if (this.failAt?.no === no && this.failAt.times-- > 0) throw new DomainError(this.failAt.code);
      expect(no).toBe(this.next++);
      const bytes = Buffer.from(data, 'base64');
      expect(bytes.length).toBeLessThanOrEqual(uploadChunkBytes);
      this.bytes += bytes.length;
      this.hash.update(bytes);
      return {};
    });
    services.on(targetingUploadsRpc.close, ({ chunks }) => {
      this.closedWith = chunks;
      return buildList({ bytes: this.bytes });
    });
    services.on(targetingUploadsRpc.abort, () => {
      this.aborted++;
      return {};
    });
  }
}

describe('recipient lists', () => {
  let gateway: RunningGateway;
  let targeting: FakeTargeting;
  beforeAll(async () => {
    gateway = await startGateway({ UPLOAD_MAX_BYTES: String(64 * 1024 * 1024), TRANSFERS_PER_ACCOUNT: '2' });
  });
  afterAll(() => gateway.close());
  beforeEach(() => {
    gateway.services.calls.length = 0;
    targeting = new FakeTargeting(gateway);
  });

  async function upload(form: FormData, to = gateway): Promise<Response> {
    const response = await fetch(`${to.url}${path}/file`, {
      method: 'POST',
      body: form,
      headers: { authorization: `Bearer ${tokenOf()}` },
    });
    const text = await response.text();
    const body = JSON.parse(text) as Record<string, unknown>;
    return { status: response.status, headers: response.headers, text, body };
  }
  function formOf(bytes: Buffer | string, name = 'مشتریان ۱.csv', field = 'file'): FormData {
    const form = new FormData();
    form.set(field, new Blob([bytes]), name);
    return form;
  }
  /** A multipart request by hand: the head of the one file, then what the test writes. */
  function openRequest(onResponse: (status: number | undefined) => void, to = gateway): ClientRequest {
    const request = httpRequest(`${to.url}${path}/file`, {
      method: 'POST',
      headers: { authorization: `Bearer ${tokenOf()}`, 'content-type': 'multipart/form-data; boundary=xyz' },
    });
    request.on('error', () => undefined);
    request.on('response', (response) => {
      onResponse(response.statusCode);
      response.resume();
    });
    request.write('--xyz\r\ncontent-disposition: form-data; name="file"; filename="a.csv"\r\n\r\n');
    return request;
  }

  it('TGT-204 deletes a list, or says which sends need it', async () => {
    const remove = (): Promise<Response> => ask(gateway, 'DELETE', `${path}/${listId}`, { token: tokenOf() });
    gateway.services.on(targetingListsRpc.delete, () => ({}));
    expect([(await remove()).status, gateway.services.calls.at(-1)?.input]).toEqual([204, { listId }]);
    const sends = [{ sendId: listId, title: 'نوروز', state: 'scheduled' }];
    gateway.services.on(targetingListsRpc.delete, () => {
      throw new DomainError('list.inUse', { sends });
    });
    const refused = await remove();
    expect([refused.status, refused.body]).toEqual([
      422,
      expect.objectContaining({
        code: 'list.inUse',
        message: expect.stringContaining('ارسالی که هنوز پایان نیافته') as string,
        details: { sends },
      }),
    ]);
    gateway.services.on(targetingListsRpc.delete, () => {
      throw new DomainError('list.inUse', { reason: 'combining' });
    });
    expect((await remove()).body['message']).toContain('در حال ساخته شدن');
  });

  it('SMS-215 hands every byte on, in order, in chunks', async () => {
    const bytes = randomBytes(uploadChunkBytes * 3 + 17);
    const response = await upload(formOf(bytes));
    expect([response.status, response.body['id'], response.body['state']]).toEqual([201, listId, 'reading']);
    expect(targeting.hash.digest('hex')).toBe(createHash('sha256').update(bytes).digest('hex'));
    expect([targeting.closedWith, targeting.names, targeting.aborted]).toEqual([4, ['مشتریان ۱.csv'], 0]);
  });

  it('knows the edges: no byte, one byte, exactly one chunk', async () => {
    for (const [length, chunks] of [
      [0, 0],
      [1, 1],
      [uploadChunkBytes, 1],
      [uploadChunkBytes + 1, 2],
    ] as const) {
      targeting = new FakeTargeting(gateway);
      expect((await upload(formOf(Buffer.alloc(length, 1)))).status).toBe(201);
      expect([targeting.bytes, targeting.closedWith]).toEqual([length, chunks]);
    }
  });

  it('keeps memory flat and waits for a slow service: 60 MB', async () => {
    targeting.delayMs = 2;
    const fileBytes = 60 * 1024 * 1024;
    const piece = randomBytes(64 * 1024);
    let sent = 0;
    const done = new Promise<number | undefined>((resolve) => {
      const request = openRequest(resolve);
      const write = (): void => {
        while (sent < fileBytes) {
          sent += piece.length;
          if (!request.write(piece)) {
            request.once('drain', write);
            return;
          }
        }
        request.end('\r\n--xyz--\r\n');
      };
      write();
    });
    const before = process.memoryUsage().rss;
    let peak = before;
    const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), 5);
    expect(await done).toBe(201);
    clearInterval(watch);
    expect(targeting.bytes).toBe(fileBytes);
    expect(targeting.mostOpen).toBe(1);
    // Chunks, their base64 and JSON in the fake are garbage, 35 MB of it at a time whatever the length of the file.
    expect(peak - before).toBeLessThan(fileBytes);
  });

  it('does not read on from the client while a chunk is not taken', async () => {
    let release = (): void => undefined;
    const gate = new Promise<void>((resolve) => (release = resolve));
    let taken = 0;
    gateway.services.on(targetingUploadsRpc.append, async () => {
      taken++;
      await gate;
      return {};
    });
    let written = 0;
    let finished = false;
    const request = openRequest(() => (finished = true));
    const piece = Buffer.alloc(64 * 1024);
    const write = (): void => {
      while (written < 40 * 1024 * 1024) {
        written += piece.length;
        if (!request.write(piece)) {
          request.once('drain', write);
          return;
        }
      }
      request.end('\r\n--xyz--\r\n');
    };
    write();
    await sleep(300);
    expect(taken).toBe(1);
    // What fits into the buffers of both sockets, not the file.
    expect(written).toBeLessThan(20 * 1024 * 1024);
    release();
    for (let turn = 0; turn < 200 && !finished; turn++) await sleep(25);
    expect(finished).toBe(true);
  });

  it('forgets the upload when the person goes away', async () => {
    const request = openRequest(() => undefined);
    request.write(Buffer.alloc(uploadChunkBytes * 2));
    for (let turn = 0; turn < 100 && targeting.next < 1; turn++) await sleep(10);
    request.destroy();
    for (let turn = 0; turn < 100 && targeting.aborted < 1; turn++) await sleep(10);
    expect([targeting.aborted, targeting.closedWith]).toEqual([1, undefined]);
    // Nothing went wrong here: nobody is to be woken by it.
    expect(gateway.logged.filter((row) => row.includes('"level":"error"'))).toEqual([]);
  });

  it('refuses a form that ends before its file does, and forgets the upload', async () => {
    for (const end of ['0912', '0912\r\n--xyz', '0912\r\n--xy', '']) {
      targeting = new FakeTargeting(gateway);
      const status = await new Promise<number | undefined>((resolve) => {
        openRequest(resolve).end(end);
      });
      expect([end, status, targeting.closedWith]).toEqual([end, 400, undefined]);
    }
    for (const head of ['--xyz\r\n', '--xyz\r\ncontent-disposition: form-data; name="file"', 'x', '']) {
      const response = await ask(gateway, 'POST', `${path}/file`, {
        token: tokenOf(),
        headers: { 'content-type': 'multipart/form-data; boundary=xyz' },
        body: head,
      });
      expect([head, response.status, fieldsOfError(response)[0]?.field]).toEqual([head, 400, 'file']);
    }
  });

  it('tries a chunk again that a dying service did not answer', async () => {
    targeting.failAt = { no: 1, times: 1, code: 'service.unavailable' };
    const bytes = randomBytes(uploadChunkBytes * 3);
    expect((await upload(formOf(bytes))).status).toBe(201);
    expect(targeting.hash.digest('hex')).toBe(createHash('sha256').update(bytes).digest('hex'));
  });

  it('stops at a refusal, says it, and forgets the upload', async () => {
    targeting.failAt = { no: 1, times: 1, code: 'file.tooLarge' };
    const response = await upload(formOf(randomBytes(uploadChunkBytes * 6)));
    expect([response.status, response.body['code']]).toEqual([413, 'file.tooLarge']);
    expect([targeting.aborted, targeting.closedWith]).toEqual([1, undefined]);
    expect(targeting.next).toBeLessThan(4);
  });

  it('refuses a file over the limit, told before or found out on the way', async () => {
    const small = await startGateway({ UPLOAD_MAX_BYTES: String(1024 * 1024) });
    try {
      const fake = new FakeTargeting(small);
      const big = Buffer.alloc(2 * 1024 * 1024);
      const told = await upload(formOf(big), small);
      expect([told.status, told.body['code'], told.body['details']]).toEqual([
        413,
        'file.tooLarge',
        { maxBytes: 1024 * 1024 },
      ]);
      expect(fake.names).toEqual([]);
      const found = await new Promise<number | undefined>((resolve) => {
        const request = openRequest(resolve, small);
        request.end(Buffer.concat([big, Buffer.from('\r\n--xyz--\r\n')]));
      });
      expect([found, fake.aborted, fake.closedWith]).toEqual([413, 1, undefined]);
    } finally {
      await small.close();
    }
  });

  it('refuses a form that is not one file, naming the field', async () => {
    const empty = new FormData();
    const text = new FormData();
    text.set('file', 'no file');
    const foreign = formOf('a', 'a.csv', 'list');
    const two = formOf('a');
    two.append('file', new Blob(['b']), 'b.csv');
    const more = formOf('a');
    more.append('note', 'x');
    const before = new FormData();
    before.append('note', 'x');
    before.append('file', new Blob(['b']), 'b.csv');
    for (const form of [empty, text, foreign, two, more, before]) {
      const response = await upload(form);
      expect([response.status, response.body['code']]).toEqual([400, 'input.invalid']);
      expect(fieldsOfError(response)).toMatchObject([{ field: 'file', rule: 'oneFile' }]);
    }
    expect(targeting.closedWith).toBeUndefined();
    expect(targeting.aborted).toBe(targeting.names.length);
  });

  it('refuses a name that is none or too long, and cleans one that hides something', async () => {
    expect(fieldsOfError(await upload(formOf('a', `${'x'.repeat(200)}.csv`)))).toMatchObject([
      { field: 'file', rule: 'fileName' },
    ]);
    expect((await upload(formOf('a', '..\\..\\etc/فهرست‌\u202ecsv.exe'))).status).toBe(201);
    expect(targeting.names).toEqual(['فهرست‌csv.exe']);
  });

  it('takes multipart only', async () => {
    const response = await ask(gateway, 'POST', `${path}/file`, {
      token: tokenOf(),
      json: { file: 'x' },
    });
    expect(response.body['code']).toBe('input.unsupportedType');
  });

  it('lets one account upload so many at once, and gives the places back', async () => {
    let goOn = (): void => undefined;
    const told = new Promise<void>((resolve) => (goOn = resolve));
    gateway.services.on(targetingUploadsRpc.append, async () => {
      await told;
      return {};
    });
    const open = [0, 1].map(
      () =>
        new Promise((resolve) => {
          const request = openRequest(resolve);
          request.end(Buffer.concat([Buffer.alloc(uploadChunkBytes), Buffer.from('\r\n--xyz--\r\n')]));
        }),
    );
    await eventually(() => expect(targeting.names).toHaveLength(2));
    const third = await upload(formOf('a'));
    expect([third.status, third.body['code'], third.body['details']]).toEqual([
      429,
      'rate.limited',
      { atOnce: 2, retryAfterSeconds: 5 },
    ]);
    goOn();
    await Promise.all(open);
    expect((await upload(formOf('a'))).status).toBe(201);
  });

  it('TGT-206 hands several sources on as one list, and names what is wrong in them', async () => {
    gateway.services.on(targetingListsRpc.combine, () => buildList({ source: 'combined', title: '' }));
    const sources = [{ listId, row: 2, count: 3 }, { numbers: ['09121234567'] }];
    const made = await ask(gateway, 'POST', path, { token: tokenOf(), json: { sources } });
    expect([made.status, made.body['id'], made.body['state']]).toEqual([201, listId, 'reading']);
    expect(gateway.services.calls[0]?.input).toEqual({ sources });
    for (const [json, field, rule] of [
      [{}, 'sources', 'required'],
      [{ sources: Array.from({ length: 11 }, () => sources[1]) }, 'sources', 'arrayMaxSize'],
      [{ sources: [{ listId: 'x' }] }, 'sources[0].listId', 'isUuid'],
      [{ sources: [sources[0], { numbers: ['1'], row: 0 }] }, 'sources[1].row', 'min'],
      [{ sources: [{ listIds: [listId] }] }, 'sources[0].listIds', 'unknown'],
    ] as const) {
      const refused = await ask(gateway, 'POST', path, { token: tokenOf(), json });
      expect([refused.status, refused.body['code']]).toEqual([400, 'input.invalid']);
      expect(fieldsOfError(refused)).toMatchObject([{ field, rule }]);
    }
    expect(gateway.services.calls).toHaveLength(1);
  });

  it('SMS-215 gives the unusable rows as CSV: all pages, Persian headings, safe cells', async () => {
    gateway.services.on(targetingListsRpc.errors, ({ cursor }) =>
      cursor
        ? { errors: [{ row: 9, value: 'a"b,c\nd', reason: 'not_mobile' }] }
        : {
            errors: ['=1+1', '+98', '-5', '@x', '\t=1', '＝1'].map((value, at) => ({
              row: at + 2,
              value,
              reason: 'not_a_number',
            })),
            nextCursor: 'two',
          },
    );
    const response = await fetch(`${gateway.url}${path}/${listId}/errors.csv`, {
      headers: { authorization: `Bearer ${tokenOf()}` },
    });
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8; header=present');
    expect(response.headers.get('content-disposition')).toBe(
      `attachment; filename="recipient-errors-${listId}.csv"`,
    );
    const bytes = Buffer.from(await response.arrayBuffer());
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    const lines = bytes.toString('utf8').slice(1).split('\r\n');
    expect(lines[0]).toBe('ردیف,مقدار,دلیل,نخستین ردیف');
    expect(lines.slice(1, 7).map((line) => line.split(',')[1])).toEqual([
      "'=1+1",
      '"=""+98"""',
      '"=""-5"""',
      "'@x",
      `"'\t=1"`,
      "'＝1",
    ]);
    expect(lines[7]).toBe('9,"a""b,c\nd",شماره‌ی همراه نیست,');
  });

  it("refuses another's list before anything of a file is sent", async () => {
    gateway.services.on(targetingListsRpc.errors, () => {
      throw new DomainError('list.notFound');
    });
    const response = await ask(gateway, 'GET', `${path}/${listId}/errors.csv`, { token: tokenOf() });
    expect([response.status, response.body['code']]).toEqual([404, 'list.notFound']);
    expect(response.headers.get('content-disposition')).toBeNull();
  });
});
