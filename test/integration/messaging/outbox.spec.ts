import { Outbox, messagingEntities } from '@peyk/messaging';
import type { MessagingRuntime } from '@peyk/messaging';
import { createDataSource, execute, query } from '@peyk/database';
import { EventCollector, eventually, testMessaging } from '@peyk/testing';
import { messagingDatabase, probe, sleep } from './fixture';
import type { MessagingDatabase, NumberedDto } from './fixture';

let database: MessagingDatabase;
let runtime: MessagingRuntime;
let collector: EventCollector;
const started: Outbox[] = [];

function relay(over = runtime): Outbox {
  const outbox = new Outbox(over, database.source);
  outbox.onApplicationBootstrap();
  started.push(outbox);
  return outbox;
}
const add = (outbox: Outbox, about: string, number: number): Promise<void> =>
  database.source.transaction((tx) => outbox.add(tx, probe.numbered, about, { about, number }));
const waiting = async (): Promise<number> =>
  (await query<{ n: number }>(database.source, 'SELECT count(*)::int AS n FROM outbox'))[0]?.n ?? -1;
const seen = (about: string): number[] =>
  collector
    .of(probe.numbered)
    .filter((event: NumberedDto) => event.about === about)
    .map(({ number }) => number);

beforeAll(async () => {
  database = await messagingDatabase();
  runtime = await testMessaging('spec');
  collector = await EventCollector.start(runtime, [`${probe.service}.#`]);
});
afterEach(async () => {
  await Promise.all(started.splice(0).map((outbox) => outbox.onModuleDestroy()));
  await execute(database.source, 'DELETE FROM outbox');
});
afterAll(async () => {
  await runtime.broker.close();
  await database.drop();
});

describe(Outbox.name, () => {
  it('readers who have every common connection keep no event back', async () => {
    const { url } = database.source.options as { url: string };
    const options = { url, entities: messagingEntities, migrations: [], applicationName: 'peyk-spec' };
    const source = await createDataSource({ ...options, poolMax: 2, reservedPoolMax: 1 }).initialize();
    const blocker = database.source.createQueryRunner();
    await blocker.query('SELECT pg_advisory_lock(1505)');
    let read = 0;
    const readers = Array.from({ length: 6 }, () =>
      query(source, 'SELECT pg_advisory_lock_shared(1505)').then(() => read++),
    );
    const outbox = new Outbox(runtime, source);
    outbox.onApplicationBootstrap();
    started.push(outbox);
    await add(outbox, 'starved', 1);
    await eventually(() => expect(seen('starved')).toEqual([1]));
    await eventually(async () => expect(await waiting()).toBe(0));
    expect(read).toBe(0);
    await blocker.query('SELECT pg_advisory_unlock(1505)');
    await blocker.release();
    await Promise.all(readers);
    await outbox.onModuleDestroy();
    await source.destroy();
  });

  it('publishes what was committed, once, and keeps no row of it', async () => {
    await add(relay(), 'committed', 1);
    await eventually(() => expect(seen('committed')).toEqual([1]));
    await eventually(async () => expect(await waiting()).toBe(0));
    const [event] = collector.events;
    expect(event?.headers).toMatchObject({
      version: 1,
      occurredAt: expect.stringMatching(/^\d{4}-.*Z$/) as unknown,
    });
    expect(event?.id).toMatch(/^[\da-f]{8}-[\da-f]{4}-7/);
  });

  it('takes many events of a change at once, and publishes those of one thing in their order', async () => {
    const outbox = relay();
    const many = Array.from({ length: 1_200 }, (_, i) => ({
      aggregate: `many ${i % 3}`,
      payload: { about: `many ${i % 3}`, number: i },
    }));
    await database.source.transaction((tx) => outbox.addMany(tx, probe.numbered, many));
    await database.source.transaction((tx) => outbox.addMany(tx, probe.numbered, []));
    await eventually(async () => expect(await waiting()).toBe(0));
    for (const rest of [0, 1, 2]) {
      await eventually(() =>
        expect(seen(`many ${rest}`)).toEqual(many.map((_, i) => i).filter((i) => i % 3 === rest)),
      );
    }
    const wrong = [...many.slice(0, 2), { aggregate: 'many 0', payload: { about: 'x' } as NumberedDto }];
    await expect(
      database.source.transaction((tx) => outbox.addMany(tx, probe.numbered, wrong)),
    ).rejects.toMatchObject({ code: 'input.invalid' });
    await expect(outbox.addMany(database.source.manager, probe.numbered, many)).rejects.toThrow(
      'inside a transaction',
    );
    expect(await waiting()).toBe(0);
  });

  it('publishes nothing of a transaction that was rolled back', async () => {
    const outbox = relay();
    const failed = database.source.transaction(async (tx) => {
      await outbox.add(tx, probe.numbered, 'rolled back', { about: 'rolled back', number: 1 });
      throw new Error('no');
    });
    await expect(failed).rejects.toThrow('no');
    await add(outbox, 'after it', 1);
    await eventually(() => expect(seen('after it')).toEqual([1]));
    await sleep(100);
    expect(seen('rolled back')).toEqual([]);
  });

  it('refuses an event outside a transaction, and one that is not what its contract says', async () => {
    const outbox = relay();
    const event = { about: 'x', number: 1 };
    await expect(outbox.add(database.source.manager, probe.numbered, 'x', event)).rejects.toThrow(
      'inside a transaction',
    );
    for (const wrong of [{ about: 'x' }, { ...event, number: '1' }, { ...event, secret: 1 }]) {
      await expect(
        database.source.transaction((tx) => outbox.add(tx, probe.numbered, 'x', wrong as NumberedDto)),
      ).rejects.toMatchObject({ code: 'input.invalid' });
    }
    expect(await waiting()).toBe(0);
  });

  it('sends what a program left that died between commit and publishing', async () => {
    // Its relay never ran.
    const died = new Outbox(runtime, database.source);
    await died.onModuleDestroy();
    for (const number of [1, 2, 3]) await add(died, 'left', number);
    await sleep(100);
    expect(seen('left')).toEqual([]);
    relay();
    await eventually(() => expect(seen('left')).toEqual([1, 2, 3]));
  });

  it('takes the rows of a relay that died in the middle once its lease has ended, and in order', async () => {
    const died = new Outbox(runtime, database.source);
    await died.onModuleDestroy();
    for (const number of [1, 2, 3]) await add(died, 'leased', number);
    await execute(
      database.source,
      `UPDATE outbox SET leased_until = now() + interval '1 hour' WHERE seq IN (SELECT min(seq) FROM outbox)`,
    );
    const outbox = relay();
    await add(outbox, 'free', 1);
    await eventually(() => expect(seen('free')).toEqual([1]));
    // 2 and 3 are free, but 1 is before them.
    expect(seen('leased')).toEqual([]);
    await execute(database.source, 'UPDATE outbox SET leased_until = now() WHERE leased_until IS NOT NULL');
    await eventually(() => expect(seen('leased')).toEqual([1, 2, 3]));
  });

  it('does not pass by a row that another relay is about to claim', async () => {
    const outbox = relay();
    for (const other of started) await other.onModuleDestroy();
    for (const number of [1, 2]) await add(outbox, 'claimed', number);
    await database.source.transaction(async (tx) => {
      await tx.query("SELECT pg_advisory_xact_lock(hashtext('outbox claim'))");
      await tx.query(
        "UPDATE outbox SET leased_until = now() + interval '1 second' WHERE seq = (SELECT min(seq) FROM outbox)",
      );
      relay();
      await sleep(500);
      expect(seen('claimed')).toEqual([]);
    });
    await eventually(() => expect(seen('claimed')).toEqual([1, 2]));
  });

  it('keeps the order of each aggregate with two relays and writers at work', async () => {
    const other = await testMessaging('spec-second');
    const outboxes = [relay(), relay(other)];
    const abouts = Array.from({ length: 20 }, (_, i) => `order ${i}`);
    const numbers = Array.from({ length: 60 }, (_, i) => i);
    await Promise.all(
      abouts.map(async (about) => {
        for (const number of numbers) await add(outboxes[number % 2] ?? relay(), about, number);
      }),
    );
    await eventually(async () => expect(await waiting()).toBe(0), { timeoutMs: 60_000 });
    await eventually(() => {
      for (const about of abouts) expect(seen(about)).toEqual(numbers);
    });
    const ids = collector.events.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    await Promise.all(outboxes.map((outbox) => outbox.onModuleDestroy()));
    await other.broker.close();
  });

  it('is not stopped by many more rows than one claim takes', async () => {
    const outbox = relay();
    await database.source.transaction(async (tx) => {
      for (let number = 0; number < 1_200; number++)
        await outbox.add(tx, probe.numbered, `many ${number % 7}`, { about: 'many', number });
    });
    await eventually(() => expect(seen('many')).toHaveLength(1_200), { timeoutMs: 60_000 });
    await eventually(async () => expect(await waiting()).toBe(0));
  });

  it('publishes soon after a commit that came late', async () => {
    const outbox = relay();
    await database.source.transaction(async (tx) => {
      await outbox.add(tx, probe.numbered, 'late commit', { about: 'late commit', number: 1 });
      await sleep(300);
    });
    await eventually(() => expect(seen('late commit')).toEqual([1]));
  });
});
