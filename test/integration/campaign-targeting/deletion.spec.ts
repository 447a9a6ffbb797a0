import { randomUUID } from 'node:crypto';
import type { INestMicroservice } from '@nestjs/common';
import { DomainError } from '@peyk/contracts';
import {
  listStates,
  targetingEvents,
  targetingListsRpc,
  targetingRecipientsRpc,
} from '@peyk/contracts/targeting';
import type { ListUsesDto } from '@peyk/contracts/sms';
import type { ListState, RecipientListDto } from '@peyk/contracts/targeting';
import { uuidv7 } from '@peyk/database';
import { Outbox } from '@peyk/messaging';
import { ListDeletionJob } from '../../../apps/campaign-targeting/src/lists/list-deletion.job';
import { ListRetention } from '../../../apps/campaign-targeting/src/lists/list-retention';
import { ListEraser } from '../../../apps/campaign-targeting/src/lists/list-eraser';
import { listTransitions } from '../../../apps/campaign-targeting/src/lists/list.entity';
import { ReadingQueue } from '../../../apps/campaign-targeting/src/reading/reading.queue';
import { refusal, startSms, TargetingSpec, userOf, waitFor } from './fixture';

jest.setTimeout(120_000);

describe('a recipient list that is deleted', () => {
  let spec: TargetingSpec;
  let sms: INestMicroservice;
  let telling: jest.SpyInstance<Promise<void>, Parameters<Outbox['add']>>;
  const customerId = randomUUID();
  const as = userOf(customerId);
  const file = Buffer.from('mobile\n09120000001\n09120000002\n09120000001\nwrong\n');
  const use = { sendId: randomUUID(), title: 'نوروز', state: 'scheduled' } as const;
  const none: ListUsesDto = { sends: [] };
  let uses: (listId: string) => ListUsesDto | Promise<ListUsesDto> = () => none;

  const read = (listId: string): Promise<RecipientListDto> =>
    spec.caller.call(targetingListsRpc.read, { listId }, as);
  const remove = (listId: string, who = as): Promise<object> =>
    spec.caller.call(targetingListsRpc.delete, { listId }, who);
  const count = (listId: string): Promise<object> =>
    spec.caller.call(targetingRecipientsRpc.count, { listId, customerId }, 'service');
  const upload = async (): Promise<string> => (await spec.caller.upload('a.csv', [file], as)).id;
  const job = (): Promise<number> => spec.app.get(ListDeletionJob).run();
  const rowsOf = async (table: string, listId: string): Promise<number> =>
    Number(
      (await spec.sql<{ n: string }>(`SELECT count(*) AS n FROM ${table} WHERE list_id = $1`, [listId]))[0]
        ?.n,
    );
  const told = (listId: string): unknown[] =>
    telling.mock.calls.flatMap(([, event, aggregate, payload]) =>
      event === targetingEvents.listDeleted && aggregate === `list:${listId}` ? [payload] : [],
    );
  const breakOff = (listId: string): Promise<object[]> =>
    spec.sql(`UPDATE lists SET state = 'deleting', touched_at = now() - interval '2 minutes' WHERE id = $1`, [
      listId,
    ]);

  beforeAll(async () => {
    spec = await TargetingSpec.start();
    telling = jest.spyOn(spec.app.get(Outbox), 'add');
    sms = await startSms(spec.config, ({ listId }) => uses(listId));
  });
  afterAll(async () => {
    await sms.close();
    await spec.stop();
  });
  beforeEach(() => {
    uses = () => none;
  });

  it('is gone from lists and sends at once and from the database soon; its name and counts stay', async () => {
    const listId = await upload();
    expect([await rowsOf('recipient_blocks', listId), await rowsOf('row_errors', listId)]).toEqual([1, 2]);
    await remove(listId);
    await remove(listId);
    expect(await read(listId)).toMatchObject({
      state: 'deleted',
      title: 'a.csv',
      valid: 2,
      duplicates: 1,
      invalid: 1,
    });
    const { lists } = await spec.caller.call(targetingListsRpc.list, {}, as);
    expect(lists.map(({ id }) => id)).not.toContain(listId);
    expect(await refusal(count(listId))).toEqual({ code: 'list.notFound' });
    const page = { listId, customerId, fromPosition: 1, limit: 10 };
    expect(await refusal(spec.caller.call(targetingRecipientsRpc.page, page, 'service'))).toEqual({
      code: 'list.notFound',
    });
    await waitFor(
      async () => (await rowsOf('recipient_blocks', listId)) + (await rowsOf('row_errors', listId)) === 0,
      'erasing',
    );
    expect(await spec.caller.errors(listId, as)).toEqual([]);
    expect(told(listId)).toEqual([{ listId, customerId, source: 'file', title: 'a.csv', recipients: 2 }]);
  });

  it("guarantee 7: is one's own, of a person or a key that may write lists", async () => {
    const listId = await upload();
    expect(await refusal(remove(listId, userOf(randomUUID())))).toEqual({ code: 'list.notFound' });
    expect(await refusal(remove(listId, userOf(customerId, 'student')))).toEqual({ code: 'access.denied' });
    expect((await read(listId)).state).toBe('ready');
  });

  it('is refused with the names of the sends that use it, and stays as it was', async () => {
    const listId = await upload();
    uses = () => ({ sends: [use] });
    expect(await refusal(remove(listId))).toEqual({ code: 'list.inUse', details: { sends: [use] } });
    expect((await read(listId)).state).toBe('ready');
    expect(await count(listId)).toMatchObject({ recipients: 2 });
    expect(told(listId)).toEqual([]);
  });

  it('TGT-204 keeps the recipients of a send that is made at the same moment', async () => {
    const listId = await upload();
    let asked = 0;
    const meanwhile: unknown[] = [];
    uses = async () => {
      asked += 1;
      if (asked === 1) return none;
      // What another send that is being made, and the one that has just been made, hear until it is decided.
      meanwhile.push(await refusal(count(listId)), (await spec.caller.recipients(listId, customerId)).length);
      return { sends: [use] };
    };
    expect(await refusal(remove(listId))).toMatchObject({ code: 'list.inUse' });
    expect(meanwhile).toEqual([{ code: 'service.unavailable' }, 2]);
    expect((await read(listId)).state).toBe('ready');
    expect(await count(listId)).toMatchObject({ recipients: 2 });
  });

  it('stays while nobody can say whether it is used', async () => {
    const listId = await upload();
    for (const answers of [0, 1]) {
      let asked = 0;
      uses = () => {
        if (asked++ < answers) return none;
        throw new DomainError('service.unavailable');
      };
      expect(await refusal(remove(listId))).toEqual({ code: 'service.unavailable' });
      expect((await read(listId)).state).toBe('ready');
    }
  });

  it('is decided anew when the program stopped in the middle', async () => {
    const [used, unused] = [await upload(), await upload()];
    await breakOff(used);
    uses = () => ({ sends: [use] });
    await job();
    expect((await read(used)).state).toBe('ready');
    uses = () => none;
    await breakOff(unused);
    await job();
    expect((await read(unused)).state).toBe('deleted');
    expect(await rowsOf('recipient_blocks', unused)).toBe(0);
    expect(told(unused)).toHaveLength(1);
  });

  it('TGT-206 stays while another list is put together from it; one that was keeps its own', async () => {
    const listId = await upload();
    const sources = [{ listId }, { numbers: ['09121112233'] }];
    const both = await spec.caller.call(targetingListsRpc.combine, { sources }, as);
    await spec.caller.whenRead(both.id, as);
    await spec.sql(
      `UPDATE lists SET state = 'reading', leased_until = now() + interval '1 hour' WHERE id = $1`,
      [both.id],
    );
    expect(await refusal(remove(listId))).toEqual({ code: 'list.inUse', details: { reason: 'combining' } });
    await spec.sql(`UPDATE lists SET state = 'ready', leased_until = NULL WHERE id = $1`, [both.id]);
    await remove(listId);
    await job();
    expect(await spec.caller.recipients(both.id, customerId)).toHaveLength(3);
    // A list of these sources that was deleted too is not given back.
    await remove(both.id);
    expect(await refusal(spec.caller.call(targetingListsRpc.combine, { sources }, as))).toMatchObject({
      code: 'list.notFound',
    });
  });

  it('is erased in pages, however long it is', async () => {
    const listId = await upload();
    await spec.sql('DELETE FROM recipient_blocks WHERE list_id = $1', [listId]);
    await spec.sql(
      `INSERT INTO recipient_blocks SELECT $1, n, '{989120000001}', '{0}', '{1}' FROM generate_series(0, 1233) n`,
      [listId],
    );
    await spec.sql(
      `INSERT INTO row_errors SELECT $1, n, 'x', 'not_a_number' FROM generate_series(10, 12009) n`,
      [listId],
    );
    const another = await upload();
    expect(await spec.app.get(ListEraser).erase(listId)).toBe(1_234);
    expect([await rowsOf('recipient_blocks', listId), await rowsOf('row_errors', listId)]).toEqual([0, 0]);
    expect([await rowsOf('recipient_blocks', another), await rowsOf('row_errors', another)]).toEqual([1, 2]);
  });

  it('moves as its table of states says, from every state', async () => {
    await spec.app.get(ReadingQueue).onModuleDestroy();
    const reaches = (from: ListState): ListState[] =>
      listTransitions[from].flatMap((to) => [to, ...(to === 'ready' ? [] : reaches(to))]);
    for (const state of listStates) {
      const id = uuidv7();
      await spec.sql(
        `INSERT INTO lists (id, customer_id, source, title, state, refusal) VALUES ($1, $2, 'file', 'b.csv', $3, $4)`,
        [id, customerId, state, state === 'refused' ? 'file.empty' : null],
      );
      await remove(id);
      const after = await read(id).then(
        (list) => list.state,
        (error: unknown) => (error as DomainError).code,
      );
      // One that was never ready is forgotten.
      if (['uploading', 'reading', 'refused'].includes(state))
        expect([state, after]).toEqual([state, 'list.notFound']);
      else
        expect([state, after === state || reaches(state).includes(after as ListState)]).toEqual([
          state,
          true,
        ]);
      if (state === 'ready') expect(after).toBe('deleted');
    }
    expect(listTransitions.deleted).toEqual([]);
    expect(Object.keys(listTransitions).sort()).toEqual([...listStates].sort());
  });

  it('TGT-204 numbers typed for a send are forgotten by their age, when no send needs them; files are not', async () => {
    const retention = spec.app.get(ListRetention);
    let numbers = 0;
    const typed = async (): Promise<string> => {
      numbers += 1;
      const made = { customerId, numbers: [`0912000${1_000 + numbers}`, '09120000002'] };
      return (await spec.caller.call(targetingListsRpc.createTyped, made, 'service')).id;
    };
    const old = async (listId: string): Promise<string> => {
      await spec.sql(`UPDATE lists SET touched_at = now() - interval '401 days' WHERE id = $1`, [listId]);
      return listId;
    };
    const [gone, needed, young, kept] = [
      await old(await typed()),
      await old(await typed()),
      await typed(),
      await old(await typed()),
    ];
    await spec.sql(`UPDATE lists SET source = 'file' WHERE id = $1`, [kept]);
    telling.mockClear();
    uses = (listId) => (listId === needed ? { sends: [use] } : none);
    while (await retention.forgetPage());
    uses = () => none;
    await job();
    const states = await Promise.all(
      [gone, needed, young, kept].map(
        async (id) =>
          (await spec.sql<{ state: ListState }>('SELECT state FROM lists WHERE id = $1', [id]))[0]?.state,
      ),
    );
    expect(states).toEqual(['deleted', 'ready', 'ready', 'ready']);
    expect(await rowsOf('recipient_blocks', gone)).toBe(0);
    // Nobody learns of what goes by its age.
    expect(told(gone)).toEqual([]);
    // What is needed was put off; what was deleted long ago is forgotten as a whole.
    await spec.sql(`UPDATE lists SET erased_at = now() - interval '31 days' WHERE id = $1`, [gone]);
    await retention.forgetPage();
    expect(await spec.sql('SELECT FROM lists WHERE id = $1', [gone])).toEqual([]);
  });
});
