import type { DispatchBatchDto, OutcomeBatchDto } from '@peyk/contracts/sms';
import { query } from '@peyk/database';
import type { DataSource } from 'typeorm';

/** What this process knows of a batch that is on its way. */
export interface KnownBatch {
  readonly id: string;
  readonly sendId: string;
  readonly linkId: string;
  readonly firstSeq: number;
  readonly parts: number;
  startedTo: number;
  /** Rows without an outcome; -1: not known, must be counted. */
  open: number;
  sessionId: string | null;
}

interface KnownBatchRow {
  readonly id: string;
  readonly send_id: string;
  readonly link_id: string;
  readonly first_seq: number;
  readonly parts: number;
  readonly started_to: number;
  readonly session_id: string | null;
}

const knownMax = 50_000;

/** Batches that workers report on: what this process gave out, or read from the database. */
export class KnownBatches {
  private readonly batches = new Map<string, KnownBatch>();

  constructor(private readonly dataSource: DataSource) {}

  find(batchId: string): KnownBatch | undefined {
    return this.batches.get(batchId);
  }

  /** The releaser gave this batch out. */
  noteAssigned(batch: DispatchBatchDto, sessionId: string): void {
    if (this.batches.size > knownMax) this.batches.clear();
    this.batches.set(batch.batchId, {
      id: batch.batchId,
      sendId: batch.sendId,
      linkId: batch.linkId,
      firstSeq: (batch.seqs[0] ?? 1) - batch.fromIndex,
      parts: batch.parts,
      startedTo: batch.fromIndex,
      open: batch.seqs.length,
      sessionId,
    });
  }

  /** Reads the batches that these reports are about and that are not known yet. */
  async load(reports: readonly OutcomeBatchDto[]): Promise<void> {
    const missing = new Set(
      reports.flatMap((report) => report.batchIds.filter((id) => !this.batches.has(id))),
    );
    if (missing.size === 0) return;
    const rows = await query<KnownBatchRow>(
      this.dataSource,
      `SELECT b.id, b.send_id, b.link_id, b.first_seq, s.parts, b.started_to, b.session_id
       FROM batches b JOIN sends s ON s.id = b.send_id WHERE b.id = ANY($1)`,
      [[...missing]],
    );
    for (const row of rows) {
      this.batches.set(row.id, {
        id: row.id,
        sendId: row.send_id,
        linkId: row.link_id,
        firstSeq: row.first_seq,
        parts: row.parts,
        startedTo: row.started_to,
        open: -1,
        sessionId: row.session_id,
      });
    }
  }

  forgetThoseOf(sessionId: string): void {
    for (const batch of [...this.batches.values()])
      if (batch.sessionId === sessionId) this.batches.delete(batch.id);
  }
}
