import { execute, query } from '@peyk/database';
import { HandledMessages } from '@peyk/messaging';
import type { Received } from '@peyk/messaging';
import { eventually } from '@peyk/testing';
import { messagingDatabase } from './fixture';
import type { MessagingDatabase } from './fixture';

let database: MessagingDatabase;
let handled: HandledMessages;
let ids = 0;

const message = (override: Partial<Received> = {}): Received => ({
  id: `message ${ids++}`,
  name: 'probe.note.numbered',
  queue: 'probe.numbers',
  attempt: 1,
  ...override,
});
const effects = async (): Promise<number> =>
  (await query<{ n: number }>(database.source, 'SELECT count(*)::int AS n FROM effects'))[0]?.n ?? -1;

beforeAll(async () => {
  database = await messagingDatabase();
  await execute(database.source, 'CREATE TABLE effects (note text)');
  handled = new HandledMessages(database.source);
});
beforeEach(() => execute(database.source, 'TRUNCATE effects'));
afterAll(() => database.drop());

describe(HandledMessages.name, () => {
  const takeEffect = (received: Received): Promise<boolean> =>
    handled.handleOnce(received, async (tx) => {
      await tx.query("INSERT INTO effects VALUES ('x')");
    });

  it('lets a message take effect once, however often it is delivered', async () => {
    const received = message();
    expect(await takeEffect(received)).toBe(true);
    expect(await takeEffect(received)).toBe(false);
    expect(await takeEffect({ ...received, attempt: 2 })).toBe(false);
    expect(await effects()).toBe(1);
  });

  it('lets deliveries at the same moment take effect once', async () => {
    const received = message();
    const ran = await Promise.all(Array.from({ length: 8 }, () => takeEffect(received)));
    expect(ran.filter(Boolean)).toHaveLength(1);
    expect(await effects()).toBe(1);
  });

  it('forgets a message whose effect failed, so that its repetition counts', async () => {
    const received = message();
    const failed = handled.handleOnce(received, async (tx) => {
      await tx.query("INSERT INTO effects VALUES ('half')");
      throw new Error('no');
    });
    await expect(failed).rejects.toThrow('no');
    expect(await effects()).toBe(0);
    expect(await takeEffect(received)).toBe(true);
  });

  it('hands the turn to the second delivery when the first, at work at the same time, fails', async () => {
    const received = message();
    let begins: () => void = () => undefined;
    const begun = new Promise<void>((resolve) => (begins = resolve));
    let fails: () => void = () => undefined;
    const first = handled.handleOnce(received, async () => {
      begins();
      await new Promise<void>((resolve) => (fails = resolve));
      throw new Error('no');
    });
    const refusal = expect(first).rejects.toThrow('no');
    await begun;
    const second = takeEffect(received);
    await eventually(async () => {
      const [row] = await database.source.query<{ waiting: number }[]>(
        `SELECT count(*)::int AS waiting FROM pg_stat_activity
         WHERE datname = current_database() AND wait_event_type = 'Lock'`,
      );
      expect(row?.waiting).toBe(1);
    });
    fails();
    expect(await second).toBe(true);
    await refusal;
  });

  it('does not take an effect for done whose failed statement was swallowed', async () => {
    const received = message();
    const swallowed = handled.handleOnce(received, async (tx) => {
      await tx.query('SELECT 1 / 0').catch(() => undefined);
    });
    await expect(swallowed).rejects.toThrow();
    expect(await takeEffect(received)).toBe(true);
  });

  it('knows a message by its queue too: each purpose has its own effect', async () => {
    const received = message();
    expect(await takeEffect(received)).toBe(true);
    expect(await takeEffect({ ...received, queue: 'probe.others' })).toBe(true);
  });

  it('forgets after 14 days, not before, also many', async () => {
    await execute(
      database.source,
      `INSERT INTO inbox SELECT 'old', n::text, now() - interval '15 days' FROM generate_series(1, 12000) n`,
    );
    await execute(database.source, `INSERT INTO inbox VALUES ('young', '1', now() - interval '13 days')`);
    await handled.prune();
    expect(await query(database.source, `SELECT queue FROM inbox WHERE queue IN ('old', 'young')`)).toEqual([
      { queue: 'young' },
    ]);
  });
});
