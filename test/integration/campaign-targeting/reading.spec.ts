import { randomUUID } from 'node:crypto';
import type { INestMicroservice } from '@nestjs/common';
import { targetingListsRpc, targetingUploadsRpc } from '@peyk/contracts/targeting';
import type { RecipientListDto } from '@peyk/contracts/targeting';
import { Client } from 'pg';
import { attemptsMax, ListReader } from '../../../apps/campaign-targeting/src/reading/list.reader';
import type { ClaimedList } from '../../../apps/campaign-targeting/src/reading/list.reader';
import { ReadingQueue } from '../../../apps/campaign-targeting/src/reading/reading.queue';
import { generateRecipientFile } from '../../support/recipient-file.generator';
import { startReplica, TargetingSpec, userOf, waitFor } from './fixture';

jest.setTimeout(90_000);

const never = new AbortController().signal;

/** Here the spec takes the place of the queue, so that it can let a reading die where it wants. */
describe('reading a recipient file', () => {
  let spec: TargetingSpec;
  let reader: ListReader;
  const customerId = randomUUID();
  const as = userOf(customerId);
  const rows = 12_000;

  beforeAll(async () => {
    spec = await TargetingSpec.start();
    await spec.app.get(ReadingQueue).onModuleDestroy();
    reader = spec.app.get(ListReader);
  });
  beforeEach(() => spec.sql('DELETE FROM lists'));
  afterAll(() => spec.stop());

  const closed = async (seed = 1): Promise<string> => {
    const { fileName, content } = generateRecipientFile({ rows, seed });
    const upload = await spec.caller.send(fileName, content, as);
    await spec.caller.call(targetingUploadsRpc.close, upload, as);
    return upload.listId;
  };
  const claimed = async (): Promise<ClaimedList> => {
    const list = await reader.claim();
    if (!list) throw new Error('there is nothing to read');
    return list;
  };
  const leaseRunsOut = (): Promise<object[]> =>
    spec.sql("UPDATE lists SET leased_until = now() - interval '1 second'");
  const list = (listId: string): Promise<RecipientListDto> =>
    spec.caller.call(targetingListsRpc.read, { listId }, as);
  const eventsOf = (listId: string): number =>
    spec.caller.events.filter((event) => event.listId === listId).length;

  it('is begun by one of two that claim at once', async () => {
    await closed();
    const [one, other] = await Promise.all([reader.claim(), reader.claim()]);
    expect([one, other].filter(Boolean)).toHaveLength(1);
    expect(await reader.claim()).toBeUndefined();
  });

  it('begins anew after a dead reading, and the list is the same, once', async () => {
    const reference = await closed();
    expect(await reader.read(await claimed(), never)).toBe('ready');
    const recipients = await spec.caller.recipients(reference, customerId);

    const listId = await closed();
    const dead = await claimed();
    expect(await reader.claim()).toBeUndefined();
    await leaseRunsOut();
    const living = await claimed();
    expect(living).toMatchObject({ id: listId, attempts: 2 });
    // The dead one was only slow: it comes to its end behind the other, and beside it.
    const ends = await Promise.all([reader.read(living, never), reader.read(dead, never)]);
    expect(ends).toEqual(['ready', 'lost']);
    expect(await reader.read(dead, never)).toBe('lost');

    expect(await spec.caller.recipients(listId, customerId)).toEqual(recipients);
    const { id: _id, createdAt: _at, ...counts } = await list(listId);
    const { id: _id2, createdAt: _at2, ...wanted } = await list(reference);
    expect(counts).toEqual(wanted);
    await waitFor(() => eventsOf(listId) > 0, 'the event');
    expect(await spec.sql('SELECT FROM outbox')).toEqual([]);
    expect(eventsOf(listId)).toBe(1);
    expect(await spec.sql('SELECT no FROM upload_chunks')).toEqual([]);
  });

  it.each([
    ['while it writes', 'row_errors'],
    ['while it reads', 'upload_chunks'],
  ])('leaves nothing behind when PostgreSQL cuts it off %s', async (_when, table) => {
    const listId = await closed();
    const mine = await claimed();
    const cut = { table, mode: 'ACCESS EXCLUSIVE', waits: 'COPY' } as const;
    expect(await cutOff(spec, cut, () => reader.read(mine, never))).toBe('given_back');
    expect(await spec.sql('SELECT list_id FROM recipient_blocks WHERE list_id = $1', [listId])).toEqual([]);
    expect(await list(listId)).toMatchObject({ state: 'reading' });
    // Not at once: what failed now fails in the next moment too.
    expect(await reader.claim()).toBeUndefined();
    await leaseRunsOut();
    expect(await reader.read(await claimed(), never)).toBe('ready');
    expect(await list(listId)).toMatchObject({ rows });
  });

  it.each([
    ['while it writes', 'SHARE ROW EXCLUSIVE', 'COPY'],
    ['while it reads', 'ACCESS EXCLUSIVE', 'SELECT'],
  ] as const)(
    'TGT-206 of several lists begins anew when PostgreSQL cuts it off %s',
    async (_when, mode, waits) => {
      const parts = [await closed(1), await closed(2)];
      for (const _part of parts) expect(await reader.read(await claimed(), never)).toBe('ready');
      const sources = parts.map((part) => ({ listId: part }));
      const { id } = await spec.caller.call(targetingListsRpc.combine, { sources }, as);
      const mine = await claimed();
      expect(mine.id).toBe(id);
      const cut = { table: 'recipient_blocks', mode, waits };
      // The pool may hand out the very connection that was cut: then it is not given back, and the lease runs out.
      await cutOff(spec, cut, () => reader.read(mine, never).catch(() => undefined));
      expect(await spec.sql('SELECT list_id FROM recipient_blocks WHERE list_id = $1', [id])).toEqual([]);
      await leaseRunsOut();
      expect(await reader.read(await claimed(), never)).toBe('ready');

      const whole = (await Promise.all(parts.map((part) => spec.caller.recipients(part, customerId)))).flat();
      const once = [...new Map(whole.map((each) => [each[0], each])).values()];
      expect(await spec.caller.recipients(id, customerId)).toEqual(once);
      expect(await list(id)).toMatchObject({ rows: whole.length, valid: once.length });
      await waitFor(() => eventsOf(id) > 0, 'the event');
      expect(eventsOf(id)).toBe(1);
      // Nothing is left of the try that was cut off, and asking again makes no second list.
      const again = await spec.caller.call(targetingListsRpc.combine, { sources }, as);
      expect([again.id, again.state]).toEqual([id, 'ready']);
      expect(await reader.claim()).toBeUndefined();
    },
  );

  it('TGT-206 of several lists that was given up does not stand in the way of another try', async () => {
    const part = await closed();
    await reader.read(await claimed(), never);
    const sources = [{ listId: part }, { numbers: ['09121234567'] }];
    const combine = (): Promise<RecipientListDto> =>
      spec.caller.call(targetingListsRpc.combine, { sources }, as);
    const { id } = await combine();
    expect((await combine()).id).toBe(id);
    await spec.sql('UPDATE lists SET attempts = $1 WHERE id = $2', [attemptsMax, id]);
    expect(await reader.read(await claimed(), never)).toBe('refused');
    const other = await combine();
    expect(other.id).not.toBe(id);
    expect(await reader.read(await claimed(), never)).toBe('ready');
  });

  it('is given back at once, and not counted, when the program stops', async () => {
    await closed();
    const stopped = new AbortController();
    stopped.abort();
    expect(await reader.read(await claimed(), stopped.signal)).toBe('given_back');
    const again = await claimed();
    expect(again.attempts).toBe(1);
    expect(await reader.read(again, never)).toBe('ready');
  });

  it('is given up when the file brought the program down too often', async () => {
    const listId = await closed();
    for (let attempt = 1; attempt <= attemptsMax; attempt += 1) {
      expect((await claimed()).attempts).toBe(attempt);
      await leaseRunsOut();
    }
    expect(await reader.read(await claimed(), never)).toBe('refused');
    expect(await list(listId)).toMatchObject({ state: 'refused', refusal: 'internal', rows: 0 });
    expect(await reader.claim()).toBeUndefined();
  });

  it('ends without a trace when the person aborts the upload meanwhile', async () => {
    const listId = await closed();
    const mine = await claimed();
    await spec.caller.call(targetingUploadsRpc.abort, { listId }, as);
    expect(await reader.read(mine, never)).toBe('lost');
    expect(await spec.sql('SELECT list_id FROM recipient_blocks WHERE list_id = $1', [listId])).toEqual([]);
    await spec.caller.call(targetingListsRpc.list, {}, as).then(({ lists }) => expect(lists).toEqual([]));
  });

  it('waits for its turn: the file closed first is read first', async () => {
    const ids = [await closed(1), await closed(2), await closed(3)];
    const turns = [await claimed(), await claimed(), await claimed()].map(({ id }) => id);
    expect(turns).toEqual(ids);
  });

  it('goes on in another replica, without anybody asking', async () => {
    const listId = await closed();
    await claimed();
    await leaseRunsOut();
    let replica: INestMicroservice | undefined;
    try {
      replica = await startReplica(spec.config);
      expect(await spec.caller.whenRead(listId, as)).toMatchObject({ state: 'ready', rows });
    } finally {
      await replica?.close();
    }
  });
});

interface Cut {
  readonly table: string;
  /** What the reading may not get past. */
  readonly mode: 'ACCESS EXCLUSIVE' | 'SHARE ROW EXCLUSIVE';
  /** How the statement begins that waits then. */
  readonly waits: 'COPY' | 'SELECT';
}

/** Ends the connection of a reading that waits for a table. */
async function cutOff<T>(
  spec: TargetingSpec,
  { table, mode, waits }: Cut,
  begin: () => Promise<T>,
): Promise<T> {
  const client = new Client({ connectionString: spec.config.databaseUrl });
  await client.connect();
  try {
    await client.query('BEGIN');
    await client.query(`LOCK TABLE ${table} IN ${mode} MODE`);
    const reading = begin();
    await waitFor(async () => {
      const ended = await spec.sql(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
          WHERE datname = current_database() AND wait_event_type = 'Lock'
            AND query LIKE $2 || '%' || $1 || '%' AND pid <> pg_backend_pid()`,
        [table, waits],
      );
      return ended.length > 0;
    }, waits);
    return await reading;
  } finally {
    await client.end();
  }
}
