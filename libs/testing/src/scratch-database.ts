import { randomBytes } from 'node:crypto';
import { createDataSource } from '@peyk/database';

export interface ScratchDatabase {
  readonly url: string;
  /** Also with connections still open. */
  drop(): Promise<void>;
}

/** An empty database of its own for one spec file. `adminUrl`: any database of the server, as a user who may create. */
export async function scratchDatabase(adminUrl: string): Promise<ScratchDatabase> {
  const name = `peyk_spec_${randomBytes(6).toString('hex')}`;
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  await asAdmin(adminUrl, `CREATE DATABASE ${name} ENCODING 'UTF8' TEMPLATE template0`);
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
