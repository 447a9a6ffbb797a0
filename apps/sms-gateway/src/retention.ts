import { messagingLives } from '@peyk/messaging';
import type { MonthPartition, TableLives } from '@peyk/database';
import { execute, query, Transactions, uuidv7LowerBound } from '@peyk/database';
import type { DataSource } from 'typeorm';
import type { SmsGatewayConfig } from './config';
import { unlinedKeepDays } from './inbox/inbox.service';
import { finalSendStates } from './sends/send.entity';

const dayMs = 86_400_000;
/** A receipt that nobody knows is looked at again for so long. */
const orphanKeepDays = 3;
const watchKeepDays = 7;
/** Longer than an operator reports: an id is then nobody's. */
const submissionKeepDays = 62;
/** A part that comes again within a day is known by it. */
const partKeepDays = 3;
const answerKeepDays = 30;
const activityKeepDays = 400;
const pageSends = 1_000;

const ended = finalSendStates.map((state) => `'${state}'`).join(', ');

/** How long what sms-gateway stores lives (docs/retention.md), reckoned from now: asked for at each turn. */
export function smsLives(
  config: Pick<SmsGatewayConfig, 'messagesKeepDays' | 'sendsKeepDays' | 'inboxKeepDays'>,
): TableLives {
  const { messagesKeepDays, sendsKeepDays, inboxKeepDays } = config;
  const daysAgo = (days: number): string => `now() - interval '${days} days'`;
  const before = (days: number): string => `'${uuidv7LowerBound(new Date(Date.now() - days * dayMs))}'`;
  const oldSends = `id < ${before(sendsKeepDays)} AND finished_at < ${daysAgo(sendsKeepDays)} AND state IN (${ended})
    AND sent = 0 AND in_doubt = 0 AND (settled OR state IN ('refused', 'missed')) AND messages_removed_at IS NOT NULL`;
  return {
    ...messagingLives,
    sends: {
      kind: 'own',
      rule: `the head of a send with its counts and costs: ${sendsKeepDays} days after its end, when nothing of it is open`,
      setting: 'SMS_SENDS_KEEP_DAYS',
      due: oldSends,
      prune: (dataSource) => forgetSends(dataSource, oldSends),
    },
    messages: {
      kind: 'months',
      rule: `by month of the send: ${messagesKeepDays} days after the month, when all its sends ended so long ago and none is in doubt; the heads stay`,
      setting: 'SMS_MESSAGES_KEEP_DAYS',
      days: messagesKeepDays,
      release: (dataSource, month) => releaseMonth(dataSource, month, messagesKeepDays),
    },
    submissions: {
      kind: 'months',
      rule: `operators' ids of what was handed over, by month: ${submissionKeepDays} days after the month; receipts come within days`,
      days: submissionKeepDays,
    },
    batches: {
      kind: 'bounded',
      rule: 'batches of sends that ended more than 3 days ago go with the duty "old batches"',
    },
    doubt_settlements: { kind: 'with', rule: 'with its send' },
    send_words: { kind: 'with', rule: 'the words that a send is found by: with its send' },
    inbox_words: { kind: 'with', rule: 'the words that a received message is found by: with it' },
    word_marks: { kind: 'bounded', rule: 'one row a list of words that is being made' },
    thread_sends: { kind: 'with', rule: 'with its send' },
    receipt_waits: {
      kind: 'bounded',
      rule: 'what waits for a second receipt: gone when it is decided, after minutes',
    },
    orphan_receipts: {
      kind: 'rows',
      rule: `receipts that no message was found for: ${orphanKeepDays} days`,
      due: `received_at < ${daysAgo(orphanKeepDays)}`,
    },
    inbound_parts: {
      kind: 'rows',
      rule: `parts of received messages that were joined: ${partKeepDays} days, to know one that comes again`,
      due: `inbox_id IS NOT NULL AND received_at < ${daysAgo(partKeepDays)}`,
    },
    inbox_messages: {
      kind: 'own',
      rule: `received messages: ${inboxKeepDays} days`,
      setting: 'SMS_INBOX_KEEP_DAYS',
      due: `id < ${before(inboxKeepDays)}`,
      prune: (dataSource) => forgetReceived(dataSource, before(inboxKeepDays)),
    },
    inbox_threads: { kind: 'with', rule: 'a conversation goes with its last received message' },
    unlined_messages: {
      kind: 'rows',
      rule: `received messages to numbers that no line has: ${unlinedKeepDays} days`,
      due: `received_at < ${daysAgo(unlinedKeepDays)}`,
    },
    secretary_answers: {
      kind: 'rows',
      rule: `when the secretary last answered a sender: ${answerKeepDays} days; it answers a sender once in hours`,
      due: `NOT due AND answered_at < ${daysAgo(answerKeepDays)}`,
    },
    activity: {
      kind: 'rows',
      rule: `figures by customer and hour: ${activityKeepDays} days; the longest chart shows 90`,
      due: `hour < ${daysAgo(activityKeepDays)}`,
    },
    link_throttles: {
      kind: 'rows',
      rule: `what operators throttled, by minute: ${watchKeepDays} days`,
      due: `minute < ${daysAgo(watchKeepDays)}`,
    },
    link_errors: {
      kind: 'rows',
      rule: `what operators refused, by minute: ${watchKeepDays} days`,
      due: `minute < ${daysAgo(watchKeepDays)}`,
    },
    link_shares: {
      kind: 'rows',
      rule: 'shares of a worker: until its session is closed',
      due: `session_id IN (SELECT id FROM worker_sessions WHERE state = 'closed')`,
    },
    worker_sessions: {
      kind: 'rows',
      rule: 'a day after they were closed',
      due: `state = 'closed' AND ended_at < ${daysAgo(1)} AND NOT EXISTS (SELECT FROM link_shares s WHERE s.session_id = worker_sessions.id)`,
    },
    link_binds: { kind: 'bounded', rule: 'one row a bind of a link' },
    links: { kind: 'kept', rule: 'sends and lines name them' },
    lines: { kind: 'kept', rule: 'sends and received messages name them' },
    line_classes: { kind: 'bounded', rule: 'two rows' },
    line_pool: { kind: 'bounded', rule: 'numbers that wait for a customer' },
    opt_outs: { kind: 'kept', rule: 'who does not want to be written to is never forgotten' },
    customers: { kind: 'kept', rule: 'one row a customer' },
    templates: { kind: 'bounded', rule: 'by the most that a customer may have' },
    template_groups: { kind: 'bounded', rule: 'by the most that a customer may have' },
  };
}

/** A month may go when nothing of its sends is open; until then they say that their messages are gone. */
async function releaseMonth(
  dataSource: DataSource,
  { from, to }: MonthPartition,
  keepDays: number,
): Promise<'free' | 'more' | 'held'> {
  const range = [uuidv7LowerBound(from), uuidv7LowerBound(to)];
  const [open] = await query<{ id: string }>(
    dataSource,
    `SELECT id FROM sends WHERE id >= $1 AND id < $2
       AND (state NOT IN (${ended}) OR coalesce(finished_at, created_at) > now() - $3 * interval '1 day'
         OR sent > 0 OR in_doubt > 0 OR untold OR NOT (settled OR state IN ('refused', 'missed')))
     LIMIT 1`,
    [...range, keepDays],
  );
  if (open) return 'held';
  const told = await execute(
    dataSource,
    `UPDATE sends SET messages_removed_at = now() WHERE id = ANY (ARRAY(
       SELECT id FROM sends WHERE id >= $1 AND id < $2 AND messages_removed_at IS NULL ORDER BY id LIMIT ${pageSends}))`,
    range,
  );
  return told === pageSends ? 'more' : 'free';
}

/** A page of sends with what hangs on them. */
async function forgetSends(dataSource: DataSource, due: string): Promise<boolean> {
  return new Transactions(dataSource).run(async (tx) => {
    const sends = await query<{ id: string }>(
      tx,
      `SELECT id FROM sends WHERE ${due} ORDER BY id LIMIT ${pageSends} FOR UPDATE SKIP LOCKED`,
    );
    const ids = sends.map(({ id }) => id);
    for (const table of ['doubt_settlements', 'thread_sends', 'batches', 'receipt_waits'])
      await execute(tx, `DELETE FROM ${table} WHERE send_id = ANY($1)`, [ids]);
    await execute(tx, 'DELETE FROM sends WHERE id = ANY($1)', [ids]);
    return ids.length === pageSends;
  });
}

/** A page of received messages; their conversations count them no more, and go when none is left. */
async function forgetReceived(dataSource: DataSource, before: string): Promise<boolean> {
  return new Transactions(dataSource).run(async (tx) => {
    const gone = await query<{ customer_id: string; line_id: string; from_number: string; count: number }>(
      tx,
      `WITH gone AS (DELETE FROM inbox_messages WHERE id = ANY (ARRAY(
           SELECT id FROM inbox_messages WHERE id < ${before} ORDER BY id LIMIT ${pageSends} FOR UPDATE SKIP LOCKED))
         RETURNING customer_id, line_id, from_number)
       SELECT customer_id, line_id, from_number, count(*)::int AS count FROM gone GROUP BY 1, 2, 3`,
    );
    await execute(
      tx,
      `UPDATE inbox_threads t SET messages = greatest(t.messages - g.count, 0), unread = least(t.unread, greatest(t.messages - g.count, 0))
         FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::int[]) AS g (customer_id, line_id, from_number, count)
        WHERE t.customer_id = g.customer_id AND t.line_id = g.line_id AND t.from_number = g.from_number`,
      [
        gone.map((row) => row.customer_id),
        gone.map((row) => row.line_id),
        gone.map((row) => row.from_number),
        gone.map((row) => row.count),
      ],
    );
    await execute(
      tx,
      `WITH gone AS (
         DELETE FROM inbox_threads t USING unnest($1::uuid[], $2::uuid[], $3::text[]) AS g (customer_id, line_id, from_number)
          WHERE t.customer_id = g.customer_id AND t.line_id = g.line_id AND t.from_number = g.from_number
            AND t.last_id < ${before} RETURNING t.id)
       DELETE FROM thread_sends s USING gone WHERE s.thread_id = gone.id`,
      [
        gone.map((row) => row.customer_id),
        gone.map((row) => row.line_id),
        gone.map((row) => row.from_number),
      ],
    );
    return gone.reduce((sum, { count }) => sum + count, 0) === pageSends;
  });
}
