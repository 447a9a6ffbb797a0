import type { PeykSystem, ProgramName } from './system';

/** What is kept of customers' work, by program. Queues of the outbox and the like come and go by themselves. */
const tables: Readonly<Partial<Record<ProgramName, readonly string[]>>> = {
  'campaign-targeting': ['lists', 'upload_chunks', 'recipient_blocks', 'row_errors'],
  'sms-gateway': ['sends', 'messages', 'batches', 'submissions', 'inbound_parts', 'inbox_messages'],
  billing: ['holds', 'transfers', 'entries'],
};

/** Rows of each of these tables, by `<program>.<table>`. */
export async function rowCounts(system: PeykSystem): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const [program, names] of Object.entries(tables) as [ProgramName, readonly string[]][]) {
    const columns = names.map((name) => `(SELECT count(*)::int FROM ${name}) AS ${name}`);
    const [row = {}] = await system.sql<Record<string, number>>(program, `SELECT ${columns.join(', ')}`);
    for (const name of names) counts[`${program}.${name}`] = row[name] ?? -1;
  }
  return counts;
}

interface SendSums {
  readonly id: string;
  readonly state: string;
  readonly settled: boolean;
  readonly recipients: number;
  readonly messages: number;
  readonly open: number;
  readonly quoted: number;
  readonly charged: number;
  readonly refunded: number;
  readonly said_charged: number;
  readonly said_refunded: number;
}

interface HoldSums {
  readonly id: string;
  readonly state: string;
  readonly amount: number;
  readonly captured: number;
  readonly released: number;
  readonly refunded: number;
}

/** As below, once the last charges are booked: what still differs after `patienceMs`. */
export async function differences(system: PeykSystem, patienceMs = 10_000): Promise<string[]> {
  const until = Date.now() + patienceMs;
  for (;;) {
    const found = await reconcile(system);
    if (found.length === 0 || Date.now() > until) return found;
    await new Promise((done) => setTimeout(done, 500));
  }
}

/**
 * Computes every ended send again from its messages and compares it with its hold in the ledger, and has billing audit the
 * ledger itself. Answers what differs: nothing, when every Rial is explained. Open sends are passed over.
 */
async function reconcile(system: PeykSystem): Promise<string[]> {
  const sends = await system.sql<SendSums>(
    'sms-gateway',
    `SELECT s.id, s.state, s.settled, s.recipients, s.quoted_rials::float8 AS quoted, s.charged_rials::float8 AS said_charged,
       s.refunded_rials::float8 AS said_refunded, m.*
     FROM sends s CROSS JOIN LATERAL (
       SELECT count(*)::int AS messages, count(*) FILTER (WHERE state IN (0, 1, 7))::int AS open,
         coalesce(sum(charged_rials), 0)::float8 AS charged, coalesce(sum(refunded_rials), 0)::float8 AS refunded
       FROM messages WHERE send_id = s.id) m
     WHERE s.state IN ('finished', 'cancelled')`,
  );
  const holds = await system.sql<HoldSums>(
    'billing',
    `SELECT id, state, amount_rials::float8 AS amount, captured_rials::float8 AS captured, released_rials::float8 AS released,
       refunded_rials::float8 AS refunded FROM holds`,
  );
  const byId = new Map(holds.map((hold) => [hold.id, hold]));
  const differences: string[] = [];
  for (const send of sends) {
    const hold = byId.get(send.id);
    // Cancelled before its time came: nothing was ever held.
    if (!hold && send.state === 'cancelled' && send.messages === 0 && send.said_charged === 0) continue;
    const wrong =
      !hold ||
      hold.state !== 'closed' ||
      !send.settled ||
      send.messages !== send.recipients ||
      send.open !== 0 ||
      send.charged !== send.said_charged ||
      send.refunded !== send.said_refunded ||
      hold.amount !== send.quoted ||
      hold.captured !== send.charged ||
      hold.refunded !== send.refunded ||
      hold.captured + hold.released !== hold.amount;
    if (wrong) differences.push(JSON.stringify({ send, hold }));
  }
  if (differences.length > 0) return differences;
  // It ends with an error, and names what differs, when anything does.
  const audit = JSON.parse(await system.command('billing', 'ledger-verify')) as { differences: unknown[] };
  return audit.differences.map((difference) => JSON.stringify(difference));
}
