import { Injectable } from '@nestjs/common';
import { receiptStates } from '@peyk/contracts/sms';
import { execute, query, uuidv7 } from '@peyk/database';
import { Scheduled, gauge } from '@peyk/platform';
import { DataSource } from 'typeorm';
import type { EntityManager } from 'typeorm';
import { canonicalId } from './operator-id';
import type { Receipt } from './reported-message';

/** Receipts that match nothing, of one link; more are not kept. */
const keptReceiptsMax = 100_000;
/** Of one link, looked at in one flush. */
const orphansAFlush = 5_000;

const unmatched = gauge('receipts_unmatched', 'Receipts kept that match no message', ['link']);
const countEveryMs = 60_000;

interface OrphanReceiptRow {
  readonly id: string;
  readonly operator_id: string;
  readonly other_id: string;
  readonly msisdn: number;
  readonly other_msisdn: number;
  readonly state: number;
  readonly reported_at: Date;
}

/** Receipts that name no message that is known: kept until the answer that names it is recorded. */
@Injectable()
export class OrphanReceipts {
  /** False while none is kept: spares a query a flush. */
  private mayBeKept = true;
  /** By link, when they were last counted. */
  private kept: ReadonlyMap<string, number> = new Map();

  constructor(private readonly dataSource: DataSource) {}

  /** Whether any are kept. False may be old only until this process keeps one itself, or is reset. */
  async areKept(tx: EntityManager): Promise<boolean> {
    if (!this.mayBeKept) return false;
    const [row] = await query<{ any: boolean }>(tx, 'SELECT EXISTS (SELECT 1 FROM orphan_receipts) AS any');
    return row?.any === true;
  }

  /** None is kept: nothing is looked for until this process keeps one. */
  noteNone(): void {
    this.mayBeKept = false;
  }

  /** Another program may have kept some since this one looked. */
  reset(): void {
    this.mayBeKept = true;
  }

  /** Until the answer that names their message is recorded. Of one link no more than can be looked at. */
  async keep(tx: EntityManager, unmatched: readonly Receipt[]): Promise<void> {
    const orphans = unmatched.filter(({ linkId }) => (this.kept.get(linkId) ?? 0) < keptReceiptsMax);
    if (orphans.length === 0) return;
    this.mayBeKept = true;
    await execute(
      tx,
      `INSERT INTO orphan_receipts (id, link_id, operator_id, other_id, msisdn, other_msisdn, state, reported_at)
       SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::bigint[], $6::bigint[], $7::smallint[], $8::timestamptz[])`,
      [
        orphans.map(() => uuidv7()),
        orphans.map((receipt) => receipt.linkId),
        orphans.map((receipt) => canonicalId(receipt.id)),
        orphans.map((receipt) => canonicalId(receipt.otherId)),
        orphans.map((receipt) => receipt.msisdn),
        orphans.map((receipt) => receipt.otherMsisdn),
        orphans.map((receipt) => receiptStates.indexOf(receipt.state)),
        orphans.map((receipt) => new Date(receipt.at)),
      ],
    );
  }

  /** By link: for the metric, and so that those of one link cannot grow without end. */
  @Scheduled({
    name: 'kept receipts',
    does: 'Counts the receipts that match no message, by link.',
    everyMs: countEveryMs,
    runsIn: 'one replica',
  })
  async countKept(): Promise<void> {
    const rows = await query<{ link_id: string; receipts: number }>(
      this.dataSource,
      'SELECT link_id, count(*)::int AS receipts FROM orphan_receipts GROUP BY link_id',
    );
    for (const linkId of this.kept.keys()) unmatched.set({ link: linkId }, 0);
    this.kept = new Map(rows.map(({ link_id, receipts }) => [link_id, receipts]));
    for (const [linkId, receipts] of this.kept) unmatched.set({ link: linkId }, receipts);
  }

  /** Those of a link that carry one of these ids, the oldest first. */
  async findByIds(
    tx: EntityManager,
    linkId: string,
    ids: ReadonlySet<string>,
  ): Promise<{ readonly id: string; readonly receipt: Receipt }[]> {
    const rows = await query<OrphanReceiptRow>(
      tx,
      `SELECT id, operator_id, other_id, msisdn, other_msisdn, state, reported_at FROM orphan_receipts
       WHERE link_id = $1 AND (operator_id = ANY($2) OR (other_id <> '' AND other_id = ANY($2)))
       ORDER BY reported_at LIMIT ${orphansAFlush}`,
      [linkId, [...ids]],
    );
    return rows.map((row) => ({
      id: row.id,
      receipt: {
        linkId,
        id: row.operator_id,
        otherId: row.other_id,
        state: receiptStates[row.state] ?? 'unknown',
        msisdn: row.msisdn,
        otherMsisdn: row.other_msisdn,
        at: row.reported_at.getTime(),
      },
    }));
  }

  async delete(tx: EntityManager, ids: readonly string[]): Promise<void> {
    await execute(tx, 'DELETE FROM orphan_receipts WHERE id = ANY($1)', [ids]);
  }
}
