import { randomUUID } from 'node:crypto';
import { maxListSources, operators } from '@peyk/contracts';
import { targetingListsRpc, targetingRecipientsRpc, targetingUploadsRpc } from '@peyk/contracts/targeting';
import type { RecipientListDto, RecipientsDto } from '@peyk/contracts/targeting';
import { mobileOperator } from '@peyk/persian';
import { ReadingQueue } from '../../../apps/campaign-targeting/src/reading/reading.queue';
import { refusal, TargetingSpec, userOf, waitFor } from './fixture';

jest.setTimeout(120_000);

const rowsMax = 12_000;

describe('a list out of several sources', () => {
  let spec: TargetingSpec;
  const customerId = randomUUID();
  const as = userOf(customerId);
  const combine = (sources: RecipientsDto[], who = as): Promise<RecipientListDto> =>
    spec.caller.call(targetingListsRpc.combine, { sources }, who);
  const combined = async (sources: RecipientsDto[], who = as): Promise<RecipientListDto> =>
    spec.caller.whenRead((await combine(sources, who)).id, who);
  const fileOf = async (nationals: readonly number[], who = as): Promise<string> => {
    const lines = nationals.map((national) => `0${national}\n`).join('');
    return (await spec.caller.upload('a.csv', [Buffer.from(`mobile\n${lines}`)], who)).id;
  };
  const lists = (): Promise<object[]> => spec.sql('SELECT count(*) FROM lists');

  beforeAll(async () => {
    spec = await TargetingSpec.start({ FILE_ROWS_MAX: String(rowsMax) });
  });
  afterAll(() => spec.stop());

  it('TGT-206 TGT-204 SMS-003 holds what a plain model holds, in its order, whatever is put together', async () => {
    const random = randomOf(1405);
    const below = (bound: number): number => Math.floor(random() * bound);
    // Few numbers, so that sources share many; sizes around the blocks' borders.
    const number = (): number => (below(2) ? 9_120_000_000 : 9_350_000_000) + below(2_500);
    const files: { id: string; numbers: number[] }[] = [];
    for (const size of [1, 7, 999, 1_000, 1_001, 2_345]) {
      const numbers = [...new Set(Array.from({ length: size * 3 }, number))].slice(0, size);
      files.push({ id: await fileOf(numbers), numbers });
    }
    const sourceOf = (): { asked: RecipientsDto; numbers: number[] } => {
      const file = files[below(files.length)];
      const whole = below(4) > 0 && file ? file.numbers : Array.from({ length: 1 + below(30) }, number);
      const asked = whole === file?.numbers ? { listId: file.id } : { numbers: whole.map(String) };
      const numbers = [...new Set(whole)];
      if (below(2)) return { asked, numbers };
      const row = 1 + below(numbers.length);
      const count = below(2) ? 1 + below(numbers.length - row + 1) : undefined;
      return {
        asked: { ...asked, row, ...(count && { count }) },
        numbers: numbers.slice(row - 1, count ? row - 1 + count : undefined),
      };
    };
    for (let round = 0; round < 25; round += 1) {
      const sources = Array.from({ length: 1 + below(5) }, sourceOf);
      const list = await combined(sources.map(({ asked }) => asked));
      const all = sources.flatMap(({ numbers }) => numbers);
      const once = [...new Set(all)];
      const codes = once.map((national) => operators.indexOf(mobileOperator(national)));
      expect(await spec.caller.recipients(list.id, customerId)).toEqual(
        once.map((national, at) => [980_000_000_000 + national, codes[at]]),
      );
      expect(list).toMatchObject({
        ...{ source: 'combined', state: 'ready', title: '', invalid: 0, blank: 0, bytes: 0 },
        ...{ rows: all.length, valid: once.length, duplicates: all.length - once.length },
        byOperator: operators.flatMap((operator, code) => {
          const recipients = codes.filter((own) => own === code).length;
          return recipients ? [{ operator, recipients }] : [];
        }),
      });
      // A slice of the whole is counted as of any list (SMS-011).
      const row = 1 + below(once.length);
      const sliced = { listId: list.id, customerId, row };
      expect(await spec.caller.call(targetingRecipientsRpc.count, sliced, 'service')).toMatchObject({
        recipients: once.length - row + 1,
      });
    }
  });

  it('TGT-206 is made of combined lists too, tells its end, and is no file', async () => {
    const first = await combined([{ numbers: ['09121112233'] }, { numbers: ['09351112233'] }]);
    const second = await combined([
      { listId: first.id, row: 2 },
      { listId: first.id },
      { numbers: ['09011112233'] },
    ]);
    expect((await spec.caller.recipients(second.id, customerId)).map(([msisdn]) => msisdn)).toEqual([
      989351112233, 989121112233, 989011112233,
    ]);
    expect(second).toMatchObject({ rows: 4, valid: 3, duplicates: 1 });
    expect(await spec.caller.errors(second.id, as)).toEqual([]);
    await waitFor(() => spec.caller.events.some(({ listId }) => listId === second.id), 'the event');
    expect(spec.caller.events.find(({ listId }) => listId === second.id)).toEqual({
      ...{ listId: second.id, customerId, state: 'ready', refusal: null, valid: 3 },
    });
    const { lists: files } = await spec.caller.call(targetingListsRpc.list, { limit: 200 }, as);
    expect(files.every(({ source }) => source === 'file')).toBe(true);
  });

  it('TGT-206 is the same list when the same is asked for again, and at once', async () => {
    const listId = await fileOf([9_121_234_567, 9_121_234_568]);
    const sources = [{ listId }, { numbers: ['09351112244', 'x'] }];
    const before = await spec.sql<{ count: number }>('SELECT count(*)::int FROM lists');
    const asked = await Promise.all(Array.from({ length: 8 }, () => combine(sources)));
    expect(new Set(asked.map(({ id }) => id)).size).toBe(1);
    // The combined list and that of the typed numbers.
    expect(await spec.sql('SELECT count(*)::int FROM lists')).toEqual([
      { count: (before[0]?.count ?? 0) + 2 },
    ]);
    const ready = await spec.caller.whenRead(asked[0]?.id ?? '', as);
    expect(await combine([{ listId: listId.toUpperCase() }, ...sources.slice(1)])).toEqual(ready);
    for (const other of [
      [...sources].reverse(),
      [{ listId, row: 2 }, ...sources.slice(1)],
      [{ listId, count: 1 }, ...sources.slice(1)],
      [...sources, { numbers: ['09351112245'] }],
    ])
      expect((await combine(other)).id).not.toBe(ready.id);
    const stranger = userOf(randomUUID());
    const numbers = [{ numbers: ['09121112233'] }, { numbers: ['09351112233'] }];
    expect((await combine(numbers, stranger)).id).not.toBe((await combine(numbers)).id);
  });

  it('TGT-206 says which source is refused and why, and keeps nothing', async () => {
    const own = await fileOf([9_121_234_567]);
    const wrong = (await spec.caller.upload('a.csv', [Buffer.from('mobile\n0912\n0913\n')], as)).id;
    const foreign = await fileOf([9_121_234_567], userOf(randomUUID()));
    const open = (await spec.caller.call(targetingUploadsRpc.open, { fileName: 'a.csv' }, as)).id;
    const typed = { numbers: ['09121112233'] };
    const many = (length: number): RecipientsDto => ({
      numbers: Array.from({ length }, (_, n) => `0912${String(n).padStart(7, '0')}`),
    });
    const before = await lists();
    const refused: [RecipientsDto[], string, object][] = [
      [[typed, { listId: foreign }], 'list.notFound', { field: 'sources[1].listId' }],
      [[{ listId: randomUUID() }, typed], 'list.notFound', { field: 'sources[0].listId' }],
      [[typed, { listId: own }, { listId: open }], 'list.notReady', { field: 'sources[2].listId' }],
      [[typed, { listId: wrong }], 'list.empty', { field: 'sources[1].listId' }],
      [[typed, { numbers: ['0912', ''] }], 'list.empty', { field: 'sources[1].numbers', valid: 0 }],
      [[typed, { numbers: [] }], 'list.empty', { field: 'sources[1].numbers' }],
      [[], 'list.empty', { field: 'sources' }],
      [[{ listId: own, row: 2 }, typed], 'list.sliceOutOfRange', { field: 'sources[0].row', available: 0 }],
      [[typed, { ...typed, count: 2 }], 'list.sliceOutOfRange', { field: 'sources[1].row', available: 1 }],
      [[many(200), many(201)], 'list.tooManyNumbers', { field: 'sources[1].numbers', max: 400, got: 401 }],
    ];
    for (const [sources, code, details] of refused)
      expect(await refusal(combine(sources))).toMatchObject({ code, details });
    for (const [index, source] of [{}, { listId: own, ...typed }].entries())
      expect(await refusal(combine([...(index ? [typed] : []), source]))).toMatchObject({
        code: 'input.invalid',
        details: { fields: [{ field: `sources[${index}]`, rule: 'oneOf' }] },
      });
    const eleven = Array.from({ length: maxListSources + 1 }, () => typed);
    expect(await refusal(combine(eleven))).toMatchObject({ code: 'input.invalid' });
    expect(await lists()).toEqual(before);
    expect(await refusal(combine([typed], userOf(customerId, 'student')))).toEqual({ code: 'access.denied' });
    expect((await combined([many(200), { ...many(200), row: 101 }])).valid).toBe(200);
  });

  it('TGT-206 has at most as many recipients as a file may have rows', async () => {
    const half = await fileOf(Array.from({ length: rowsMax / 2 }, (_, n) => 9_120_000_000 + n));
    const [twice, one] = [[{ listId: half }, { listId: half }], { numbers: ['09121112233'] }];
    expect(await combined(twice)).toMatchObject({ rows: rowsMax, valid: rowsMax / 2 });
    expect(await refusal(combine([...twice, one]))).toEqual({
      code: 'list.tooManyRecipients',
      details: { field: 'sources', max: rowsMax, got: rowsMax + 1 },
    });
    expect((await combined([{ listId: half, row: 2 }, { listId: half }, one])).rows).toBe(rowsMax);
  });

  // The last one: nothing is read any more after it.
  it('TGT-206 waits with nine more of a customer, files counted, not with ten', async () => {
    await spec.app.get(ReadingQueue).onModuleDestroy();
    const own = userOf(randomUUID());
    const open = (): Promise<RecipientListDto> =>
      spec.caller.call(targetingUploadsRpc.open, { fileName: 'a.csv' }, own);
    const ask = (n: number): Promise<RecipientListDto> => combine([{ numbers: [`0912000000${n}`] }], own);
    for (let n = 0; n < 4; n += 1) await open();
    const asked = await Promise.allSettled(Array.from({ length: 9 }, (_, n) => ask(n)));
    const made = asked.flatMap(({ status }, n) => (status === 'fulfilled' ? [n] : []));
    expect(made).toHaveLength(6);
    const limited = { code: 'rate.limited', details: { max: 10 } };
    expect(await refusal(open())).toEqual(limited);
    const left = [...Array(9).keys()].find((n) => !made.includes(n)) ?? 0;
    expect(await refusal(ask(left))).toEqual(limited);
    // One that is there is no further one.
    expect((await ask(made[0] ?? 0)).state).toBe('reading');
  });
});

/** Mulberry32: the same numbers for the same seed. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
