import { randomUUID } from 'node:crypto';
import type { INestMicroservice } from '@nestjs/common';
import { targetingRpc } from '@peyk/contracts';
import type { RecipientListDto } from '@peyk/contracts';
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
    await spec.caller.call(targetingRpc.closeUpload, upload, as);
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
    spec.caller.call(targetingRpc.readList, { listId }, as);
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
    expect(await cutOff(spec, table, () => reader.read(mine, never))).toBe('given_back');
    expect(await spec.sql('SELECT list_id FROM recipient_blocks WHERE list_id = $1', [listId])).toEqual([]);
    expect(await list(listId)).toMatchObject({ state: 'reading' });
    // Not at once: what failed now fails in the next moment too.
    expect(await reader.claim()).toBeUndefined();
    await leaseRunsOut();
    expect(await reader.read(await claimed(), never)).toBe('ready');
    expect(await list(listId)).toMatchObject({ rows });
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
    await spec.caller.call(targetingRpc.abortUpload, { listId }, as);
    expect(await reader.read(mine, never)).toBe('lost');
    expect(await spec.sql('SELECT list_id FROM recipient_blocks WHERE list_id = $1', [listId])).toEqual([]);
    await spec.caller.call(targetingRpc.listLists, {}, as).then(({ lists }) => expect(lists).toEqual([]));
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

/** Ends the connection of a reading that waits for this table. */
async function cutOff<T>(spec: TargetingSpec, table: string, begin: () => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: spec.config.databaseUrl });
  await client.connect();
  try {
    await client.query('BEGIN');
    await client.query(`LOCK TABLE ${table} IN ACCESS EXCLUSIVE MODE`);
    const reading = begin();
    await waitFor(async () => {
      const ended = await spec.sql(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
          WHERE datname = current_database() AND wait_event_type = 'Lock'
            AND query LIKE 'COPY%' || $1 || '%'`,
        [table],
      );
      return ended.length > 0;
    }, 'the COPY');
    return await reading;
  } finally {
    await client.end();
  }
}
