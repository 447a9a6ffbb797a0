import { query } from '@peyk/database';
import type { DataSource, EntityManager } from 'typeorm';
import { holdTransferKinds, type TransferKind } from './transfer.entity';

export interface LedgerAudit {
  readonly accounts: number;
  readonly transfers: number;
  readonly entries: number;
  readonly holds: number;
  /** What each kind of transfer moved in all, Rial. */
  readonly kinds: readonly {
    readonly kind: string;
    readonly transfers: number;
    readonly amountRials: number;
  }[];
  /** What does not add up, at most 100 of each kind; empty in a sound ledger. */
  readonly differences: readonly LedgerDifference[];
}
export interface LedgerDifference {
  readonly kind: string;
  /** Account, transfer or hold. */
  readonly id: string;
  readonly detail: Readonly<Record<string, unknown>>;
}

const reportedMax = 100;

const listOf = (words: readonly string[]): string => words.map((word) => `'${word}'`).join(', ');

/** From which account to which a kind may move money. */
const paths: Readonly<Record<Exclude<TransferKind, 'hold' | 'release'>, readonly string[]>> = {
  capture: ['wallet>revenue'],
  refund: ['revenue>wallet'],
  credit: ['funding>wallet'],
  topup: ['funding>wallet'],
  gift: ['funding>wallet'],
  trial: ['funding>wallet'],
  transfer: ['wallet>wallet'],
  purchase: ['wallet>revenue'],
  reward: ['funding>wallet', 'wallet>wallet'],
  correction: ['funding>wallet', 'wallet>funding'],
  margin: ['revenue>wallet'],
};

/**
 * Each finds rows (id, detail) that should not be. Nothing is believed but the entries: balances, chains, holds and the
 * sums of transfers are computed again.
 */
const checks: Readonly<Record<string, string>> = {
  // What every transfer says must be what its entries do; debits equal credits.
  transfer: `
    SELECT t.id::text, jsonb_build_object('kind', t.kind, 'amountRials', t.amount_rials, 'entries', e.n, 'sumRials', e.sum,
        'gainRials', e.gain, 'heldRials', e.held) AS detail
      FROM transfers t LEFT JOIN (
        SELECT transfer_id, count(*) AS n, sum(posted_change_rials) AS sum, sum(held_change_rials) AS held,
            coalesce(sum(posted_change_rials) FILTER (WHERE posted_change_rials > 0), 0) AS gain,
            count(DISTINCT at) AS moments, min(at) AS at
          FROM entries GROUP BY transfer_id) e ON e.transfer_id = t.id
     WHERE e.n IS NULL OR e.sum <> 0 OR e.moments <> 1 OR e.at <> t.at
        OR (t.kind IN ('hold', 'release')) <> (e.n = 1)
        OR e.gain <> CASE WHEN t.kind IN ('hold', 'release') THEN 0 ELSE t.amount_rials END
        OR e.held <> CASE t.kind WHEN 'hold' THEN t.amount_rials WHEN 'release' THEN -t.amount_rials
             WHEN 'capture' THEN -t.amount_rials ELSE 0 END
        OR (t.hold_id IS NULL) = (t.kind IN (${listOf(holdTransferKinds)}))`,
  // Money goes only where its kind may bring it; captures and refunds stay with one customer, purchases too.
  path: `
    SELECT p.id::text, jsonb_build_object('kind', p.kind, 'from', p.payer, 'to', p.payee) AS detail FROM (
      SELECT t.id, t.kind,
          string_agg(a.name, ',') FILTER (WHERE e.posted_change_rials < 0) AS payer,
          string_agg(a.name, ',') FILTER (WHERE e.posted_change_rials > 0) AS payee,
          count(DISTINCT a.customer_id) AS customers
        FROM transfers t JOIN entries e ON e.transfer_id = t.id JOIN accounts a ON a.id = e.account_id
       WHERE t.kind NOT IN ('hold', 'release') GROUP BY t.id) p
     WHERE split_part(p.payer, ':', 1) || '>' || split_part(p.payee, ':', 1) <> ALL (CASE p.kind
         ${Object.entries(paths)
           .map(([kind, allowed]) => `WHEN '${kind}' THEN ARRAY[${listOf(allowed)}]`)
           .join('\n         ')}
         END)
        OR p.payer IS NULL OR p.payee IS NULL
        OR p.kind IN ('capture', 'refund', 'purchase') AND p.customers <> 1`,
  // Revenue is below zero at most by what resellers got of it.
  revenue: `
    SELECT a.name AS id, jsonb_build_object('postedRials', a.posted_rials, 'marginRials', coalesce(m.margin, 0)) AS detail
      FROM accounts a LEFT JOIN (
        SELECT e.account_id, sum(t.amount_rials) AS margin FROM transfers t JOIN entries e ON e.transfer_id = t.id
         WHERE t.kind = 'margin' AND e.posted_change_rials < 0 GROUP BY e.account_id) m ON m.account_id = a.id
     WHERE a.name LIKE 'revenue:%' AND a.posted_rials + coalesce(m.margin, 0) < 0`,
  // Each entry follows from the one before it, in numbers, balances and hash.
  entry: `
    SELECT account_id || '/' || entry_no AS id, jsonb_build_object('transferId', transfer_id) AS detail FROM (
      SELECT e.*, t.body_hash,
          lag(entry_no, 1, 0::bigint) OVER w AS no_before,
          lag(posted_after_rials, 1, 0::bigint) OVER w AS posted_before,
          lag(held_after_rials, 1, 0::bigint) OVER w AS held_before,
          lag(chain, 1, ''::bytea) OVER w AS chain_before
        FROM entries e JOIN transfers t ON t.id = e.transfer_id
      WINDOW w AS (PARTITION BY account_id ORDER BY entry_no, e.at)) e
     WHERE entry_no <> no_before + 1
        OR posted_after_rials <> posted_before + posted_change_rials
        OR held_after_rials <> held_before + held_change_rials
        OR chain <> ledger_link(chain_before, body_hash, transfer_id, account_id, entry_no, at,
             posted_change_rials, held_change_rials, posted_after_rials, held_after_rials)`,
  account: `
    SELECT a.name AS id, jsonb_build_object('postedRials', a.posted_rials, 'entriesPostedRials', coalesce(e.posted, 0),
        'heldRials', a.held_rials, 'entriesHeldRials', coalesce(e.held, 0), 'openHoldsRials', coalesce(h.open, 0)) AS detail
      FROM accounts a
      LEFT JOIN (SELECT account_id, sum(posted_change_rials) AS posted, sum(held_change_rials) AS held, count(*) AS n
                   FROM entries GROUP BY account_id) e ON e.account_id = a.id
      LEFT JOIN (SELECT customer_id, sum(amount_rials - captured_rials) AS open FROM holds WHERE state = 'open'
                  GROUP BY customer_id) h ON a.name = 'wallet:' || h.customer_id
     WHERE a.posted_rials <> coalesce(e.posted, 0) OR a.held_rials <> coalesce(e.held, 0)
        OR a.held_rials <> coalesce(h.open, 0) OR a.entry_count <> coalesce(e.n, 0)
        OR a.chain <> coalesce((SELECT chain FROM entries WHERE account_id = a.id ORDER BY entry_no DESC LIMIT 1), '')
        OR a.held_rials < 0 OR a.guarded AND a.posted_rials - a.held_rials < 0`,
  // A hold is explained by its transfers, and at its end nothing of it is left.
  hold: `
    SELECT h.id::text, jsonb_build_object('state', h.state, 'amountRials', h.amount_rials,
        'capturedRials', h.captured_rials, 'releasedRials', h.released_rials, 'refundedRials', h.refunded_rials) AS detail
      FROM holds h LEFT JOIN (
        SELECT hold_id, sum(amount_rials) FILTER (WHERE kind = 'hold') AS held,
            sum(amount_rials) FILTER (WHERE kind = 'capture') AS captured,
            sum(amount_rials) FILTER (WHERE kind = 'release') AS released,
            sum(amount_rials) FILTER (WHERE kind = 'refund') AS refunded
          FROM transfers WHERE hold_id IS NOT NULL GROUP BY hold_id) t ON t.hold_id = h.id
     WHERE h.amount_rials <> coalesce(t.held, 0) OR h.captured_rials <> coalesce(t.captured, 0)
        OR h.released_rials <> coalesce(t.released, 0) OR h.refunded_rials <> coalesce(t.refunded, 0)
        OR h.refunded_rials > h.captured_rials
        OR CASE h.state WHEN 'open' THEN h.released_rials <> 0 OR h.captured_rials > h.amount_rials
             ELSE h.captured_rials + h.released_rials <> h.amount_rials END`,
  strayTransfer: `
    SELECT t.id::text, jsonb_build_object('holdId', t.hold_id) AS detail FROM transfers t
     WHERE t.hold_id IS NOT NULL AND NOT EXISTS (SELECT FROM holds h WHERE h.id = t.hold_id)`,
};

/** What does not add up, in the snapshot of the transaction. */
export async function ledgerDifferences(tx: EntityManager): Promise<LedgerDifference[]> {
  const differences: LedgerDifference[] = [];
  for (const [kind, sql] of Object.entries(checks)) {
    const rows = await query<Omit<LedgerDifference, 'kind'>>(tx, `${sql} LIMIT ${reportedMax}`);
    differences.push(...rows.map(({ id, detail }) => ({ kind, id, detail })));
  }
  return differences;
}

/** Computes the whole ledger again, in one snapshot; it reads only, and may run beside the service. */
export async function auditLedger(dataSource: DataSource): Promise<LedgerAudit> {
  return dataSource.transaction('REPEATABLE READ', async (tx) => {
    await tx.query('SET TRANSACTION READ ONLY');
    await tx.query('SET LOCAL statement_timeout = 0');
    const kinds = await query<LedgerAudit['kinds'][number]>(
      tx,
      `SELECT kind, count(*) AS transfers, sum(amount_rials)::bigint AS "amountRials" FROM transfers GROUP BY kind ORDER BY kind`,
    );
    const [counts] = await query<Omit<LedgerAudit, 'kinds' | 'differences'>>(
      tx,
      `SELECT (SELECT count(*) FROM accounts) AS accounts, (SELECT count(*) FROM transfers) AS transfers,
              (SELECT count(*) FROM entries) AS entries, (SELECT count(*) FROM holds) AS holds`,
    );
    if (!counts) throw new Error('no counts');
    return { ...counts, kinds, differences: await ledgerDifferences(tx) };
  });
}
