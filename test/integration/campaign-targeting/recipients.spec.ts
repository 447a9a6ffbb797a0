import { randomUUID } from 'node:crypto';
import { operators } from '@peyk/contracts';
import { targetingListsRpc, targetingRecipientsRpc, targetingUploadsRpc } from '@peyk/contracts/targeting';
import type { RecipientCountDto } from '@peyk/contracts/targeting';
import { refusal, TargetingSpec, userOf } from './fixture';

/** The n-th recipient of the file below; MCI and Irancell by turns that no block boundary fits. */
const nth = (n: number): number => (n % 7 < 3 ? 989_120_000_000 : 989_350_000_000) + n;
const size = 4_321;

jest.setTimeout(90_000);

describe('recipients of a list', () => {
  let spec: TargetingSpec;
  let listId: string;
  const customerId = randomUUID();
  const as = userOf(customerId);
  const count = (row?: number, many?: number): Promise<RecipientCountDto> =>
    spec.caller.call(targetingRecipientsRpc.count, { listId, customerId, row, count: many }, 'service');

  beforeAll(async () => {
    spec = await TargetingSpec.start({ TYPED_NUMBERS_MAX: '300' });
    const lines = Array.from({ length: size }, (_, index) => `+${nth(index + 1)}\n`);
    const list = await spec.caller.upload('a.csv', [Buffer.from(`mobile\n${lines.join('')}`)], as);
    expect(list).toMatchObject({ state: 'ready', valid: size });
    listId = list.id;
  });
  afterAll(() => spec.stop());

  it('are found by their number, wherever they stand', async () => {
    const find = (msisdn: number, owner = customerId) =>
      spec.caller.call(targetingRecipientsRpc.find, { listId, customerId: owner, msisdn }, 'service');
    for (const position of [1, 1_000, 1_001, size])
      expect(await find(nth(position))).toEqual({
        position,
        operator: nth(position) < 989_130_000_000 ? 'mci' : 'irancell',
      });
    expect(await find(989_199_999_999)).toEqual({});
    expect(await refusal(find(nth(1), randomUUID()))).toMatchObject({ code: 'list.notFound' });
  });

  it.each([1, 7, 999, 1_000])('TGT-204 come in the same order in pages of %p', async (limit) => {
    const positions = limit < 10 ? [1, 995, 1_000, 1_001, size - 3, size] : [1, 2, 1_001, 3_500, size];
    for (const fromPosition of positions) {
      const page = await spec.caller.call(
        targetingRecipientsRpc.page,
        { listId, customerId, fromPosition, limit },
        'service',
      );
      const wanted = Array.from({ length: Math.min(limit, size - fromPosition + 1) }, (_, index) =>
        nth(fromPosition + index),
      );
      expect(page.msisdns).toEqual(wanted);
      expect(page.operators).toEqual(
        wanted.map((msisdn) => operators.indexOf(msisdn < 989_130_000_000 ? 'mci' : 'irancell')),
      );
    }
    const behind = { listId, customerId, fromPosition: size + 1, limit };
    expect(await spec.caller.call(targetingRecipientsRpc.page, behind, 'service')).toEqual({
      msisdns: [],
      operators: [],
    });
  });

  it.each([
    [undefined, undefined],
    [1, undefined],
    [1, 1],
    [1, 1_000],
    [1_000, 2],
    [1_001, 1_000],
    [2, 998],
    [17, 3_000],
    [2_001, undefined],
    [size, undefined],
    [size, 1],
    [1, size],
  ])('SMS-011 are counted by operator from row %p, %p of them', async (row, many) => {
    const from = row ?? 1;
    const recipients = many ?? size - from + 1;
    let mci = 0;
    for (let n = from; n < from + recipients; n += 1) if (n % 7 < 3) mci += 1;
    const byOperator = [
      { operator: 'mci', recipients: mci },
      { operator: 'irancell', recipients: recipients - mci },
    ].filter((entry) => entry.recipients > 0);
    expect(await count(row, many)).toEqual({ recipients, firstPosition: from, byOperator });
  });

  it.each([
    [1, size + 1, size],
    [size, 2, 1],
    [size + 1, undefined, 0],
    [size + 1, 1, 0],
    [100_000_000, 100_000_000, 0],
    [4_000, 1_000, size - 3_999],
  ])('TGT-205 from row %p, %p of them are more than the %p available', async (row, many, available) => {
    expect(await refusal(count(row, many))).toEqual({ code: 'list.sliceOutOfRange', details: { available } });
  });

  it('are not counted or given out before the file is read', async () => {
    const { id } = await spec.caller.call(targetingUploadsRpc.open, { fileName: 'a.csv' }, as);
    const asked = { listId: id, customerId };
    expect(await refusal(spec.caller.call(targetingRecipientsRpc.count, asked, 'service'))).toEqual({
      code: 'list.notReady',
    });
    const page = { ...asked, fromPosition: 1, limit: 10 };
    expect(await refusal(spec.caller.call(targetingRecipientsRpc.page, page, 'service'))).toEqual({
      code: 'list.notFound',
    });
  });

  it('are none in a file of wrong numbers, whose errors can be read', async () => {
    const list = await spec.caller.upload('a.csv', [Buffer.from('mobile\n0912\n0913\n')], as);
    expect(list).toMatchObject({ state: 'ready', valid: 0, invalid: 2 });
    const call = spec.caller.call(targetingRecipientsRpc.count, { listId: list.id, customerId }, 'service');
    expect(await refusal(call)).toEqual({ code: 'list.empty' });
    expect(await spec.caller.errors(list.id, as)).toHaveLength(2);
  });

  describe('typed', () => {
    const create = (numbers: string[]): Promise<{ id: string }> =>
      spec.caller.call(targetingListsRpc.createTyped, { customerId, numbers }, 'service');

    it('TGT-001 SMS-205 are read in any form, each once, and what is wrong is named', async () => {
      const numbers = [
        '09351234567',
        ' ',
        '۰۹۱۲ ۱۲۳ ۴۵۶۷',
        '0912',
        '+98 935 123 4567',
        '00989121234567',
        'سلام',
      ];
      const list = await create(numbers);
      expect(list).toMatchObject({
        ...{ source: 'typed', state: 'ready', rows: 6, valid: 2, duplicates: 2, invalid: 2, blank: 1 },
        byOperator: [
          { operator: 'mci', recipients: 1 },
          { operator: 'irancell', recipients: 1 },
        ],
      });
      expect(await spec.caller.recipients(list.id, customerId)).toEqual([
        [989351234567, operators.indexOf('irancell')],
        [989121234567, operators.indexOf('mci')],
      ]);
      expect(await spec.caller.errors(list.id, as)).toEqual([
        { row: 4, value: '0912', reason: 'wrong_length' },
        { row: 5, value: '+98 935 123 4567', reason: 'duplicate', firstRow: 1 },
        { row: 6, value: '00989121234567', reason: 'duplicate', firstRow: 3 },
        { row: 7, value: 'سلام', reason: 'not_a_number' },
      ]);
      // PostgreSQL cannot keep a zero character.
      await expect(create(['سلام\0'])).rejects.toMatchObject({ code: 'input.invalid' });
      // They belong to a send, not to the person's files.
      const { lists } = await spec.caller.call(targetingListsRpc.list, {}, as);
      expect(lists.map(({ id }) => id)).not.toContain(list.id);
    });

    it('TGT-002 TGT-003 are as many as the setting says, not one more', async () => {
      const many = (length: number): string[] =>
        Array.from({ length }, (_, n) => `0912${String(n).padStart(7, '0')}`);
      expect(await create(many(300))).toMatchObject({ valid: 300 });
      expect(await refusal(create(many(301)))).toEqual({
        code: 'list.tooManyNumbers',
        details: { max: 300, got: 301 },
      });
    });

    it('are refused when none is valid, and nothing is kept', async () => {
      const lists = (): Promise<object[]> => spec.sql('SELECT count(*) FROM lists');
      const before = await lists();
      expect(await refusal(create(['0912', '']))).toEqual({
        code: 'list.empty',
        details: { rows: 1, valid: 0, duplicates: 0, invalid: 1, blank: 1 },
      });
      expect(await refusal(create([]))).toMatchObject({ code: 'list.empty' });
      expect(await lists()).toEqual(before);
    });
  });
});
