import { maxBatchMessages } from '@peyk/contracts/sms';
import { execute, uuidv7 } from '@peyk/database';
import type { EntityManager } from 'typeorm';

/** Consecutive runs of at most `size` out of ascending numbers: `[first, count]`. */
export function runsOf(
  seqs: readonly number[],
  size: number = maxBatchMessages,
): [first: number, count: number][] {
  const runs: [number, number][] = [];
  for (const seq of seqs) {
    const last = runs.at(-1);
    if (last && last[0] + last[1] === seq && last[1] < size) last[1]++;
    else runs.push([seq, 1]);
  }
  return runs;
}

/** Puts messages of a send (all in state queued, in no other batch) in line for a worker. */
export async function layBatches(
  tx: EntityManager,
  sendId: string,
  linkId: string,
  runs: readonly (readonly [first: number, count: number])[],
): Promise<void> {
  if (runs.length === 0) return;
  await execute(
    tx,
    `INSERT INTO batches (id, send_id, link_id, first_seq, count)
     SELECT id, $1, $2, first_seq, count FROM unnest($3::uuid[], $4::int[], $5::int[]) AS v(id, first_seq, count)`,
    [sendId, linkId, runs.map(() => uuidv7()), runs.map(([first]) => first), runs.map(([, count]) => count)],
  );
}
