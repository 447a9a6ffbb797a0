import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { InboxDto, LinesDto, MessagesDto, SendDto, SendRequestDto, SendsDto } from '@peyk/contracts/sms';
import type { RecipientListDto, RecipientListsDto } from '@peyk/contracts/targeting';
import { ApiClient, fieldOf, isComplete, refusal } from '../support/api';
import type { ApiError, ProgressEvent } from '../support/api';
import { differences, rowCounts } from '../support/audit';
import { eventually, pause } from '../support/faults';
import { OperatorLink } from '../support/links';
import { generateRecipientFile, readWhole } from '../support/recipient-file.generator';
import type { RecipientFileTruth } from '../support/recipient-file.generator';
import { readReport } from '../support/report';
import { demo } from '../support/system';
import type { PeykSystem } from '../support/system';
import { platform } from './platform';

/**
 * A messy file of 5,000 rows goes out over a link of 1,000 parts a second and comes back as a reconciled report; and
 * everything around it that a customer can do right, wrong, twice, or to another customer.
 */
const rows = 5_000;
const contracted = 1_000;
const text = 'سلام، نوبت شما فرداست. برای لغو عدد ۱ را بفرستید.';
const rialsPerPart = { mci: 1_330, other: 1_463 };

interface LinkTerms {
  readonly parts_per_second: number;
  readonly receipt_wait_seconds: number;
}

jest.setTimeout(300_000);

describe('a recipients file becomes a reconciled report', () => {
  let system: PeykSystem;
  let link: OperatorLink;
  let customer: ApiClient;
  let other: ApiClient;
  let admin: ApiClient;
  let truth: RecipientFileTruth;
  let list: RecipientListDto;
  /** Of the link before this suite. */
  let terms: LinkTerms | undefined;
  /** The main send, once it is done. */
  let done: SendDto;

  const request = (more: Partial<SendRequestDto> = {}): SendRequestDto => ({
    lineId: demo.serviceLine,
    text,
    recipients: { numbers: ['09121000001', '09351000002', '09211000003'] },
    idempotencyKey: randomUUID(),
    ...more,
  });

  beforeAll(async () => {
    system = await platform();
    link = OperatorLink.demo(system);
    const signIn = ({ username, password }: { username: string; password: string }): Promise<ApiClient> =>
      new ApiClient(system.baseUrl).signIn(username, password);
    [customer, other, admin] = await Promise.all([
      signIn(demo.customer),
      signIn(demo.other),
      signIn(demo.admin),
    ]);
    [terms] = await system.sql<LinkTerms>(
      'sms-gateway',
      'SELECT parts_per_second, receipt_wait_seconds FROM links',
    );
    await setTerms({ parts_per_second: contracted, receipt_wait_seconds: 2 });
    await link.set({
      partsPerSecond: contracted,
      latencyMs: 2,
      receipts: {
        delayMs: { min: 0, max: 300 },
        mix: { DELIVRD: 90, UNDELIV: 5, EXPIRED: 2, REJECTD: 1, none: 2 },
      },
    });
    await link.bound(2);
  }, 300_000);

  // As the suites after this one expect them.
  afterAll(async () => {
    if (!terms) return;
    await setTerms(terms);
    await link.set({
      partsPerSecond: terms.parts_per_second,
      receipts: { delayMs: { min: 0, max: 0 }, mix: { DELIVRD: 1 } },
    });
  });
  const setTerms = ({ parts_per_second: pace, receipt_wait_seconds: wait }: LinkTerms): Promise<unknown> =>
    system.sql('sms-gateway', 'UPDATE links SET parts_per_second = $1, receipt_wait_seconds = $2', [
      pace,
      wait,
    ]);

  it('TGT-003 SMS-215 reads the file and tells every unusable row', async () => {
    const file = generateRecipientFile({ rows, seed: 1405 });
    list = await customer.uploadAndRead(file.fileName, await readWhole(file));
    ({ truth } = file);
    expect(list).toMatchObject({
      state: 'ready',
      rows: truth.rows,
      valid: truth.valid,
      duplicates: truth.duplicate,
      invalid: truth.invalid,
      blank: truth.blank,
    });
    expect(Object.fromEntries(list.byOperator.map((row) => [row.operator, row.recipients]))).toEqual(
      truth.byOperator,
    );
    const errors = await customer.rowErrors(list.id);
    expect(errors.filter((row) => row.reason === 'duplicate')).toHaveLength(truth.duplicate);
    expect(errors).toHaveLength(truth.duplicate + truth.invalid);
    expect(errors.map((row) => row.row)).toEqual(errors.map((row) => row.row).sort((a, b) => a - b));
    const csv = await (await customer.raw('GET', `/recipient-lists/${list.id}/errors.csv`)).text();
    expect(csv.trimEnd().split('\r\n')).toHaveLength(errors.length + 1);
  });

  it('TGT-003 reads the same numbers out of an xlsx', async () => {
    const file = generateRecipientFile({ rows: 300, seed: 1406, format: 'xlsx' });
    const read = await customer.uploadAndRead(file.fileName, await readWhole(file));
    expect(read).toMatchObject({
      state: 'ready',
      valid: file.truth.valid,
      duplicates: file.truth.duplicate,
      invalid: file.truth.invalid,
    });
  });

  it('SMS-005 SMS-008 tells the price before anything is held', async () => {
    const before = await customer.wallet();
    const quote = await customer.quote({
      lineId: demo.serviceLine,
      text,
      recipients: { listId: list.id },
    });
    expect(quote).toMatchObject({ recipients: truth.valid, parts: 1, language: 'fa', enough: true });
    for (const row of quote.rows) {
      const price = row.operator === 'mci' ? rialsPerPart.mci : rialsPerPart.other;
      expect(row).toEqual({
        operator: row.operator,
        recipients: truth.byOperator[row.operator],
        rialsPerPart: price,
        totalRials: row.recipients * price,
      });
    }
    expect(quote.rows).toHaveLength(Object.keys(truth.byOperator).length);
    expect(quote.totalRials).toBe(quote.rows.reduce((sum, row) => sum + row.totalRials, 0));
    expect(quote.availableRials).toBe(before.availableRials);
    expect(await customer.wallet()).toEqual(before);
  });

  it('SMS-202 SMS-203 SMS-204 sends at the contracted pace, pauses within two seconds, goes on, and every Rial is explained', async () => {
    const before = await customer.wallet();
    await system.simulator('POST', '/reset', {});
    // Some that the operator refuses for good: released, not charged.
    await link.faults({ kind: 'error', status: 0x0b, count: 40 });
    const send = await customer.createSend(request({ recipients: { listId: list.id }, title: 'داستان' }));
    const events: ProgressEvent[] = [];
    const watching = (async () => {
      for await (const event of customer.progress(send.id)) events.push(event);
    })();
    expect((await customer.wallet()).heldRials).toBe(send.money.quotedRials);

    await eventually('a thousand are out', 120_000, async () => (await link.stats()).accepted > 1_000);
    const paused = await customer.act(send.id, 'pause');
    const { now: pausedAt } = await link.stats();
    expect(paused.state).toBe('paused');
    await pause(2_000);
    const still = await link.stats();
    // The bound of a pause: what was under way may leave for two seconds more.
    expect(still.lastAt).toBeLessThanOrEqual(pausedAt + 2_000);
    await pause(700);
    expect((await link.stats()).accepted).toBe(still.accepted);
    expect(still.accepted).toBeLessThan(truth.valid - 40);
    expect((await customer.act(send.id, 'pause')).state).toBe('paused');
    expect((await customer.act(send.id, 'resume')).state).toBe('sending');

    await watching;
    done = await customer.readSend(send.id);
    expect(isComplete(done)).toBe(true);
    expect(done.state).toBe('finished');

    const { counts, money } = done;
    expect(counts.failed).toBe(40);
    expect(counts.delivered).toBeGreaterThan(truth.valid * 0.8);
    expect(counts.undelivered).toBeGreaterThan(truth.valid * 0.04);
    expect(counts.unreported).toBeGreaterThan(0);
    expect(counts.delivered + counts.undelivered + counts.unreported + counts.failed).toBe(truth.valid);

    // What the operator saw: each number once, the text as it was written, never faster than the contract.
    const stats = await link.stats();
    expect(stats.accepted).toBe(truth.valid - 40);
    expect(stats.worstSecond.parts).toBeLessThanOrEqual(contracted);
    expect(stats.throttled + stats.windowExceeded).toBe(0);
    expect(await link.duplicates()).toBe(0);
    const parts = await link.received();
    expect(new Set(parts.map((part) => part.destination)).size).toBe(truth.valid - 40);
    expect(new Set(parts.map((part) => `${part.source} ${part.text}`))).toEqual(
      new Set([`${link.number} ${text}`]),
    );

    // The report: everybody, each with a final state, and the same Rials as the send, the ledger and the wallet.
    const report = readReport(await customer.report(send.id));
    expect(report.lines.map((line) => line.position)).toEqual(
      Array.from({ length: truth.valid }, (_, index) => index + 1),
    );
    expect(report.open).toBe(0);
    expect(report.states).toEqual({
      delivered: counts.delivered,
      undelivered: counts.undelivered,
      unreported: counts.unreported,
      failed: counts.failed,
    });
    const sentTo = new Set(parts.map((part) => `0${part.destination.slice(2)}`));
    const wrong = report.lines.filter((line) => {
      const isFailed = line.state === 'failed';
      return (
        sentTo.has(line.mobile) === isFailed ||
        ![0, rialsPerPart.mci, rialsPerPart.other].includes(line.chargedRials) ||
        (line.chargedRials === 0) !== isFailed ||
        line.errorStatus !== (isFailed ? '11' : '')
      );
    });
    expect(wrong).toEqual([]);
    expect(report.chargedRials).toBe(money.chargedRials);
    expect(money.chargedRials + money.releasedRials).toBe(money.quotedRials);
    const after = await customer.wallet();
    expect(before.postedRials - after.postedRials).toBe(money.chargedRials);
    expect(after.heldRials).toBe(before.heldRials);
    const entries = await customer.statementOf(send.id);
    expect(entries.reduce((sum, entry) => sum + entry.amountRials, 0)).toBe(-money.chargedRials);
    expect(await differences(system)).toEqual([]);

    // The live progress says the same in order.
    expect(events[0]).toMatchObject({ name: 'snapshot', send: { id: send.id } });
    expect(events.at(-1)).toMatchObject({ name: 'end', send: { state: 'finished', counts } });
    const told = events.flatMap((event) => (event.name === 'progress' ? [event.progress] : []));
    expect(told.length).toBeGreaterThan(3);
    const open = told.map((progress) => progress.counts.queued);
    expect(open).toEqual([...open].sort((a, b) => b - a));
    expect(told.some((progress) => progress.state === 'paused')).toBe(true);
    const fastest = Math.max(...told.map((progress) => progress.partsPerSecond));
    expect(fastest).toBeLessThanOrEqual(contracted);
    expect(fastest).toBeGreaterThan(stats.worstSecond.parts / 4);
  }, 300_000);

  it('SMS-016 lists messages by state and number, page by page', async () => {
    const failed: number[] = [];
    let cursor: string | undefined;
    do {
      const page: MessagesDto = await customer.request(
        'GET',
        `/sends/${done.id}/messages?state=failed&limit=15${cursor ? `&cursor=${cursor}` : ''}`,
      );
      for (const message of page.messages)
        expect(message).toMatchObject({ state: 'failed', errorStatus: 0x0b, chargedRials: 0 });
      failed.push(...page.messages.map((message) => message.position));
      cursor = page.nextCursor;
    } while (cursor);
    expect(new Set(failed).size).toBe(40);
    const [first] = readReport(await customer.report(done.id)).lines;
    const found = await customer.request<MessagesDto>(
      'GET',
      `/sends/${done.id}/messages?msisdn=${encodeURIComponent(`+98 ${first?.mobile.slice(1)}`)}`,
    );
    expect(found.messages.map((message) => message.position)).toEqual([1]);
  });

  it('SMS-019 SMS-210 puts a long Persian text in the inbox of the owner of the line, once, whatever the order of its parts', async () => {
    const long = 'سلام؛ این پیام بلند است و در چند بخش می‌آید، با نیم‌فاصله و عدد ۱۲۳۴. '.repeat(9).trim();
    for (const order of ['shuffled', 'reversed', 'natural'] as const)
      await system.simulator('POST', '/inbound', {
        account: demo.systemId,
        messages: [
          { from: '989120000077', to: '982000001', text: `${order} ${long}`, order, wideReference: true },
        ],
      });
    await system.simulator('POST', '/inbound', {
      account: demo.systemId,
      messages: [{ from: '989350000088', to: '982000002', text: 'برای دیگری' }],
    });
    await eventually('four messages came', 15_000, async () => {
      const [own, others] = await Promise.all([inbox(customer), inbox(other)]);
      return own.messages.length >= 3 && others.messages.length >= 1;
    });
    const { messages } = await inbox(customer);
    expect(messages.map((message) => message.text).sort()).toEqual(
      ['shuffled', 'reversed', 'natural'].map((order) => `${order} ${long}`).sort(),
    );
    expect(new Set(messages.map((message) => `${message.from} ${message.to}`))).toEqual(
      new Set(['989120000077 982000001']),
    );
    expect((await inbox(other)).messages.map((message) => message.text)).toEqual(['برای دیگری']);
    const { inbound } = await link.stats();
    expect(inbound.pending).toBe(0);
  }, 300_000);

  it('SMS-208 another customer sees nothing of it', async () => {
    const document = JSON.parse(readFileSync(join(__dirname, '../../docs/openapi.json'), 'utf8')) as {
      paths: Record<string, Record<string, unknown>>;
    };
    const foreign = Object.entries(document.paths).flatMap(([path, methods]) =>
      /\{(listId|sendId)\}/.test(path)
        ? Object.keys(methods).map((method) => [method.toUpperCase(), path] as const)
        : [],
    );
    expect(foreign.length).toBeGreaterThanOrEqual(11);
    for (const [method, path] of foreign) {
      const url = path
        .replace('/api/v1', '')
        .replace('{listId}', list.id)
        .replace('{sendId}', done.id)
        .replace('{position}', '1');
      const answer = await other.raw(method, url, method === 'POST' ? {} : undefined);
      const body = (await answer.json()) as ApiError;
      const expected = /settle-doubt$|^\/api\/v1\/all-sends\//.test(path)
        ? [403, 'access.denied']
        : [404, path.includes('listId') ? 'list.notFound' : 'send.notFound'];
      expect([url, answer.status, body.code]).toEqual([url, ...expected]);
    }
    expect((await other.request<SendsDto>('GET', '/sends')).sends).toEqual([]);
    expect((await other.request<RecipientListsDto>('GET', '/recipient-lists')).lists).toEqual([]);
    const { lines } = await other.request<LinesDto>('GET', '/lines');
    expect(lines.map((line) => line.id)).toEqual([demo.otherLine]);
    const own = { lineId: demo.otherLine, text };
    expect(await refusal(other.quote({ ...own, recipients: { listId: list.id } }))).toEqual([
      404,
      'list.notFound',
    ]);
    const foreignLine = { lineId: demo.serviceLine, text, recipients: { numbers: ['09121000001'] } };
    expect(await refusal(other.quote(foreignLine))).toEqual([404, 'line.notFound']);
    expect(await refusal(other.request('GET', `/wallet?customerId=${demo.customer.id}`))).toEqual([
      403,
      'access.denied',
    ]);
    expect(await refusal(other.request('GET', '/links'))).toEqual([403, 'access.denied']);
    expect((await other.statementOf(done.id)).length).toBe(0);
    const nobody = new ApiClient(system.baseUrl);
    expect(await refusal(nobody.readSend(done.id))).toEqual([401, 'access.tokenMissing']);
    expect((await admin.request<{ links: unknown[] }>('GET', '/links')).links).toHaveLength(1);
  });

  describe('bad input is refused clearly and leaves nothing behind', () => {
    const inMinutes = (minutes: number): string => new Date(Date.now() + minutes * 60_000).toISOString();
    const cases: readonly (readonly [
      what: string,
      more: () => Record<string, unknown>,
      refused: readonly [status: number, code: string, field?: string],
    ])[] = [
      ["another's line", () => ({ lineId: demo.otherLine }), [404, 'line.notFound']],
      ['an unknown line', () => ({ lineId: randomUUID() }), [404, 'line.notFound']],
      ['a past time', () => ({ sendAt: inMinutes(-5) }), [400, 'send.timePast', 'sendAt']],
      ['a time years ahead', () => ({ sendAt: inMinutes(600_000) }), [400, 'send.timeTooFar', 'sendAt']],
      ['a time without zone', () => ({ sendAt: '2027-01-01T10:00:00' }), [400, 'input.invalid', 'sendAt']],
      ['an empty text', () => ({ text: '' }), [400, 'send.textEmpty', 'text']],
      ['a blank text', () => ({ text: ' \n\t ' }), [400, 'send.textEmpty', 'text']],
      ['eleven parts', () => ({ text: 'س'.repeat(671) }), [400, 'send.textTooLong', 'text']],
      ['a text of another type', () => ({ text: 5 }), [400, 'input.invalid', 'text']],
      ['no text', () => ({ text: undefined }), [400, 'input.invalid', 'text']],
      ['no recipients', () => ({ recipients: {} }), [400, 'input.invalid', 'recipients']],
      [
        'two sources',
        () => ({ recipients: { numbers: ['09121000001'], listId: list.id } }),
        [400, 'input.invalid', 'recipients'],
      ],
      ['an unknown list', () => ({ recipients: { listId: randomUUID() } }), [404, 'list.notFound']],
      [
        'a row after the last',
        () => ({ recipients: { listId: list.id, row: truth.valid + 1 } }),
        [400, 'list.sliceOutOfRange'],
      ],
      [
        'more than there are',
        () => ({ recipients: { listId: list.id, row: 2, count: truth.valid } }),
        [400, 'list.sliceOutOfRange'],
      ],
      [
        'row zero',
        () => ({ recipients: { listId: list.id, row: 0 } }),
        [400, 'input.invalid', 'recipients.row'],
      ],
      ['only wrong numbers', () => ({ recipients: { numbers: ['12', 'x'] } }), [400, 'list.empty']],
      ['no numbers', () => ({ recipients: { numbers: [] } }), [400, 'list.empty', 'recipients.numbers']],
      [
        'a number of another type',
        () => ({ recipients: { numbers: [9121000001] } }),
        [400, 'input.invalid', 'recipients.numbers'],
      ],
      ['an unknown lane', () => ({ lane: 'express' }), [400, 'input.invalid', 'lane']],
      ['a one-time code to three', () => ({ lane: 'otp' }), [400, 'send.laneNotAllowed', 'lane']],
      [
        'a lane for fewer',
        () => ({ lane: 'transactional', recipients: { listId: list.id } }),
        [400, 'send.laneNotAllowed', 'lane'],
      ],
      [
        'a repetition of one',
        () => ({ repeat: { every: 'daily', times: 1 } }),
        [400, 'input.invalid', 'repeat.times'],
      ],
      ['no idempotency key', () => ({ idempotencyKey: undefined }), [400, 'input.invalid', 'idempotencyKey']],
      ['an unknown field', () => ({ price: 0 }), [400, 'input.invalid', 'price']],
      [
        'an unknown field within',
        () => ({ recipients: { numbers: ['09121000001'], all: true } }),
        [400, 'input.invalid', 'recipients.all'],
      ],
    ];

    it.each(cases)('%s', async (_what, more, [status, code, field]) => {
      const before = await rowCounts(system);
      const answer = await customer.raw('POST', '/sends', { ...request(), ...more() });
      const body = (await answer.json()) as ApiError;
      expect([answer.status, body.code]).toEqual([status, code]);
      if (field) expect(fieldOf(body)).toBe(field);
      expect(body.message).not.toBe('');
      expect(body.requestId).toMatch(/\w/);
      expect(await rowCounts(system)).toEqual(before);
    });

    it('a move that the state does not allow', async () => {
      for (const action of ['pause', 'resume', 'cancel'] as const)
        expect(await refusal(customer.act(done.id, action))).toEqual([422, 'send.wrongState']);
      // What went in the last seconds is read again each time.
      const still = (send: SendDto) => ({ ...send, partsPerSecond: 0 });
      expect(still(await customer.readSend(done.id))).toEqual(still(done));
    });
  });

  it('SMS-202 a request that comes again, even ten times at once, makes one send', async () => {
    const once = request({ recipients: { numbers: ['۰۹۱۲۱۰۰۰۰۰۱', '+98 912 100 0001'] } });
    const before = await customer.wallet();
    const sends = await Promise.all(Array.from({ length: 10 }, () => customer.createSend(once)));
    expect(new Set(sends.map((send) => send.id)).size).toBe(1);
    const [send] = sends;
    const end = await customer.until(send?.id ?? '', isComplete, 120_000);
    expect((await customer.createSend(once)).id).toBe(end.id);
    const { idempotencyKey, ...rest } = once;
    const byHeader = await customer.request<SendDto>('POST', '/sends', rest, {
      'idempotency-key': idempotencyKey,
    });
    expect(byHeader.id).toBe(end.id);
    expect(await refusal(customer.createSend({ ...once, text: 'دیگر' }))).toEqual([
      422,
      'idempotency.keyReused',
    ]);
    expect(end).toMatchObject({ recipients: 1, kind: 'single', money: { chargedRials: rialsPerPart.mci } });
    expect(before.postedRials - (await customer.wallet()).postedRials).toBe(rialsPerPart.mci);
    // The key is the customer's own: to another customer it says nothing.
    const others = await other.createSend({ ...once, lineId: demo.otherLine });
    expect(others.id).not.toBe(end.id);
    await other.until(others.id, isComplete, 120_000);
  }, 300_000);

  it('SMS-006 SMS-207 a scheduled send holds and sends nothing before its time', async () => {
    const before = await customer.wallet();
    await system.simulator('POST', '/reset', {});
    const sendAt = new Date(Date.now() + 3_000);
    const send = await customer.createSend(request({ sendAt: sendAt.toISOString() }));
    expect(send).toMatchObject({ state: 'scheduled', sendAt: sendAt.toISOString() });
    expect((await customer.wallet()).heldRials).toBe(before.heldRials);
    const later = await customer.createSend(
      request({ sendAt: new Date(Date.now() + 3_600_000).toISOString() }),
    );
    expect((await customer.act(later.id, 'cancel')).state).toBe('cancelled');
    await customer.until(send.id, isComplete, 120_000);
    const parts = await link.received();
    expect(parts).toHaveLength(3);
    expect(Math.min(...parts.map((part) => part.at))).toBeGreaterThanOrEqual(sendAt.getTime());
  }, 300_000);

  it('SMS-011 a slice goes to exactly these recipients', async () => {
    const expected = readReport(await customer.report(done.id)).lines.slice(10, 15);
    await system.simulator('POST', '/reset', {});
    const send = await customer.createSend(request({ recipients: { listId: list.id, row: 11, count: 5 } }));
    expect(send.recipients).toBe(5);
    await customer.until(send.id, isComplete, 120_000);
    const parts = await link.received();
    expect(parts.map((part) => part.destination).sort()).toEqual(
      expected.map((line) => `98${line.mobile.slice(1)}`).sort(),
    );
  }, 300_000);

  it('SMS-203 a cancelled send charges what had left and releases the rest', async () => {
    await system.simulator('POST', '/reset', {});
    const send = await customer.createSend(request({ recipients: { listId: list.id } }));
    await eventually('some are out', 120_000, async () => (await link.stats()).accepted > 500);
    await customer.act(send.id, 'cancel');
    const end = await customer.until(send.id, isComplete, 120_000);
    const { accepted } = await link.stats();
    const { counts, money } = end;
    expect(end.state).toBe('cancelled');
    expect(counts.cancelled).toBe(truth.valid - accepted);
    expect(counts.cancelled).toBeGreaterThan(truth.valid / 4);
    expect(money.chargedRials).toBeLessThanOrEqual(accepted * rialsPerPart.other);
    expect(money.chargedRials).toBeGreaterThanOrEqual(accepted * rialsPerPart.mci);
    expect(money.chargedRials + money.releasedRials).toBe(money.quotedRials);
    expect(readReport(await customer.report(send.id)).states.cancelled).toBe(counts.cancelled);
  }, 300_000);

  it('a line that charges only what arrives pays undelivered messages back', async () => {
    await system.sql('sms-gateway', 'UPDATE lines SET hours_from = 0, hours_to = 24 WHERE id = $1', [
      demo.advertisingLine,
    ]);
    await link.set({ receipts: { delayMs: { min: 300, max: 600 }, mix: { DELIVRD: 1, UNDELIV: 1 } } });
    const before = await customer.wallet();
    const send = await customer.createSend(
      request({ lineId: demo.advertisingLine, recipients: { listId: list.id, count: 100 } }),
    );
    const end = await customer.until(send.id, isComplete, 120_000);
    const report = readReport(await customer.report(send.id));
    for (const line of report.lines)
      expect(line.refundedRials).toBe(line.state === 'undelivered' ? line.chargedRials : 0);
    expect(report.refundedRials).toBeGreaterThan(0);
    expect(end.money).toMatchObject({
      chargedRials: end.money.quotedRials,
      refundedRials: report.refundedRials,
    });
    await eventually('the refunds are in the wallet', 10_000, async () => {
      const { postedRials } = await customer.wallet();
      return before.postedRials - postedRials === report.chargedRials - report.refundedRials;
    });
  }, 300_000);

  it('guarantee 4: at the end the ledger balances and every send reconciles', async () => {
    expect(await differences(system)).toEqual([]);
    expect((await customer.wallet()).heldRials).toBe(0);
    expect((await other.wallet()).heldRials).toBe(0);
  });
});

function inbox(api: ApiClient): Promise<InboxDto> {
  return api.request('GET', '/inbox?limit=200');
}
