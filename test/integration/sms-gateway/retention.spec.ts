import { randomUUID } from 'node:crypto';
import { DomainError } from '@peyk/contracts';
import {
  ensureMonthlyPartitions,
  isPruned,
  monthPartitions,
  pruneTable,
  reportTables,
  runRetention,
  uuidv7LowerBound,
} from '@peyk/database';
import type { TableLife } from '@peyk/database';
import { InboxThread, UnlinedMessage } from '../../../apps/sms-gateway/src/inbox/inbox.entity';
import { smsLives } from '../../../apps/sms-gateway/src/retention';
import { withMessages } from '../../../apps/sms-gateway/src/sends/send.entity';
import { Core, keepDays } from './fixture';

const dayMs = 86_400_000;
const ago = (days: number): Date => new Date(Date.now() - days * dayMs);
/** An id of that moment. */
const idOf = (at: Date): string => uuidv7LowerBound(at).slice(0, 24) + randomUUID().slice(24);

describe('what sms-gateway keeps, and for how long', () => {
  let core: Core;
  let customerId: string;
  let lineId: string;

  beforeAll(async () => {
    core = await Core.start();
    // The tables as they are after five years.
    await core.transactions.run(async (tx) => {
      await ensureMonthlyPartitions(tx, 'messages', { from: ago(2_000), months: 70, keyKind: 'uuidv7' });
      await ensureMonthlyPartitions(tx, 'submissions', {
        from: ago(200),
        months: 6,
        keyKind: 'timestamptz',
      });
    });
    customerId = core.fakes.customer();
    lineId = await core.line(customerId, await core.link());
  });
  afterAll(() => core.stop());

  /** A send of three that ended on that day, unless `over` says that something of it is open. */
  async function sendOf(days: number, over = ''): Promise<string> {
    const made = await core.send(customerId, lineId, 3);
    const id = idOf(ago(days));
    await core.sql('DELETE FROM send_words WHERE id = $1', [made]);
    await core.sql(
      `UPDATE sends SET id = $2, state = 'finished', queued = 0, delivered = 3, settled = true, created_at = $3,
         finished_at = $3, told_charged_rials = charged_rials WHERE id = $1`,
      [made, id, ago(days)],
    );
    if (over) await core.sql(`UPDATE sends SET ${over} WHERE id = $1`, [id]);
    await core.sql('UPDATE messages SET send_id = $2 WHERE send_id = $1', [made, id]);
    await core.sql('UPDATE batches SET send_id = $2, state = 2 WHERE send_id = $1', [made, id]);
    return id;
  }
  const lifeOf = (table: string): TableLife => {
    const life = smsLives(keepDays)[table];
    if (!life) throw new Error(`no life of ${table}`);
    return life;
  };
  async function prune(table: string): Promise<void> {
    for (let steps = 0; steps < 1_000; steps += 1) {
      const life = lifeOf(table);
      if (!isPruned(life)) throw new Error(`${table} is not pruned`);
      if (!(await pruneTable(core.source, table, life))) return;
    }
    throw new Error(`${table} is never done`);
  }
  const messagesOf = async (sendId: string): Promise<number> =>
    (await core.sql('SELECT seq FROM messages WHERE send_id = $1', [sendId])).length;
  const report = async (table: string) =>
    (await reportTables(core.source, smsLives(keepDays))).find((each) => each.table === table);

  it('drops months of messages whose sends all ended long ago; heads, counts and younger months stay', async () => {
    const [old, young] = [await sendOf(500), await sendOf(300)];
    await prune('messages');
    expect([await messagesOf(old), await messagesOf(young)]).toEqual([0, 3]);
    expect((await core.read(old)).delivered).toBe(3);
    const left = await monthPartitions(core.source, 'messages');
    expect(left.every(({ to }) => to.getTime() > ago(keepDays.messagesKeepDays).getTime())).toBe(true);
    // A report that is asked for says so; the others are as before.
    await expect(core.sendReads.own(customerId, old).then(withMessages)).rejects.toMatchObject(
      new DomainError('send.messagesRemoved'),
    );
    expect(withMessages(await core.sendReads.own(customerId, young)).id).toBe(young);
    // Nothing to compare it with: it is no difference.
    expect(JSON.stringify(await core.messages.reconcile({}))).not.toContain(old);
  });

  it.each([
    ['a message in doubt', `in_doubt = 1, delivered = 2`],
    ['a message that waits for its receipt', `sent = 1, delivered = 2`],
    ['money that is not settled', `settled = false`],
    ['a charge that billing was not told of', `charged_rials = charged_rials + 1`],
    ['an end of late', `finished_at = now()`],
  ])('keeps a month while a send of it has %s', async (_what, over) => {
    await core.transactions.run((tx) =>
      ensureMonthlyPartitions(tx, 'messages', { from: ago(700), months: 2, keyKind: 'uuidv7' }).then(
        () => undefined,
      ),
    );
    const held = await sendOf(690, over);
    await prune('messages');
    expect(await messagesOf(held)).toBe(3);
    await core.sql(
      `UPDATE sends SET in_doubt = 0, sent = 0, delivered = 3, settled = true, told_charged_rials = charged_rials, finished_at = created_at WHERE id = $1`,
      [held],
    );
    await prune('messages');
    expect(await messagesOf(held)).toBe(0);
  });

  it('drops later months while a send of an earlier one holds that', async () => {
    await core.transactions.run(async (tx) => {
      await ensureMonthlyPartitions(tx, 'messages', { from: ago(900), months: 4, keyKind: 'uuidv7' });
    });
    const [held, later] = [await sendOf(890, 'in_doubt = 1, delivered = 2'), await sendOf(820)];
    await prune('messages');
    expect([await messagesOf(held), await messagesOf(later)]).toEqual([3, 0]);
    await core.sql('UPDATE sends SET in_doubt = 0, delivered = 3 WHERE id = $1', [held]);
    await prune('messages');
    expect(await messagesOf(held)).toBe(0);
  });

  it('forgets heads of sends after five years, with what hangs on them, when their messages are gone', async () => {
    await core.transactions.run((tx) =>
      ensureMonthlyPartitions(tx, 'messages', { from: ago(1_950), months: 3, keyKind: 'uuidv7' }).then(
        () => undefined,
      ),
    );
    const old = await sendOf(1_900);
    const younger = await sendOf(
      300,
      "finished_at = now() - interval '1000 days', messages_removed_at = now()",
    );
    await core.sql('INSERT INTO thread_sends (thread_id, send_id) VALUES ($1, $2)', [randomUUID(), old]);
    await prune('sends');
    // Its messages are still there.
    expect((await core.sql('SELECT FROM sends WHERE id = $1', [old])).length).toBe(1);
    await prune('messages');
    const said = (await report('sends'))?.due;
    await prune('sends');
    expect(said).toBeGreaterThanOrEqual(1);
    expect((await report('sends'))?.due).toBe(0);
    for (const table of ['sends WHERE id', 'thread_sends WHERE send_id', 'batches WHERE send_id'])
      expect(await core.sql(`SELECT FROM ${table} = $1`, [old])).toEqual([]);
    expect((await core.sql('SELECT FROM sends WHERE id = $1', [younger])).length).toBe(1);
  });

  it('forgets received messages after two years; a conversation counts what is left, and goes with its last', async () => {
    const message = async (from: string, days: number): Promise<string> => {
      const id = idOf(ago(days));
      await core.sql(
        `INSERT INTO inbox_messages (id, customer_id, line_id, from_number, to_number, body, received_at) VALUES ($1, $2, $3, $4, '982000', 'x', $5)`,
        [id, customerId, lineId, from, ago(days)],
      );
      return id;
    };
    const thread = (from: string, lastId: string, count: number): Promise<unknown> =>
      core.source.getRepository(InboxThread).insert({
        ...{ id: randomUUID(), customerId, lineId, fromNumber: from, toNumber: '982000' },
        ...{ messages: count, unread: count, lastId, lastText: 'x', lastAt: new Date() },
      });
    await message('989120000001', 800);
    const kept = await message('989120000001', 100);
    const gone = await message('989120000002', 900);
    await thread('989120000001', kept, 2);
    await thread('989120000002', gone, 1);
    await prune('inbox_messages');
    const threads = await core.sql(
      'SELECT from_number, messages, unread FROM inbox_threads WHERE customer_id = $1',
      [customerId],
    );
    expect(threads).toEqual([{ from_number: '989120000001', messages: 1, unread: 1 }]);
  });

  it('finds what is old by an index, not by reading the rest', async () => {
    await core.sql(
      `INSERT INTO inbound_parts (link_id, key, from_number, to_number, total, part, body, inbox_id, received_at)
       SELECT gen_random_uuid(), n::text, '98912', '982000', 1, 1, 'x', gen_random_uuid(), now() - n * interval '1 second'
         FROM generate_series(1, 20000) n`,
    );
    await core.sql('ANALYZE inbound_parts');
    const life = lifeOf('inbound_parts');
    const plan = await core.sql<{ 'QUERY PLAN': string }>(
      `EXPLAIN SELECT ctid FROM inbound_parts WHERE ${'due' in life ? life.due : ''} LIMIT 5000`,
    );
    expect(plan.map((row) => row['QUERY PLAN']).join('\n')).toContain('inbound_parts_joined');
  });

  it('says what would go without taking it, takes as much, and one table that fails harms no other', async () => {
    const old = [ago(10), ago(20)];
    for (const at of old)
      await core.source.getRepository(UnlinedMessage).insert({
        ...{ id: randomUUID(), linkId: randomUUID(), fromNumber: '1', toNumber: '2', body: 'x' },
        receivedAt: new Date(at.getTime() - 200 * dayMs),
      });
    const said: string[] = [];
    const lives = () => ({
      unlined_messages: lifeOf('unlined_messages'),
      orphan_receipts: { kind: 'rows', rule: 'broken', due: 'no_such_column' } as const,
    });
    const run = (...args: string[]): Promise<number> =>
      runRetention(core.source, { program: 'sms', lives, args, say: (line) => said.push(line) });
    await expect(run('--what')).rejects.toThrow('--what');
    const only = () => ({ unlined_messages: lifeOf('unlined_messages') });
    expect(
      await runRetention(core.source, {
        program: 'sms',
        lives: only,
        args: ['--dry-run'],
        say: (line) => said.push(line),
      }),
    ).toBe(0);
    expect(said.join('\n')).toMatch(/unlined_messages\t2\t/);
    expect((await core.sql('SELECT FROM unlined_messages')).length).toBe(2);
    await run().catch(() => undefined);
    expect(said.join('\n')).toContain('sms.orphan_receipts: ');
    expect((await core.sql('SELECT FROM unlined_messages')).length).toBe(0);
  });
});
