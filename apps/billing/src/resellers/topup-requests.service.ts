import { Injectable } from '@nestjs/common';
import { DomainError } from '@peyk/contracts';
import type { EventContract } from '@peyk/contracts';
import { billingEvents } from '@peyk/contracts/billing';
import type {
  TopupRequestDraftDto,
  TopupRequestEventDto,
  TopupRequestsDto,
  TopupRequestsQueryDto,
  TopupRequestState,
  UserTopupRequestDto,
} from '@peyk/contracts/billing';
import { execute, query, Transactions, uuidv7 } from '@peyk/database';
import { Outbox } from '@peyk/messaging';
import { DataSource, type EntityManager } from 'typeorm';
import { v5 as uuidv5 } from 'uuid';
import { CustomersService } from '../customers/customers.service';
import { idPage } from '../id-page';
import { LedgerService } from '../ledger/ledger.service';
import { requestStatesBefore } from './topup-request.entity';

const openDays = 7;
const defaultPageSize = 50;
const expiredMaxPerRun = 500;
/** Namespace of transfer ids that are derived from the request. */
const transferNamespace = 'c5a4c1f6-3f4e-4a0e-8a35-7d6f52b4f0d1';
const reason = 'شارژ با درخواست از نماینده';

interface RequestRow extends Omit<UserTopupRequestDto, 'createdAt' | 'expiresAt' | 'endedAt'> {
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly endedAt: Date | null;
}
const columns = `q.id, q.customer_id AS "customerId", coalesce(c.name, '') AS "customerName", q.reseller_id AS "resellerId", q.state,
  q.amount_rials AS "amountRials", q.note, q.refusal, q.created_at AS "createdAt", q.expires_at AS "expiresAt", q.ended_at AS "endedAt"`;
const from = 'topup_requests q LEFT JOIN customers c ON c.customer_id = q.customer_id';

/** Users ask their reseller for credit (BIL-209). A request ends once; the credit moves in the transaction that ends it. */
@Injectable()
export class TopupRequestsService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly transactions: Transactions,
    private readonly customers: CustomersService,
    private readonly ledger: LedgerService,
    private readonly outbox: Outbox,
  ) {}

  /** @throws topupRequest.noReseller, topupRequest.alreadyOpen, idempotency.keyReused */
  async create(
    customerId: string,
    { amountRials, note = '', idempotencyKey }: TopupRequestDraftDto,
    now = new Date(),
  ): Promise<UserTopupRequestDto> {
    return this.transactions.run(async (tx) => {
      const before = await this.byKey(tx, customerId, idempotencyKey);
      if (before) return sameTerms(before, amountRials, note);
      const resellerId = await this.customers.resellerOf(tx, customerId);
      if (!resellerId) throw new DomainError('topupRequest.noReseller');
      // One that has run out does not stand in the way until the job comes by.
      await this.expire(tx, now, customerId);
      const id = uuidv7();
      const made = await execute(
        tx,
        `INSERT INTO topup_requests (id, customer_id, reseller_id, state, amount_rials, note, idempotency_key, created_at, expires_at)
           VALUES ($1, $2, $3, 'open', $4, $5, $6, $7, $7::timestamptz + interval '${openDays} days') ON CONFLICT DO NOTHING`,
        [id, customerId, resellerId, amountRials, note, idempotencyKey, now],
      );
      if (made === 0) {
        const twin = await this.byKey(tx, customerId, idempotencyKey);
        if (twin) return sameTerms(twin, amountRials, note);
        throw new DomainError('topupRequest.alreadyOpen');
      }
      const request = await this.one(tx, id);
      await this.tell(tx, billingEvents.topupRequestCreated, request, note);
      return request;
    });
  }

  /** Newest first. @param whose of this customer, of the users of this reseller, or all */
  async list(
    whose: { readonly customerId?: string; readonly resellerId?: string },
    { state, cursor, limit = defaultPageSize }: TopupRequestsQueryDto,
  ): Promise<TopupRequestsDto> {
    const page = idPage(cursor, limit);
    const rows = await query<RequestRow>(
      this.dataSource,
      `SELECT ${columns} FROM ${from}
        WHERE ($1::uuid IS NULL OR q.customer_id = $1) AND ($2::uuid IS NULL OR q.reseller_id = $2)
          AND ($3::text IS NULL OR q.state = $3) AND ($4::uuid IS NULL OR q.id < $4)
        ORDER BY q.id DESC LIMIT $5`,
      [whose.customerId ?? null, whose.resellerId ?? null, state ?? null, page.after, page.rows],
    );
    const { items, nextCursor } = page.cut(rows.map(toDto), ({ id }) => id);
    return { requests: items, ...(nextCursor && { nextCursor }) };
  }

  /** @throws topupRequest.notFound, topupRequest.ended */
  async withdraw(customerId: string, id: string, now = new Date()): Promise<UserTopupRequestDto> {
    return this.transactions.run(async (tx) => {
      const request = await this.one(tx, id);
      if (request.customerId !== customerId) throw new DomainError('topupRequest.notFound');
      return this.end(tx, request, 'withdrawn', now);
    });
  }

  /** @throws topupRequest.notFound, topupRequest.ended */
  async refuse(
    resellerId: string,
    { requestId, reason: why }: { readonly requestId: string; readonly reason: string },
    now = new Date(),
  ): Promise<UserTopupRequestDto> {
    return this.transactions.run(async (tx) => {
      const request = await this.ofUser(tx, resellerId, requestId);
      const ended = await this.end(tx, request, 'refused', now, why);
      if (request.state === 'open') await this.tell(tx, billingEvents.topupRequestRefused, ended, why);
      return ended;
    });
  }

  /**
   * Moves the credit first: wallets are locked before the request, so that two approvals come one after the other and the
   * second finds it done.
   * @throws topupRequest.notFound, topupRequest.ended, wallet.insufficientCredit
   */
  async approve(resellerId: string, requestId: string, now = new Date()): Promise<UserTopupRequestDto> {
    return this.transactions.run(async (tx) => {
      const request = await this.ofUser(tx, resellerId, requestId);
      if (request.state !== 'open') return this.end(tx, request, 'approved', now);
      const moved = await this.ledger.move(tx, {
        transferId: uuidv5(request.id, transferNamespace),
        kind: 'transfer',
        fromId: resellerId,
        toId: request.customerId,
        amountRials: request.amountRials,
        reason,
      });
      const ended = await this.end(tx, request, 'approved', now);
      if (moved) await this.tell(tx, billingEvents.topupRequestApproved, ended, request.note);
      return ended;
    });
  }

  /** Ends requests that nobody decided. @returns how many */
  async expireDue(now = new Date()): Promise<number> {
    return this.transactions.run((tx) => this.expire(tx, now));
  }

  private expire(tx: EntityManager, now: Date, customerId?: string): Promise<number> {
    return execute(
      tx,
      `UPDATE topup_requests SET state = 'expired', ended_at = $1 WHERE id IN (
         SELECT id FROM topup_requests WHERE state = ANY($2) AND expires_at <= $1 AND ($3::uuid IS NULL OR customer_id = $3)
         ORDER BY expires_at LIMIT ${expiredMaxPerRun} FOR UPDATE SKIP LOCKED)`,
      [now, requestStatesBefore('expired'), customerId ?? null],
    );
  }

  /** Moves it on; one that is there already is answered as it is. @throws topupRequest.ended */
  private async end(
    tx: EntityManager,
    { id }: UserTopupRequestDto,
    to: TopupRequestState,
    now: Date,
    refusal: string | null = null,
  ): Promise<UserTopupRequestDto> {
    const moved = await execute(
      tx,
      `UPDATE topup_requests SET state = $2, ended_at = $3, refusal = $4
        WHERE id = $1 AND state = ANY($5) AND expires_at > $3`,
      [id, to, now, refusal, requestStatesBefore(to)],
    );
    const ended = await this.one(tx, id);
    if (moved === 0 && ended.state !== to)
      throw new DomainError('topupRequest.ended', {
        state: ended.state === 'open' ? 'expired' : ended.state,
      });
    return ended;
  }

  /** Of a user that belongs to the reseller still. @throws topupRequest.notFound */
  private async ofUser(tx: EntityManager, resellerId: string, id: string): Promise<UserTopupRequestDto> {
    const [row] = await query<RequestRow>(
      tx,
      `SELECT ${columns} FROM topup_requests q JOIN customers c ON c.customer_id = q.customer_id
        WHERE q.id = $1 AND q.reseller_id = $2 AND c.reseller_id = $2`,
      [id, resellerId],
    );
    if (!row) throw new DomainError('topupRequest.notFound');
    return toDto(row);
  }

  private async one(tx: EntityManager, id: string): Promise<UserTopupRequestDto> {
    const [row] = await query<RequestRow>(tx, `SELECT ${columns} FROM ${from} WHERE q.id = $1`, [id]);
    if (!row) throw new DomainError('topupRequest.notFound');
    return toDto(row);
  }

  private async byKey(
    tx: EntityManager,
    customerId: string,
    key: string,
  ): Promise<UserTopupRequestDto | undefined> {
    const [row] = await query<RequestRow>(
      tx,
      `SELECT ${columns} FROM ${from} WHERE q.customer_id = $1 AND q.idempotency_key = $2`,
      [customerId, key],
    );
    return row && toDto(row);
  }

  private tell(
    tx: EntityManager,
    event: EventContract<TopupRequestEventDto>,
    { id, customerId, customerName, resellerId, amountRials }: UserTopupRequestDto,
    note: string,
  ): Promise<void> {
    return this.outbox.add(tx, event, `topup-request:${id}`, {
      requestId: id,
      customerId,
      customerName,
      resellerId,
      amountRials,
      note,
    });
  }
}

function toDto({ createdAt, expiresAt, endedAt, ...row }: RequestRow): UserTopupRequestDto {
  return {
    ...row,
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
    endedAt: endedAt?.toISOString() ?? null,
  };
}

function sameTerms(request: UserTopupRequestDto, amountRials: number, note: string): UserTopupRequestDto {
  if (request.amountRials !== amountRials || request.note !== note)
    throw new DomainError('idempotency.keyReused');
  return request;
}
