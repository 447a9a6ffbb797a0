import { randomUUID } from 'node:crypto';
import { operators, uploadChunkBytes } from '@peyk/contracts';
import { targetingListsRpc, targetingRecipientsRpc, targetingUploadsRpc } from '@peyk/contracts/targeting';
import type { RecipientListDto } from '@peyk/contracts/targeting';
import { UploadsService } from '../../../apps/campaign-targeting/src/uploads/uploads.service';
import { generateRecipientFile, writeZip } from '../../support/recipient-file.generator';
import type { RecipientFileRecipe, RecipientFileTruth } from '../../support/recipient-file.generator';
import { refusal, TargetingSpec, userOf, waitFor } from './fixture';

const file = (...lines: string[]): Buffer[] => [Buffer.from(lines.join('\r\n'))];

jest.setTimeout(90_000);

describe('recipient files', () => {
  let spec: TargetingSpec;
  const customerId = randomUUID();
  const as = userOf(customerId);
  const stored = (listId: string): Promise<{ chunks: number; blocks: number; errors: number }[]> =>
    spec.sql(
      `SELECT (SELECT count(*) FROM upload_chunks WHERE list_id = $1) AS chunks,
              (SELECT count(*) FROM recipient_blocks WHERE list_id = $1) AS blocks,
              (SELECT count(*) FROM row_errors WHERE list_id = $1) AS errors`,
      [listId],
    );
  const open = async (): Promise<string> =>
    (await spec.caller.call(targetingUploadsRpc.open, { fileName: 'a.csv' }, as)).id;
  const append = (listId: string, no: number, text = '09121234567\n', who = as): Promise<object> =>
    spec.caller.call(
      targetingUploadsRpc.append,
      { listId, no, data: Buffer.from(text).toString('base64') },
      who,
    );
  const close = (listId: string, chunks: number, who = as): Promise<RecipientListDto> =>
    spec.caller.call(targetingUploadsRpc.close, { listId, chunks }, who);

  beforeAll(async () => {
    spec = await TargetingSpec.start({ FILE_BYTES_MAX: '4000000', FILE_ROWS_MAX: '30000' });
  });
  afterAll(() => spec.stop());

  const recipes: RecipientFileRecipe[] = [
    { rows: 20_000, seed: 1 },
    { rows: 3_000, seed: 2, encoding: 'windows-1256', delimiter: ';', headings: 'en', mobileColumn: 0 },
    { rows: 3_000, seed: 3, encoding: 'utf-16le-bom', delimiter: '\t', mobileColumn: 2 },
    { rows: 3_000, seed: 4, encoding: 'utf-16be', headings: 'none', lineEnd: '\n' },
    { rows: 1_000, seed: 5, encoding: 'utf-8', delimiter: ';' },
    { rows: 5_000, seed: 6, format: 'xlsx' },
  ];
  it.each(recipes)('TGT-025 SMS-205 agrees with the truth of %j', async (recipe) => {
    const { fileName, content, truth } = generateRecipientFile(recipe);
    const list = await spec.caller.upload(fileName, content, as);
    expect(list).toMatchObject({ ...expected(truth), state: 'ready', source: 'file', title: fileName });
    expect(await spec.caller.errors(list.id, as)).toHaveLength(truth.invalid + truth.duplicate);

    const recipients = await spec.caller.recipients(list.id, customerId);
    expect(recipients).toHaveLength(truth.valid);
    expect(new Set(recipients.map(([msisdn]) => msisdn)).size).toBe(truth.valid);
    const byOperator: Record<string, number> = {};
    for (const [, code] of recipients) {
      const operator = operators[code] ?? '';
      byOperator[operator] = (byOperator[operator] ?? 0) + 1;
    }
    expect(byOperator).toEqual(truth.byOperator);

    await waitFor(() => spec.caller.events.some(({ listId }) => listId === list.id), 'the event');
    expect(spec.caller.events.filter(({ listId }) => listId === list.id)).toEqual([
      { listId: list.id, customerId, state: 'ready', refusal: null, valid: truth.valid },
    ]);
    expect((await stored(list.id))[0]?.chunks).toBe(0);
  });

  it('TGT-025 keeps the order of the file and names each row that gave nobody', async () => {
    const list = await spec.caller.upload(
      'گیرندگان.csv',
      file(
        'نام,شماره همراه',
        'الف,۰۹۱۲۱۲۳۴۵۶۷',
        'ب,02188776655',
        '',
        'پ,+98 935 123 4567',
        'ت,9121234567',
        'ث,نامعلوم',
      ),
      as,
    );
    expect(list).toMatchObject({ rows: 5, valid: 2, duplicates: 1, invalid: 2, blank: 1 });
    expect(await spec.caller.recipients(list.id, customerId)).toEqual([
      [989121234567, operators.indexOf('mci')],
      [989351234567, operators.indexOf('irancell')],
    ]);
    expect(await spec.caller.errors(list.id, as, 1)).toEqual([
      { row: 3, value: '02188776655', reason: 'not_mobile' },
      { row: 6, value: '09121234567', reason: 'duplicate', firstRow: 2 },
      { row: 7, value: 'نامعلوم', reason: 'not_a_number' },
    ]);
  });

  it.each<[string, string, () => AsyncIterable<Buffer> | Buffer[], string]>([
    ['a zip bomb', 'bomb.xlsx', () => writeZip([['xl/workbook.xml', zeros(300)]]), 'file.bomb'],
    ['a file with no numbers', 'a.csv', () => file('name,city', 'a,b', 'c,d'), 'file.noMobileColumn'],
    [
      'a picture',
      'a.csv',
      () => [Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')],
      'file.notSpreadsheet',
    ],
    ['a name that lies', 'a.xlsx', () => file('mobile', '09121234567'), 'file.notSpreadsheet'],
    ['a heading and no row', 'a.csv', () => file('mobile', ''), 'file.empty'],
    [
      'a row too many, after pages were written',
      'a.csv',
      () => file('mobile', ...Array.from({ length: 30_001 }, (_, n) => `0912${String(n).padStart(7, '0')}`)),
      'file.tooManyRows',
    ],
  ])('SMS-215 refuses %s and keeps nothing of it', async (_what, fileName, content, code) => {
    const list = await spec.caller.upload(fileName, content(), as);
    expect(list).toMatchObject({
      ...{ state: 'refused', refusal: code, rows: 0, valid: 0, duplicates: 0, invalid: 0, blank: 0 },
      byOperator: [],
    });
    expect(await stored(list.id)).toEqual([{ chunks: 0, blocks: 0, errors: 0 }]);
    await waitFor(
      () => spec.caller.events.some((event) => event.listId === list.id && event.refusal === code),
      'the event',
    );
    expect(
      await refusal(
        spec.caller.call(targetingRecipientsRpc.count, { listId: list.id, customerId }, 'service'),
      ),
    ).toEqual({ code: 'list.empty' });
  });

  it('takes a chunk once, in its turn, and reads nothing before all are there', async () => {
    const listId = await open();
    await append(listId, 0, '09121234567\n0912123');
    await append(listId, 0, '09350000000\n');
    expect(await refusal(append(listId, 2))).toEqual({ code: 'upload.outOfOrder', details: { expected: 1 } });
    expect(await refusal(close(listId, 2))).toEqual({ code: 'upload.outOfOrder', details: { expected: 1 } });
    await append(listId, 1, '4568\n');
    expect(await refusal(close(listId, 1))).toMatchObject({ code: 'upload.outOfOrder' });
    const [first, second] = await Promise.all([close(listId, 2), close(listId, 2)]);
    expect([first.id, second.id]).toEqual([listId, listId]);
    const list = await spec.caller.whenRead(listId, as);
    expect(list).toMatchObject({ state: 'ready', valid: 2, bytes: 24 });
    expect(await spec.caller.recipients(listId, customerId)).toEqual([
      [989121234567, 0],
      [989121234568, 0],
    ]);
    // Late repetitions change nothing.
    expect(await close(listId, 2)).toEqual(list);
    await append(listId, 1);
    expect(await refusal(append(listId, 2))).toEqual({ code: 'upload.outOfOrder', details: { expected: 2 } });
  });

  it('takes one of two equal chunks that come at once', async () => {
    const listId = await open();
    await Promise.all([append(listId, 0), append(listId, 0)]);
    expect(await close(listId, 1)).toMatchObject({ bytes: 12 });
  });

  it('refuses more bytes than allowed, before they are stored', async () => {
    const listId = await open();
    const chunk = 'x'.repeat(uploadChunkBytes);
    let no = 0;
    for (let bytes = 0; bytes + uploadChunkBytes <= 4_000_000; bytes += uploadChunkBytes)
      await append(listId, no++, chunk);
    expect(await refusal(append(listId, no, chunk))).toEqual({
      code: 'file.tooLarge',
      details: { maxBytes: 4_000_000 },
    });
    expect(await stored(listId)).toEqual([{ chunks: no, blocks: 0, errors: 0 }]);
    await spec.caller.call(targetingUploadsRpc.abort, { listId }, as);
    expect(await stored(listId)).toEqual([{ chunks: 0, blocks: 0, errors: 0 }]);
    expect(await refusal(append(listId, no))).toEqual({ code: 'list.notFound' });
  });

  it.each(['not base64!', 'AAA', '====', Buffer.alloc(uploadChunkBytes + 1).toString('base64')])(
    'refuses a chunk that is no base64 or too long (%#)',
    async (data) => {
      const listId = await open();
      const call = spec.caller.call(targetingUploadsRpc.append, { listId, no: 0, data }, as);
      expect(await refusal(call)).toMatchObject({ code: 'input.invalid' });
      await spec.caller.call(targetingUploadsRpc.abort, { listId }, as);
    },
  );

  it('refuses an empty file', async () => {
    const listId = await open();
    expect(await refusal(close(listId, 0))).toEqual({ code: 'file.empty' });
    await append(listId, 0, '');
    expect(await refusal(close(listId, 1))).toEqual({ code: 'file.empty' });
    await spec.caller.call(targetingUploadsRpc.abort, { listId }, as);
  });

  it("hides one customer's list from every other", async () => {
    const stranger = userOf(randomUUID(), 'admin');
    const listId = await open();
    const { caller } = spec;
    const calls = (): Promise<unknown>[] => [
      append(listId, 0, 'x', stranger),
      close(listId, 0, stranger),
      caller.call(targetingUploadsRpc.abort, { listId }, stranger),
      caller.call(targetingListsRpc.read, { listId }, stranger),
      caller.call(targetingListsRpc.errors, { listId }, stranger),
      caller.call(targetingRecipientsRpc.count, { listId, customerId: randomUUID() }, 'service'),
      caller.call(
        targetingRecipientsRpc.page,
        { listId, customerId: randomUUID(), fromPosition: 1, limit: 1 },
        'service',
      ),
    ];
    for (const call of calls()) expect(await refusal(call)).toEqual({ code: 'list.notFound' });
    await append(listId, 0);
    await close(listId, 1);
    await caller.whenRead(listId, as);
    for (const call of calls()) expect(await refusal(call)).toEqual({ code: 'list.notFound' });
    expect(await caller.call(targetingListsRpc.list, {}, stranger)).toEqual({ lists: [] });
    expect(await caller.recipients(listId, customerId)).toHaveLength(1);
  });

  it('serves customers only, and services only where a service must ask', async () => {
    const { caller } = spec;
    const student = userOf(customerId, 'student', 'portal_user');
    const listId = randomUUID();
    expect(await refusal(caller.call(targetingUploadsRpc.open, { fileName: 'a.csv' }, student))).toEqual({
      code: 'access.denied',
    });
    expect(await refusal(caller.call(targetingListsRpc.read, { listId }, 'service'))).toEqual({
      code: 'access.denied',
    });
    expect(await refusal(caller.call(targetingListsRpc.read, { listId }, 'nobody'))).toEqual({
      code: 'access.tokenMissing',
    });
    const typed = caller.call(targetingListsRpc.createTyped, { customerId, numbers: ['09121234567'] }, as);
    expect(await refusal(typed)).toEqual({ code: 'access.denied' });
    expect(await refusal(caller.call(targetingRecipientsRpc.count, { listId, customerId }, as))).toEqual({
      code: 'access.denied',
    });
  });

  it('lists own files, the newest first, page by page', async () => {
    const own = userOf(randomUUID());
    const ids: string[] = [];
    for (let n = 0; n < 5; n += 1)
      ids.unshift((await spec.caller.call(targetingUploadsRpc.open, { fileName: `${n}.csv` }, own)).id);
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await spec.caller.call(targetingListsRpc.list, { cursor, limit: 2 }, own);
      seen.push(...page.lists.map(({ id }) => id));
      cursor = page.nextCursor;
    } while (cursor);
    expect(seen).toEqual(ids);
    const odd = Buffer.from("' OR 1=1").toString('base64url');
    expect(await refusal(spec.caller.call(targetingListsRpc.list, { cursor: odd }, own))).toMatchObject({
      code: 'input.invalid',
    });
  });

  it('lets no customer fill the disk with files that are never finished', async () => {
    const own = userOf(randomUUID());
    const openOne = (): Promise<RecipientListDto> =>
      spec.caller.call(targetingUploadsRpc.open, { fileName: 'a.csv' }, own);
    const opened = await Promise.allSettled(Array.from({ length: 15 }, openOne));
    expect(opened.filter(({ status }) => status === 'fulfilled')).toHaveLength(10);
    expect(await refusal(openOne())).toEqual({ code: 'rate.limited', details: { max: 10 } });
  });

  it('forgets an upload that nobody went on with for a day, and no other', async () => {
    const own = userOf(randomUUID());
    const [old, fresh] = [await ownUpload(), await ownUpload()];
    await spec.sql("UPDATE lists SET touched_at = now() - interval '24 hours 1 second' WHERE id = $1", [old]);
    await spec.sql("UPDATE lists SET touched_at = now() - interval '23 hours' WHERE id = $1", [fresh]);
    const uploads = spec.app.get(UploadsService);
    expect([await uploads.forgetAbandoned(), await uploads.forgetAbandoned()]).toEqual([true, false]);
    expect(await stored(old)).toEqual([{ chunks: 0, blocks: 0, errors: 0 }]);
    expect((await spec.caller.call(targetingListsRpc.list, {}, own)).lists.map(({ id }) => id)).toEqual([
      fresh,
    ]);

    async function ownUpload(): Promise<string> {
      const { id } = await spec.caller.call(targetingUploadsRpc.open, { fileName: 'a.csv' }, own);
      await append(id, 0, 'x', own);
      return id;
    }
  });
});

function expected(truth: RecipientFileTruth): Partial<RecipientListDto> {
  const { rows, valid, duplicate, invalid, blank } = truth;
  const byOperator = operators.flatMap((operator) => {
    const recipients = truth.byOperator[operator];
    return recipients ? [{ operator, recipients }] : [];
  });
  return { rows, valid, duplicates: duplicate, invalid, blank, byOperator };
}

function* zeros(mebibytes: number): Generator<string> {
  for (let n = 0; n < mebibytes * 16; n += 1) yield '0'.repeat(65_536);
}
