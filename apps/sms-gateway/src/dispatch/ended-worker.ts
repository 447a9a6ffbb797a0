import { execute, query } from '@peyk/database';
import type { Logger } from '@peyk/platform';
import type { EntityManager } from 'typeorm';
import { batchStateCode, endBatches } from '../messages/batch.entity';
import type { BatchRangeRow } from '../messages/batch.entity';
import { layBatches, runsOf } from '../messages/batches';
import { stateCode } from '../messages/message.entity';

interface AssignedBatchRow extends BatchRangeRow {
  readonly send_id: string;
  readonly link_id: string;
  readonly started_to: number;
}

/**
 * Of a worker that ended and whose reports are all recorded: what it began and did not answer is in doubt (guarantee 2),
 * what it did not begin waits again. @returns the sends whose messages moved
 */
export async function endBatchesOf(
  tx: EntityManager,
  sessionId: string,
  logger: Pick<Logger, 'warn'>,
): Promise<Set<string>> {
  const touched = new Set<string>();
  const batches = await query<AssignedBatchRow>(
    tx,
    `SELECT id, send_id, link_id, first_seq, count, next_index, started_to FROM batches
      WHERE session_id = $1 AND state = ${batchStateCode('assigned')} ORDER BY id FOR UPDATE`,
    [sessionId],
  );
  for (const batch of batches) {
    touched.add(batch.send_id);
    // Rows that were started and then given back unwritten wait in another batch.
    const started = Math.min(batch.count, Math.max(batch.next_index, batch.started_to));
    const inDoubt = await execute(
      tx,
      'UPDATE messages SET state = $4 WHERE send_id = $1 AND seq >= $2 AND seq < $3 AND state = $5',
      [
        batch.send_id,
        batch.first_seq + batch.next_index,
        batch.first_seq + started,
        stateCode('in_doubt'),
        stateCode('queued'),
      ],
    );
    if (inDoubt > 0) {
      await execute(tx, 'UPDATE sends SET queued = queued - $2, in_doubt = in_doubt + $2 WHERE id = $1', [
        batch.send_id,
        inDoubt,
      ]);
      logger.warn({ sendId: batch.send_id, batchId: batch.id, messages: inDoubt }, 'messages in doubt');
    }
    const waiting = await query<{ seq: number }>(
      tx,
      'SELECT seq FROM messages WHERE send_id = $1 AND seq >= $2 AND seq < $3 AND state = $4 ORDER BY seq',
      [batch.send_id, batch.first_seq + started, batch.first_seq + batch.count, stateCode('queued')],
    );
    await endBatches(tx, [batch.id]);
    await layBatches(tx, batch.send_id, batch.link_id, runsOf(waiting.map((row) => row.seq)));
  }
  return touched;
}
