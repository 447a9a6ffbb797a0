import { Client } from 'pg';
import { MigrationExecutor, type DataSource } from 'typeorm';
import { quoteIdentifier } from './copy';
import { query, sqlState } from './transaction';

/** Longest that one replica waits for another that migrates (ms). */
const lockTimeoutMs = 120_000;
// Any constant; advisory locks are per database.
const lockKey = 0x7065_796b;

export interface MigrationReport {
  readonly createdDatabase: boolean;
  /** Names of what ran, in order; empty when the schema was at its head. */
  readonly ran: readonly string[];
}

/**
 * Brings the database to the head of its migrations, each in a transaction of its own. Replicas that start together do
 * it once. Connects the data source if it is not. A migration may take as long as it needs.
 */
export async function runMigrations(
  dataSource: DataSource,
  options: { createDatabase?: boolean } = {},
): Promise<MigrationReport> {
  const createdDatabase = options.createDatabase ? await createDatabase(urlOf(dataSource)) : false;
  return { createdDatabase, ran: await withExecutor(dataSource, runPending) };
}

/** Takes back all migrations, the latest first. For tests: data is lost. @returns their names */
export async function revertMigrations(dataSource: DataSource): Promise<readonly string[]> {
  return withExecutor(dataSource, async (executor) => {
    const reverted: string[] = [];
    for (;;) {
      const [latest] = await query<{ name: string }>(
        dataSource,
        'SELECT name FROM migrations ORDER BY id DESC LIMIT 1',
      );
      if (!latest) return reverted;
      await executor.undoLastMigration();
      reverted.push(latest.name);
    }
  });
}

/** Statements that would make the schema equal to the entities; none when it is. */
export async function checkSchema(dataSource: DataSource): Promise<string[]> {
  const log = await dataSource.driver.createSchemaBuilder().log();
  return log.upQueries.map(({ query: statement }) => statement);
}

async function runPending(executor: MigrationExecutor): Promise<string[]> {
  return (await executor.executePendingMigrations()).map(({ name }) => name);
}

async function withExecutor<T>(
  dataSource: DataSource,
  act: (executor: MigrationExecutor) => Promise<T>,
): Promise<T> {
  if (!dataSource.isInitialized) await dataSource.initialize();
  const runner = dataSource.createQueryRunner();
  try {
    await runner.query(`SET statement_timeout = 0; SET lock_timeout = ${lockTimeoutMs}`);
    await runner.query(`SELECT pg_advisory_lock(${lockKey})`);
    const executor = new MigrationExecutor(dataSource, runner);
    executor.transaction = 'each';
    try {
      return await act(executor);
    } finally {
      await runner.query(`SELECT pg_advisory_unlock(${lockKey})`);
    }
  } finally {
    await runner.query('RESET statement_timeout; RESET lock_timeout').catch(() => undefined);
    await runner.release();
  }
}

function urlOf(dataSource: DataSource): string {
  const { options } = dataSource;
  if (options.type !== 'postgres' || !options.url) throw new Error('not a data source of createDataSource');
  return options.url;
}

/** Creates the database that the URL names, through the server's database `postgres`. @returns whether it was missing */
async function createDatabase(url: string): Promise<boolean> {
  const server = new URL(url);
  const name = decodeURIComponent(server.pathname.slice(1));
  server.pathname = '/postgres';
  const client = new Client({ connectionString: server.href, connectionTimeoutMillis: 5_000 });
  await client.connect();
  try {
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [name]);
    if (rowCount) return false;
    await client.query(`CREATE DATABASE ${quoteIdentifier(name)} ENCODING 'UTF8' TEMPLATE template0`);
    return true;
  } catch (error) {
    // Another replica was faster: duplicate_database, or its row in the catalogue.
    const state = sqlState(error);
    if (state === '42P04' || state === '23505') return false;
    throw error;
  } finally {
    await client.end();
  }
}
