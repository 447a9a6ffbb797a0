import { randomBytes } from 'node:crypto';
import { Client } from 'pg';

/** Administrator's URL of a PostgreSQL for tests: may create and drop databases. */
export function adminUrl(): string {
  const url = process.env['TEST_DATABASE_URL'];
  if (!url) throw new Error('TEST_DATABASE_URL is missing: run the tests with npm test');
  return url;
}

export async function asAdmin<T>(act: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: adminUrl() });
  await client.connect();
  try {
    return await act(client);
  } finally {
    await client.end();
  }
}

/** URL of a database that does not exist yet. */
export function scratchUrl(): string {
  const url = new URL(adminUrl());
  url.pathname = `/peyk_spec_${randomBytes(6).toString('hex')}`;
  return url.href;
}

export async function dropScratch(url: string): Promise<void> {
  await asAdmin((client) =>
    client.query(`DROP DATABASE IF EXISTS ${new URL(url).pathname.slice(1)} WITH (FORCE)`),
  );
}
