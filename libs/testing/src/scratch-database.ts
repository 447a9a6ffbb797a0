import { createHash, randomBytes } from 'node:crypto';
import { createDataSource, runMigrations, sqlState } from '@peyk/database';
import type { DatabaseOptions } from '@peyk/database';
import { ownsPostgres, testServers } from './config';

export interface ScratchDatabase {
  readonly url: string;
  /** Also with connections still open. */
  drop(): Promise<void>;
}

/** An empty database of its own for one spec file. `adminUrl`: any database of the server, as a user who may create. */
export async function scratchDatabase(adminUrl: string): Promise<ScratchDatabase> {
  return copyOf('template0', adminUrl);
}

/**
 * A database of its own, on the server of `npm test`, at the head of the migrations of `optionsOf`. They run once a
 * server: every further database is a copy.
 */
export async function migratedDatabase(
  optionsOf: (url: string) => DatabaseOptions,
): Promise<ScratchDatabase> {
  const { databaseUrl } = testServers();
  const template = templateOf(optionsOf(databaseUrl));
  try {
    return await copyOf(template, databaseUrl);
  } catch (error) {
    if (sqlState(error) !== invalidCatalogName) throw error;
  }
  const first = await scratchDatabase(databaseUrl);
  const source = createDataSource(optionsOf(first.url));
  await runMigrations(source);
  await source.destroy();
  // A server that the user named keeps nothing of ours.
  if (!ownsPostgres()) return first;
  await asAdmin(databaseUrl, `ALTER DATABASE ${nameOf(first.url)} RENAME TO ${template}`);
  return copyOf(template, databaseUrl);
}

const invalidCatalogName = '3D000';

function templateOf({ migrations }: DatabaseOptions): string {
  const hash = createHash('sha256').update(migrations.join('\n'));
  return `peyk_template_${hash.digest('hex').slice(0, 12)}`;
}

function nameOf(url: string): string {
  return new URL(url).pathname.slice(1);
}

async function copyOf(template: string, adminUrl: string): Promise<ScratchDatabase> {
  const name = `peyk_spec_${randomBytes(6).toString('hex')}`;
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  // File by file: through the log, as is the default, costs twice the processor.
  await asAdmin(adminUrl, `CREATE DATABASE ${name} ENCODING 'UTF8' TEMPLATE ${template} STRATEGY FILE_COPY`);
  return {
    url: url.href,
    drop: () => asAdmin(adminUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
  };
}

async function asAdmin(url: string, statement: string): Promise<void> {
  const source = createDataSource({
    url,
    entities: [],
    migrations: [],
    poolMax: 1,
    applicationName: 'peyk-spec',
  });
  await source.initialize();
  try {
    await source.query(statement);
  } finally {
    await source.destroy();
  }
}
