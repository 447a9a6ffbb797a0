import { Logger as NestLogger } from '@nestjs/common';
import { types, type PoolClient } from 'pg';
import { DataSource, type DataSourceOptions, type Logger } from 'typeorm';
import { endWithDeadlines } from './deadline';
import { PostgresNamingStrategy } from './naming';
import { ReservingDataSource } from './reserved';

export interface DatabaseOptions {
  /** `postgres://user:password@host:port/database` */
  readonly url: string;
  readonly entities: readonly (new () => object)[];
  /** Classes whose name ends in the 13 digits of their time in ms, in any order. */
  readonly migrations: readonly (new () => object)[];
  /** Greatest number of connections. */
  readonly poolMax: number;
  /** Connections beside them that only `reserved` work takes; none unless said otherwise. */
  readonly reservedPoolMax?: number;
  /**
   * Connections work with the rights of this role instead of their user's, where it exists and the user may take it.
   * `DatabaseModule` warns where it does not.
   */
  readonly role?: string;
  /** Shown in `pg_stat_activity`. */
  readonly applicationName: string;
  /** Logs each statement, without its parameters, at debug. */
  readonly logging?: boolean;
}

/** Bounds of every connection (ms). A job that needs longer sets its own inside its transaction (`SET LOCAL`). */
export const databaseTimeouts = {
  connect: 5_000,
  statement: 30_000,
  idleInTransaction: 60_000,
  idle: 60_000,
} as const;
const slowStatementMs = 1_000;

function parseInt8(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`bigint ${text} does not fit a JavaScript number`);
  return value;
}

const int8Oid = 20;
const int8ArrayOid = 1016;
const parseTextArray = types.getTypeParser(1009 as never, 'text') as unknown as (text: string) => unknown[];
const parseInt8Array = (text: string): unknown[] =>
  parseTextArray(text).map((item) => (typeof item === 'string' ? parseInt8(item) : item));

/**
 * `bigint` and `bigint[]` as numbers, refused beyond 2^53 instead of rounded. Of this pool only: the driver's global
 * table stays as it is. `numeric` (so also `sum(bigint)`) stays text: cast sums with `::bigint`.
 */
const typeParsers = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary'): unknown => {
    if (format !== 'binary' && oid === int8Oid) return parseInt8;
    if (format !== 'binary' && oid === int8ArrayOid) return parseInt8Array;
    return types.getTypeParser(oid, format);
  }) as typeof types.getTypeParser,
};
/** TypeORM's lines into ours. A failed statement is logged by the code that catches it, and parameters are people's data. */
class StatementLogger implements Logger {
  private readonly logger = new NestLogger('Database');
  constructor(private readonly logging: boolean) {}

  logQuery(query: string): void {
    if (this.logging) this.logger.debug({ msg: 'statement', sql: query });
  }
  logQueryError(): void {
    return;
  }
  logQuerySlow(tookMs: number, query: string): void {
    this.logger.warn({ msg: 'slow statement', tookMs, sql: query.slice(0, 500) });
  }
  logSchemaBuild(message: string): void {
    this.logger.debug(message);
  }
  logMigration(message: string): void {
    this.logger.log(message);
  }
  log(level: 'log' | 'info' | 'warn', message: unknown): void {
    if (level === 'warn') this.logger.warn(String(message));
    else this.logger.debug(String(message));
  }
}

/** Before anybody gets a new connection. Lasts as long as the connection does. */
async function take(client: PoolClient, role: string): Promise<void> {
  await client.query(
    `SELECT set_config('role', rolname, false) FROM pg_roles WHERE rolname = $1 AND pg_has_role(oid, 'SET')`,
    [role],
  );
}

/**
 * A TypeORM data source that is not connected yet (`initialize()`). Lost connections are dropped from the pool and made
 * again on the next use, so it outlives a restart of PostgreSQL. Nothing is ever synchronised: migrations alone change
 * the schema.
 */
export function createDataSource(options: DatabaseOptions): DataSource {
  const settings: DataSourceOptions = {
    type: 'postgres',
    url: options.url,
    entities: [...options.entities],
    migrations: [...options.migrations],
    migrationsTableName: 'migrations',
    migrationsTransactionMode: 'each',
    synchronize: false,
    // gen_random_uuid() is built in; no extension is installed behind our back.
    uuidExtension: 'pgcrypto',
    installExtensions: false,
    namingStrategy: new PostgresNamingStrategy(),
    poolSize: options.poolMax,
    connectTimeoutMS: databaseTimeouts.connect,
    applicationName: options.applicationName,
    logger: new StatementLogger(options.logging ?? false),
    maxQueryExecutionTime: slowStatementMs,
    extra: {
      types: typeParsers,
      keepAlive: true,
      keepAliveInitialDelayMillis: 10_000,
      idleTimeoutMillis: databaseTimeouts.idle,
      statement_timeout: databaseTimeouts.statement,
      idle_in_transaction_session_timeout: databaseTimeouts.idleInTransaction,
      onConnect: async (client: PoolClient) => {
        endWithDeadlines(client);
        if (options.role !== undefined) await take(client, options.role);
      },
    },
  };
  const { reservedPoolMax } = options;
  if (reservedPoolMax === undefined) return new DataSource(settings);
  return new ReservingDataSource(settings, {
    ...settings,
    poolSize: reservedPoolMax,
    applicationName: `${options.applicationName} reserved`,
  });
}
