import { Injectable } from '@nestjs/common';
import { DomainError } from '@peyk/contracts';
import { billingEvents } from '@peyk/contracts/billing';
import type {
  CustomerLevelDto,
  CustomerLevelSetDto,
  LevelCause,
  LevelChangeDto,
  LevelChangesDto,
  LevelChangesQueryDto,
  LevelDto,
  LevelsDto,
} from '@peyk/contracts/billing';
import { execute, query, Transactions } from '@peyk/database';
import { Outbox } from '@peyk/messaging';
import { DataSource } from 'typeorm';
import type { EntityManager } from 'typeorm';
import { decodeCursor, encodeCursor } from '../cursor';

const levelsMax = 50;
/** Levels of the migration that nobody can take away. */
const standardLevel = 'standard';
const resellerLevel = 'reseller';
const defaultPageSize = 50;

/** Levels, and which customer has which. */
@Injectable()
export class LevelsService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly transactions: Transactions,
    private readonly outbox: Outbox,
  ) {}

  async list(): Promise<LevelsDto> {
    return {
      levels: await query<LevelDto>(
        this.dataSource,
        `SELECT level, title FROM levels ORDER BY level LIMIT ${levelsMax}`,
      ),
    };
  }

  /** Makes a level, or renames it. Levels are never deleted. @throws level.tooMany */
  async save({ level, title }: LevelDto): Promise<LevelDto> {
    return this.transactions.run(async (tx) => {
      await query(tx, `SELECT pg_advisory_xact_lock(hashtextextended('levels', 0))`);
      await execute(
        tx,
        'INSERT INTO levels (level, title) VALUES ($1, $2) ON CONFLICT (level) DO UPDATE SET title = $2',
        [level, title],
      );
      const [count] = await query<{ levels: number }>(tx, 'SELECT count(*)::int AS levels FROM levels');
      if ((count?.levels ?? 0) > levelsMax) throw new DomainError('level.tooMany', { max: levelsMax });
      return { level, title };
    });
  }

  /** @param by the administrator. @throws level.notFound, account.notFound */
  async setByAdmin(
    by: string,
    { customerId, level, reason }: CustomerLevelSetDto,
  ): Promise<CustomerLevelDto> {
    await this.transactions.run((tx) => this.set(tx, { customerId, level, cause: 'admin', by, reason }));
    return { customerId, level };
  }

  /**
   * Sets the level of a customer; one that has it already is left alone.
   * @throws level.notFound, account.notFound
   */
  async set(
    tx: EntityManager,
    change: { customerId: string; level: string; cause: LevelCause; by: string; reason: string },
  ): Promise<void> {
    const { customerId, level, cause, by, reason } = change;
    const [known] = await query(tx, 'SELECT FROM levels WHERE level = $1', [level]);
    if (!known) throw new DomainError('level.notFound');
    const [customer] = await query<{ level: string }>(
      tx,
      'SELECT level FROM customers WHERE customer_id = $1 FOR NO KEY UPDATE',
      [customerId],
    );
    if (!customer) throw new DomainError('account.notFound');
    const levelBefore = customer.level;
    if (levelBefore === level) return;
    await execute(tx, 'UPDATE customers SET level = $2 WHERE customer_id = $1', [customerId, level]);
    await execute(
      tx,
      `INSERT INTO level_changes (customer_id, level_before, level, cause, by, reason) VALUES ($1, $2, $3, $4, $5, $6)`,
      [customerId, levelBefore, level, cause, by, reason],
    );
    await this.outbox.add(tx, billingEvents.levelChanged, `customer:${customerId}`, {
      customerId,
      level,
      levelBefore,
      by,
      reason,
    });
  }

  /** A new reseller has the reseller's tariff (BIL-009), unless somebody gave it a level before: that one stays. */
  async ofReseller(tx: EntityManager, customerId: string): Promise<void> {
    const [untouched] = await query(
      tx,
      `SELECT FROM customers WHERE customer_id = $1 AND level = '${standardLevel}'
         AND NOT EXISTS (SELECT FROM level_changes WHERE customer_id = $1)`,
      [customerId],
    );
    if (!untouched) return;
    const reason = 'تعرفه‌ی نمایندگی با نقش نماینده';
    await this.set(tx, { customerId, level: resellerLevel, cause: 'role', by: customerId, reason });
  }

  /** History of a customer's level, the newest first. */
  async changes({
    customerId,
    cursor,
    limit = defaultPageSize,
  }: LevelChangesQueryDto): Promise<LevelChangesDto> {
    const [before] = decodeCursor(cursor, 1) ?? [];
    const rows = await query<Omit<LevelChangeDto, 'at'> & { id: number; at: Date }>(
      this.dataSource,
      `SELECT id, customer_id AS "customerId", level_before AS "levelBefore", level, cause, by, reason, at
         FROM level_changes WHERE customer_id = $1 AND ($2::bigint IS NULL OR id < $2) ORDER BY id DESC LIMIT $3`,
      [customerId, before ?? null, limit + 1],
    );
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    return {
      changes: page.map(({ id: _id, at, ...change }) => ({ ...change, at: at.toISOString() })),
      ...(rows.length > limit && last ? { nextCursor: encodeCursor(last.id) } : {}),
    };
  }
}
