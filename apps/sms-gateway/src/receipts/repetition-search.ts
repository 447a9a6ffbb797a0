import { query } from '@peyk/database';
import type { DataSource } from 'typeorm';
import { canonicalId, idForms } from './operator-id';

/** A receipt that nobody knows, and the one message in doubt for its number. */
export interface OrphanOfDoubt {
  readonly id: string;
  readonly link_id: string;
  readonly operator_id: string;
  readonly msisdn: number;
  readonly state: number;
  readonly reported_at: Date;
  readonly send_id: string;
  readonly seq: number;
}

interface Range {
  readonly id: string;
  readonly link_id: string;
  readonly send_id: string;
  readonly first_seq: number;
  readonly count: number;
}

const firstUuid = '00000000-0000-0000-0000-000000000000';
/** Of up to 100 messages each: what one step looks at. */
const batchesAStep = 300;

/**
 * Operators report twice. The id of a message that was reported together with its answer stands in the message alone;
 * its second report must not settle another message's doubt. No index has these ids (it would be one more row for each
 * message): they are looked for among the messages of the last days, a bounded stretch a step, for many receipts at once,
 * and only where a doubt would be settled. The batches lead there: they are kept for as long.
 */
export class RepetitionSearch {
  private readonly searched = new Map<string, OrphanOfDoubt>();
  private from = firstUuid;

  constructor(private readonly dataSource: DataSource) {}

  /** Whether the search that goes on began with this receipt. */
  covers(orphanId: string): boolean {
    return this.searched.has(orphanId);
  }

  /** The next search begins again, with the receipts of then. */
  forget(): void {
    this.searched.clear();
    this.from = firstUuid;
  }

  /** One stretch. @returns receipts that were found to be repetitions, and whether everything was looked at */
  async step(pairs: readonly OrphanOfDoubt[]): Promise<{ through: boolean; repeated: string[] }> {
    if (this.searched.size === 0) for (const pair of pairs) this.searched.set(pair.id, pair);
    const batches = await query<Range>(
      this.dataSource,
      `SELECT id, link_id, send_id, first_seq, count FROM batches WHERE id > $1 ORDER BY id LIMIT ${batchesAStep}`,
      [this.from],
    );
    this.from = batches.at(-1)?.id ?? this.from;
    const repeated = await this.repeatedAmong(batches);
    for (const id of repeated) this.searched.delete(id);
    return { through: batches.length < batchesAStep, repeated };
  }

  private async repeatedAmong(batches: readonly Range[]): Promise<string[]> {
    const orphans = [...this.searched.values()];
    const links = new Set(orphans.map((orphan) => orphan.link_id));
    const ranges = batches.filter((batch) => links.has(batch.link_id));
    if (ranges.length === 0) return [];
    const found = await query<{ link_id: string; msisdn: number; operator_ids: string }>(
      this.dataSource,
      `SELECT r.link_id, m.msisdn, m.operator_ids
       FROM unnest($1::uuid[], $2::uuid[], $3::int[], $4::int[]) AS r(link_id, send_id, first_seq, count)
       JOIN messages m ON m.send_id = r.send_id AND m.seq >= r.first_seq AND m.seq < r.first_seq + r.count
       WHERE m.msisdn = ANY($5) AND m.operator_ids IS NOT NULL`,
      [
        ranges.map((range) => range.link_id),
        ranges.map((range) => range.send_id),
        ranges.map((range) => range.first_seq),
        ranges.map((range) => range.count),
        orphans.map((orphan) => orphan.msisdn),
      ],
    );
    const known = new Set(
      found.flatMap(({ link_id, msisdn, operator_ids }) =>
        operator_ids.split(' ').map((id) => `${link_id} ${msisdn} ${canonicalId(id)}`),
      ),
    );
    return orphans
      .filter(({ link_id, msisdn, operator_id }) =>
        idForms(operator_id).some((form) => known.has(`${link_id} ${msisdn} ${form}`)),
      )
      .map(({ id }) => id);
  }
}
