import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type { PoolClient } from 'pg';
import { DataSource, QueryFailedError, type EntityManager, type QueryRunner } from 'typeorm';

export interface TransactionOptions {
  /** READ COMMITTED unless said otherwise. */
  readonly isolation?: 'READ COMMITTED' | 'REPEATABLE READ' | 'SERIALIZABLE';
  /**
   * How often `fn` is run again after a serialization failure (40001) or a deadlock (40P01); 0 unless said otherwise.
   * `fn` then may have no effect outside the transaction.
   */
  readonly retrySerialization?: number;
}

/** Longest that the end of an answer is waited for after its beginning. */
const answerMs = 1_000;

/** `fn` caught an error of a statement and returned as if nothing were: PostgreSQL would have rolled back at COMMIT. */
export class AbortedTransactionError extends Error {
  constructor() {
    super('a statement of the transaction failed and its error was swallowed; nothing was committed');
    this.name = 'AbortedTransactionError';
  }
}

/** The only way to write more than one statement: what happens inside is committed together or not at all. */
@Injectable()
export class Transactions {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * Commits when `fn` resolves, rolls back when it throws, and gives the connection back either way. If the connection
   * breaks during COMMIT the error is thrown although the commit may have happened: callers are idempotent.
   */
  async run<T>(fn: (tx: EntityManager) => Promise<T>, options: TransactionOptions = {}): Promise<T> {
    const { isolation, retrySerialization = 0 } = options;
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await this.attempt(fn, isolation);
      } catch (error) {
        if (attempt >= retrySerialization || !isRetryable(error)) throw error;
        // 5 to 10 ms, doubled each time up to 320: two that collided do not collide again at once.
        await sleep(5 * 2 ** Math.min(attempt, 5) * (1 + Math.random()));
      }
    }
  }

  private async attempt<T>(
    fn: (tx: EntityManager) => Promise<T>,
    isolation: TransactionOptions['isolation'],
  ): Promise<T> {
    const runner = this.dataSource.createQueryRunner();
    try {
      await runner.startTransaction(isolation);
      const result = await fn(runner.manager);
      // COMMIT of a failed transaction answers ROLLBACK, without an error.
      const client = await rawClient(runner.manager);
      await answered(client);
      if (client.getTransactionStatus() === 'E') throw new AbortedTransactionError();
      await runner.commitTransaction();
      return result;
    } catch (error) {
      await rollback(runner);
      throw error;
    } finally {
      await runner.release();
    }
  }
}

/**
 * The driver refuses a statement before it has read the server's last word on it, and with that the state of the
 * transaction; the two may come in different packets.
 */
async function answered(client: PoolClient & { readonly readyForQuery?: boolean }): Promise<void> {
  for (let waitedMs = 0; client.readyForQuery === false && waitedMs < answerMs; waitedMs += 1) await sleep(1);
}

async function rollback(runner: QueryRunner): Promise<void> {
  if (!runner.isTransactionActive || runner.isReleased) return;
  try {
    await runner.rollbackTransaction();
  } catch {
    // The connection is broken or its state unknown: closed, the pool does not hand it out again.
    const client = (await runner.connect()) as PoolClient & { end(): Promise<void> };
    await client.end().catch(() => undefined);
  }
}

/** SQLSTATE of a failed statement, e.g. `23505`; undefined for other errors. */
export function sqlState(error: unknown): string | undefined {
  const cause: unknown = error instanceof QueryFailedError ? error.driverError : error;
  if (!(cause instanceof Error) || !('code' in cause) || typeof cause.code !== 'string') return undefined;
  return /^[\dA-Z]{5}$/.test(cause.code) ? cause.code : undefined;
}

/** Name of the constraint that a statement broke, e.g. `holds_pkey`; undefined for other errors. */
export function violatedConstraint(error: unknown): string | undefined {
  const cause: unknown = error instanceof QueryFailedError ? error.driverError : error;
  if (!(cause instanceof Error) || !('constraint' in cause)) return undefined;
  return typeof cause.constraint === 'string' ? cause.constraint : undefined;
}

function isRetryable(error: unknown): boolean {
  const state = sqlState(error);
  return state === '40001' || state === '40P01';
}

/** The driver's client under a transaction, for COPY, cursors and named statements; valid until the transaction ends. */
export async function rawClient(tx: EntityManager): Promise<PoolClient> {
  if (!tx.queryRunner) throw new Error('not the manager of a transaction');
  return (await tx.queryRunner.connect()) as PoolClient;
}

/** Rows of a statement, of `RETURNING` too. `T` is what the caller knows of the columns; it is not checked. */
export async function query<T extends object>(
  on: EntityManager | DataSource,
  sql: string,
  parameters: readonly unknown[] = [],
): Promise<T[]> {
  return (await structured(on, sql, parameters)).records as T[];
}

/** Number of rows that a statement changed. */
export async function execute(
  on: EntityManager | DataSource,
  sql: string,
  parameters: readonly unknown[] = [],
): Promise<number> {
  return (await structured(on, sql, parameters)).affected ?? 0;
}

async function structured(
  on: EntityManager | DataSource,
  sql: string,
  parameters: readonly unknown[],
): Promise<{ records: unknown[]; affected?: number | null }> {
  const shared = on instanceof DataSource ? undefined : on.queryRunner;
  if (shared) return shared.query(sql, [...parameters], true);
  const runner = (on instanceof DataSource ? on : on.dataSource).createQueryRunner();
  try {
    return await runner.query(sql, [...parameters], true);
  } finally {
    await runner.release();
  }
}
