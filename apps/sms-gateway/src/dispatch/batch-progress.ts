import { execute, query } from '@peyk/database';
import type { EntityManager } from 'typeorm';
import { batchStateCode } from '../messages/batch.entity';
import type { BatchRangeRow } from '../messages/batch.entity';
import { layBatches } from '../messages/batches';
import { stateCode } from '../messages/message.entity';
import type { ReportedMessage } from '../receipts/reported-message';
import type { GatheredReports } from './gathered-reports';
import type { KnownBatch } from './known-batches';

export interface BatchProgressHooks {
  readonly answered: (sessionId: string, linkId: string, parts: number) => void;
  readonly through: (batchId: string) => void;
}

/** How far batches are, as workers report it: how many messages were begun, which came back, which batches are through. */
export class BatchProgress {
  /** Taken back in part in this flush: the rest may be answered already. */
  private readonly checkLater = new Set<KnownBatch>();

  constructor(private readonly hooks: BatchProgressHooks) {}

  /** `after` gets what is to be done when the transaction is committed. */
  async writeStarts(
    tx: EntityManager,
    { started }: Pick<GatheredReports, 'started'>,
    after: (() => void)[],
  ): Promise<void> {
    if (started.size > 0) {
      await execute(
        tx,
        `UPDATE batches b SET started_to = greatest(b.started_to, v.to) FROM unnest($1::uuid[], $2::int[]) AS v(id, "to")
         WHERE b.id = v.id AND b.state = $3`,
        [[...started.keys()].map((known) => known.id), [...started.values()], batchStateCode('assigned')],
      );
      after.push(() => {
        for (const [known, to] of started) known.startedTo = to;
      });
    }
  }

  /** Once the outcomes are written. `after`: as above. */
  async writeEnds(
    tx: EntityManager,
    { returned, rows }: Pick<GatheredReports, 'returned' | 'rows'>,
    after: (() => void)[],
  ): Promise<void> {
    for (const [known, { index, sessionId }] of returned)
      await this.takeBack(tx, known, index, sessionId, after);
    await this.endFinished(tx, rows, after);
  }

  /** The worker gives rows back from `index` on: they wait again as a batch of their own. */
  private async takeBack(
    tx: EntityManager,
    known: KnownBatch,
    index: number,
    sessionId: string,
    after: (() => void)[],
  ): Promise<void> {
    const [batch] = await query<BatchRangeRow>(
      tx,
      'SELECT id, count, first_seq, next_index FROM batches WHERE id = $1 AND state = $3 AND session_id = $2 FOR UPDATE',
      [known.id, sessionId, batchStateCode('assigned')],
    );
    if (!batch || index >= batch.count) return;
    const from = Math.max(index, batch.next_index);
    await layBatches(tx, known.sendId, known.linkId, [[batch.first_seq + from, batch.count - from]]);
    await execute(
      tx,
      'UPDATE batches SET count = $2, state = CASE WHEN $2 <= next_index THEN $3 ELSE state END WHERE id = $1',
      [known.id, from, batchStateCode('through')],
    );
    const given = batch.count - from;
    after.push(() => {
      if (known.open >= 0) known.open = Math.max(0, known.open - given);
      this.hooks.answered(sessionId, known.linkId, given * known.parts);
      if (from <= batch.next_index) this.hooks.through(known.id);
    });
    // The rest may be answered already.
    this.checkLater.add(known);
  }

  /** Batches of which every row has an outcome are through. */
  private async endFinished(
    tx: EntityManager,
    rows: Map<KnownBatch, (ReportedMessage | undefined)[]>,
    after: (() => void)[],
  ): Promise<void> {
    const candidates: KnownBatch[] = [...this.checkLater];
    this.checkLater.clear();
    for (const [known, list] of rows) {
      const outcomes = list.reduce((sum, row) => sum + (row?.outcome ? 1 : 0), 0);
      if (outcomes === 0) continue;
      const { sessionId } = known;
      if (sessionId) after.push(() => this.hooks.answered(sessionId, known.linkId, outcomes * known.parts));
      // Counting down is only a hint (a late answer counts twice): the query below decides.
      const open = known.open < 0 ? -1 : Math.max(0, known.open - outcomes);
      after.push(() => (known.open = open));
      if (open <= 0) candidates.push(known);
    }
    if (candidates.length === 0) return;
    const through = await query<{ id: string }>(
      tx,
      `UPDATE batches b SET state = $3 WHERE b.id = ANY($1) AND b.state = $4 AND NOT EXISTS (
         SELECT 1 FROM messages m WHERE m.send_id = b.send_id AND m.seq >= b.first_seq + b.next_index AND m.seq < b.first_seq + b.count AND m.state = $2)
       RETURNING b.id`,
      [
        candidates.map((known) => known.id),
        stateCode('queued'),
        batchStateCode('through'),
        batchStateCode('assigned'),
      ],
    );
    after.push(() => {
      for (const { id } of through) this.hooks.through(id);
    });
  }
}
