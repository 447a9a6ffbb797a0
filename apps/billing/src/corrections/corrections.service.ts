import { Injectable, Logger } from '@nestjs/common';
import { DomainError } from '@peyk/contracts';
import { billingEvents } from '@peyk/contracts/billing';
import type {
  CorrectionDto,
  CorrectionRequestDto,
  CorrectionsDto,
  CorrectionsQueryDto,
  CorrectionState,
} from '@peyk/contracts/billing';
import { execute, isDatabaseAway, query, Transactions } from '@peyk/database';
import { Outbox } from '@peyk/messaging';
import { DataSource } from 'typeorm';
import type { EntityManager } from 'typeorm';
import { v5 } from 'uuid';
import { LedgerService } from '../ledger/ledger.service';
import { correctionMoves } from './correction.entity';

/** Somebody has to decide within. */
const openHours = 72;
const defaultPageSize = 50;
/** Names the transfer of a correction by its id (RFC 9562). */
const transferNamespace = 'b8f0c9d4-61c5-4c0a-8a77-2f1b6a0e9d52';

const columns = `id AS "correctionId", customer_id AS "customerId", direction, amount_rials AS "amountRials", reason, state,
  requested_by AS "requestedBy", requested_at AS "requestedAt", expires_at AS "expiresAt", decided_by AS "decidedBy",
  decided_at AS "decidedAt", note`;

interface CorrectionRow extends Omit<CorrectionDto, 'requestedAt' | 'expiresAt' | 'decidedAt'> {
  readonly requestedAt: Date;
  readonly expiresAt: Date;
  readonly decidedAt: Date | null;
}

/** Changes of wallets by hand: asked for by one administrator with a reason, posted only when another one agrees. */
@Injectable()
export class CorrectionsService {
  private readonly logger = new Logger(CorrectionsService.name);

  constructor(
    private readonly dataSource: DataSource,
    private readonly transactions: Transactions,
    private readonly outbox: Outbox,
    private readonly ledger: LedgerService,
  ) {}

  /** @throws wallet.notFound, correction.conflict */
  async request(terms: CorrectionRequestDto, adminId: string): Promise<CorrectionDto> {
    const { correctionId, customerId, direction, amountRials, reason } = terms;
    return this.transactions.run(async (tx) => {
      const wallets = await query(tx, `SELECT FROM accounts WHERE name = 'wallet:' || $1::uuid`, [
        customerId,
      ]);
      if (wallets.length === 0) throw new DomainError('wallet.notFound');
      const made = await execute(
        tx,
        `INSERT INTO corrections (id, customer_id, direction, amount_rials, reason, state, requested_by, requested_at, expires_at)
           VALUES ($1, $2, $3, $4, $5, 'awaiting', $6, now(), now() + interval '${openHours} hours') ON CONFLICT (id) DO NOTHING`,
        [correctionId, customerId, direction, amountRials, reason, adminId],
      );
      const correction = await this.one(tx, correctionId);
      if (made > 0) await this.tell(tx, correction);
      else if (
        correction.customerId !== customerId ||
        correction.direction !== direction ||
        correction.amountRials !== amountRials ||
        correction.reason !== reason ||
        correction.requestedBy !== adminId
      )
        throw new DomainError('correction.conflict');
      return correction;
    });
  }

  /** @throws correction.notFound */
  read(correctionId: string): Promise<CorrectionDto> {
    return this.one(this.dataSource.manager, correctionId);
  }

  /** The newest first. */
  async list({
    state,
    customerId,
    cursor,
    limit = defaultPageSize,
  }: CorrectionsQueryDto): Promise<CorrectionsDto> {
    const after = cursor === undefined ? undefined : placeOf(cursor);
    const rows = await query<CorrectionRow>(
      this.dataSource,
      `SELECT ${columns} FROM corrections
        WHERE ($1::text IS NULL OR state = $1) AND ($2::uuid IS NULL OR customer_id = $2)
          AND ($3::bigint IS NULL OR (requested_at, id) < (timestamptz 'epoch' + $3 * interval '1 microsecond', $4::uuid))
        ORDER BY requested_at DESC, id DESC LIMIT $5`,
      [state ?? null, customerId ?? null, after?.atMicros ?? null, after?.id ?? null, limit + 1],
    );
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    return {
      corrections: page.map(shown),
      ...(rows.length > limit && last ? { nextCursor: await this.cursorOf(last.correctionId) } : {}),
    };
  }

  /**
   * Posts it, in the transaction of the decision.
   * @throws correction.notFound, correction.samePerson, correction.wrongState; wallet.insufficientCredit: it goes on awaiting
   */
  approve(correctionId: string, adminId: string, note: string | undefined): Promise<CorrectionDto> {
    return this.decide(correctionId, 'posted', adminId, note, async (tx, correction) => {
      const { customerId, amountRials, reason } = correction;
      const transferId = v5(correctionId, transferNamespace);
      const terms = { transferId, customerId, amountRials, reason, kind: 'correction' } as const;
      if (correction.direction === 'credit') await this.ledger.credit(tx, terms);
      else await this.ledger.debit(tx, terms);
    });
  }

  /** @throws correction.notFound, correction.samePerson, correction.wrongState */
  refuse(correctionId: string, adminId: string, note: string): Promise<CorrectionDto> {
    return this.decide(correctionId, 'refused', adminId, note);
  }

  /**
   * Ends one that nobody decided on in time. One that cannot be ended is put into `failed`, for the rest to go on
   * without it. @returns whether there was one
   */
  async expireNext(failed = new Set<string>()): Promise<boolean> {
    let taken: string | undefined;
    try {
      return await this.transactions.run(async (tx) => {
        const [due] = await query<CorrectionRow>(
          tx,
          `SELECT ${columns} FROM corrections WHERE state = 'awaiting' AND expires_at <= now() AND id <> ALL($1)
            ORDER BY expires_at LIMIT 1 FOR NO KEY UPDATE SKIP LOCKED`,
          [[...failed]],
        );
        taken = due?.correctionId;
        if (due) await this.move(tx, due, 'expired', null, null);
        return due !== undefined;
      });
    } catch (error) {
      if (taken === undefined || isDatabaseAway(error)) throw error;
      failed.add(taken);
      this.logger.error({
        msg: 'a correction that nobody decided on could not be ended',
        correction: taken,
        err: error,
      });
      return true;
    }
  }

  private decide(
    correctionId: string,
    state: 'posted' | 'refused',
    adminId: string,
    note: string | undefined,
    act?: (tx: EntityManager, correction: CorrectionDto) => Promise<void>,
  ): Promise<CorrectionDto> {
    return this.transactions.run(async (tx) => {
      const [row] = await query<CorrectionRow & { overdue: boolean }>(
        tx,
        `SELECT ${columns}, expires_at <= now() AS overdue FROM corrections WHERE id = $1 FOR NO KEY UPDATE`,
        [correctionId],
      );
      if (!row) throw new DomainError('correction.notFound');
      const { overdue, ...correction } = row;
      if (correction.requestedBy === adminId) throw new DomainError('correction.samePerson');
      // The same decision by the same person again is a repeat.
      if (correction.state === state && correction.decidedBy === adminId) return shown(correction);
      // One that nobody decided in time is over, also before the job comes by.
      const now = overdue && correction.state === 'awaiting' ? 'expired' : correction.state;
      if (!correctionMoves[now].includes(state))
        throw new DomainError('correction.wrongState', { state: now });
      await act?.(tx, shown(correction));
      return this.move(tx, correction, state, adminId, note ?? null);
    });
  }

  private async move(
    tx: EntityManager,
    { correctionId }: CorrectionRow,
    state: CorrectionState,
    decidedBy: string | null,
    note: string | null,
  ): Promise<CorrectionDto> {
    await execute(
      tx,
      'UPDATE corrections SET state = $2, decided_by = $3, decided_at = now(), note = $4 WHERE id = $1',
      [correctionId, state, decidedBy, note],
    );
    const correction = await this.one(tx, correctionId);
    await this.tell(tx, correction);
    return correction;
  }

  private async one(on: EntityManager, correctionId: string): Promise<CorrectionDto> {
    const [row] = await query<CorrectionRow>(on, `SELECT ${columns} FROM corrections WHERE id = $1`, [
      correctionId,
    ]);
    if (!row) throw new DomainError('correction.notFound');
    return shown(row);
  }

  private tell(tx: EntityManager, correction: CorrectionDto): Promise<void> {
    const { correctionId, customerId, direction, amountRials, reason, state, requestedBy, decidedBy } =
      correction;
    const event = state === 'awaiting' ? billingEvents.correctionRequested : billingEvents.correctionDecided;
    return this.outbox.add(tx, event, `correction:${correctionId}`, {
      correctionId,
      customerId,
      direction,
      amountRials,
      reason,
      state,
      requestedBy,
      decidedBy,
    });
  }

  /** The moment in microseconds, as the database has it: a Date would lose them. */
  private async cursorOf(correctionId: string): Promise<string> {
    const [row] = await query<{ at: number }>(
      this.dataSource,
      'SELECT (extract(epoch FROM requested_at) * 1000000)::bigint AS at FROM corrections WHERE id = $1',
      [correctionId],
    );
    return `${row?.at ?? 0}.${correctionId}`;
  }
}

function shown(row: CorrectionRow): CorrectionDto {
  return {
    ...row,
    requestedAt: row.requestedAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    decidedAt: row.decidedAt?.toISOString() ?? null,
  };
}

function placeOf(cursor: string): { readonly atMicros: number; readonly id: string } {
  const [, at, id] = /^(\d{1,16})\.([\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})$/.exec(cursor) ?? [];
  if (at === undefined || id === undefined)
    throw new DomainError('input.invalid', {
      fields: [{ field: 'cursor', rule: 'cursor', message: 'cursor must come from nextCursor' }],
    });
  return { atMicros: Number(at), id };
}
