import { query } from '@peyk/database';
import type { DataSource, EntityManager } from 'typeorm';

export interface AuditVerification {
  readonly entries: number;
  /** The end of the chain: kept outside the database, it shows later that nothing up to it was cut off or rewritten. */
  readonly head: ChainHead | null;
  /** What does not fit, at most 100; empty in a sound log. */
  readonly differences: readonly AuditDifference[];
}
/** A position with its link in hex. */
export interface ChainHead {
  readonly position: number;
  readonly link: string;
}
export interface AuditDifference {
  /**
   * `changed`: the entry, or the link before it, is not what it was. `removed`: an entry is gone. `cut`: links are gone
   * between two others. `unlinked`: an entry that was put in past the chain. `rewritten`: another chain than the one of
   * the given head.
   */
  readonly kind: 'changed' | 'removed' | 'cut' | 'unlinked' | 'rewritten';
  readonly position: number | null;
  readonly seq: number | null;
}

const pageRows = 20_000;
const reportedMax = 100;

/**
 * The link of entry `e` after that of `before`, reckoned here: a function in the database could have been exchanged with
 * what it vouches for.
 */
const link = `sha256(coalesce(before.link, '') || convert_to(jsonb_build_array(
  e.seq, (extract(epoch FROM e.at) * 1000000)::bigint, e.action, e.actor_id, e.actor_service, e.account_id, e.reason,
  e.before, e.after, e.address, e.device, e.request_id)::text, 'UTF8'))`;

/** Walks the whole chain page by page, in one snapshot; it reads only, and may run beside the service. */
export async function verifyAudit(dataSource: DataSource, known?: ChainHead): Promise<AuditVerification> {
  return dataSource.transaction('REPEATABLE READ', async (tx) => {
    await tx.query('SET TRANSACTION READ ONLY');
    await tx.query('SET LOCAL statement_timeout = 0');
    const [head] = await query<ChainHead>(
      tx,
      `SELECT position, encode(link, 'hex') AS link FROM audit_links ORDER BY position DESC LIMIT 1`,
    );
    const [counted] = await query<{ entries: number }>(tx, 'SELECT count(*) AS entries FROM audit_entries');
    const differences = [...(await strayEntries(tx)), ...(await otherThan(tx, known))];
    for (let from = 0; head && from < head.position && differences.length < reportedMax; from += pageRows)
      differences.push(...(await brokenLinks(tx, from)));
    return {
      entries: counted?.entries ?? 0,
      head: head ?? null,
      differences: differences.slice(0, reportedMax),
    };
  });
}

function brokenLinks(tx: EntityManager, from: number): Promise<AuditDifference[]> {
  return query<AuditDifference>(
    tx,
    `SELECT l.position, l.entry_seq AS seq, CASE
         WHEN l.position > 1 AND before.position IS NULL THEN 'cut' WHEN e.seq IS NULL THEN 'removed' ELSE 'changed'
       END AS kind
     FROM audit_links l
     LEFT JOIN audit_links before ON before.position = l.position - 1
     LEFT JOIN audit_entries e ON e.seq = l.entry_seq
     WHERE l.position > $1 AND l.position <= $2
       AND (e.seq IS NULL OR l.position > 1 AND before.position IS NULL OR l.link <> ${link})
     ORDER BY l.position LIMIT ${reportedMax}`,
    [from, from + pageRows],
  );
}

function strayEntries(tx: EntityManager): Promise<AuditDifference[]> {
  return query<AuditDifference>(
    tx,
    `SELECT 'unlinked' AS kind, NULL::bigint AS position, e.seq FROM audit_entries e
     WHERE NOT EXISTS (SELECT FROM audit_links l WHERE l.entry_seq = e.seq) ORDER BY e.seq LIMIT ${reportedMax}`,
  );
}

async function otherThan(tx: EntityManager, known: ChainHead | undefined): Promise<AuditDifference[]> {
  if (!known) return [];
  const same = await query(tx, `SELECT 1 FROM audit_links WHERE position = $1 AND link = decode($2, 'hex')`, [
    known.position,
    known.link,
  ]);
  return same.length > 0 ? [] : [{ kind: 'rewritten', position: known.position, seq: null }];
}
