import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { testServers } from '@peyk/testing';
import { Client } from 'pg';

jest.setTimeout(60_000);

const lib = pathToFileURL(join(__dirname, '../../../deploy/local/lib/postgres.mjs')).href;
const mark = `peyk_spec_${randomBytes(4).toString('hex')}`;
const one = `${mark}_one`;
const other = `${mark}_other`;
const asService = `${mark}_service`;
const admin = testServers().databaseUrl;

/** As `npm start` and the tests make them; the module is one that Jest cannot load. */
async function makeDatabases(
  url: string,
  own: boolean,
): Promise<{ urls: Record<string, string>; said: string[] }> {
  const script = `
    import { createDatabases } from ${JSON.stringify(lib)};
    const said = [];
    const urls = await createDatabases(
      ${JSON.stringify(url)},
      [{ database: '${one}', worksAs: '${asService}' }, { database: '${other}' }],
      { own: ${own}, secret: 'spec', print: (line) => said.push(line) },
    );
    console.log(JSON.stringify({ urls, said }));`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script]);
  return JSON.parse(stdout) as { urls: Record<string, string>; said: string[] };
}

async function query<T extends object>(url: string, sql: string): Promise<T[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<T>(sql)).rows;
  } finally {
    await client.end();
  }
}
const at = (url: string | undefined, database: string): string => {
  const there = new URL(url ?? '');
  there.pathname = `/${database}`;
  return there.href;
};

async function forget(): Promise<void> {
  for (const name of [one, other]) {
    await query(admin, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    await query(admin, `DROP ROLE IF EXISTS ${name}`);
  }
  for (const role of [asService, `${mark}_weak`, `${mark}_maker`])
    await query(admin, `DROP ROLE IF EXISTS ${role}`);
}

afterEach(forget);

describe('5.2 the database login of a program', () => {
  it('owns its database and may enter no other', async () => {
    const { urls, said } = await makeDatabases(admin, true);
    expect(said).toEqual([]);
    expect(new URL(urls[one] ?? '').username).toBe(one);
    await query(urls[one] ?? '', 'CREATE TABLE mine (id int)');
    await expect(query(at(urls[one], other), 'SELECT 1')).rejects.toThrow('permission denied for database');
    await expect(query(at(urls[other], one), 'SELECT 1')).rejects.toThrow('permission denied for database');
    await expect(query(urls[one] ?? '', 'CREATE ROLE more')).rejects.toThrow('permission denied');
    await expect(query(urls[one] ?? '', `CREATE DATABASE ${mark}_more`)).rejects.toThrow('permission denied');
    await expect(query(urls[one] ?? '', `COPY mine FROM PROGRAM 'id'`)).rejects.toThrow('permission denied');
    const [rights] = await query(
      urls[one] ?? '',
      `SELECT rolsuper, pg_has_role('${asService}', 'SET') AS service FROM pg_roles WHERE rolname = current_user`,
    );
    expect(rights).toEqual({ rolsuper: false, service: true });
  });

  it('takes over what an administrator made before there were logins', async () => {
    await query(admin, `CREATE DATABASE ${one}`);
    await query(
      at(admin, one),
      `CREATE TYPE mood AS ENUM ('good');
       CREATE TABLE old (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, mood mood) PARTITION BY RANGE (id);
       CREATE TABLE old_1 PARTITION OF old FOR VALUES FROM (1) TO (1000);
       CREATE SEQUENCE alone;
       CREATE FUNCTION two() RETURNS int LANGUAGE sql AS 'SELECT 2';
       INSERT INTO old (mood) VALUES ('good');`,
    );
    for (let again = 0; again < 2; again++) {
      const { urls, said } = await makeDatabases(admin, true);
      expect(said).toEqual([]);
      const url = urls[one] ?? '';
      expect(await query(url, 'SELECT id, mood, two() FROM old')).toEqual([
        { id: '1', mood: 'good', two: 2 },
      ]);
      await query(url, 'ALTER TABLE old ADD COLUMN IF NOT EXISTS more int');
      await query(url, `SELECT nextval('alone')`);
    }
    const owners = await query(
      at(admin, one),
      `SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'public'`,
    );
    expect(owners).toEqual([{ tableowner: one }]);
  });

  it('is made by a user who may make roles and is no superuser', async () => {
    await query(admin, `CREATE ROLE ${mark}_maker LOGIN CREATEDB CREATEROLE PASSWORD 'spec'`);
    const maker = new URL(admin);
    maker.username = `${mark}_maker`;
    maker.password = 'spec';
    const { urls, said } = await makeDatabases(maker.href, false);
    expect(said).toEqual([]);
    await query(urls[one] ?? '', 'CREATE TABLE mine (id int)');
    await expect(query(at(urls[one], other), 'SELECT 1')).rejects.toThrow('permission denied for database');
    await forgetDatabasesOf(maker.href);
  });

  it('is not there where the user may make none, which is said in one line', async () => {
    await query(admin, `CREATE ROLE ${mark}_weak LOGIN CREATEDB PASSWORD 'spec'`);
    const weak = new URL(admin);
    weak.username = `${mark}_weak`;
    weak.password = 'spec';
    const { urls, said } = await makeDatabases(weak.href, false);
    expect(said).toEqual([expect.stringContaining('may not make roles')]);
    expect(new URL(urls[one] ?? '').username).toBe(`${mark}_weak`);
    expect(await query(urls[one] ?? '', 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('keeps its password at a server that the user named', async () => {
    await query(admin, `CREATE ROLE ${one} LOGIN PASSWORD 'of another'`);
    const { urls, said } = await makeDatabases(admin, false);
    expect(said).toEqual([expect.stringContaining('with another password')]);
    expect(new URL(urls[one] ?? '').username).toBe(new URL(admin).username);
    const kept = new URL(at(admin, one));
    kept.username = one;
    kept.password = 'of another';
    expect(await query(kept.href, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });
});

async function forgetDatabasesOf(url: string): Promise<void> {
  for (const name of [one, other]) await query(url, `DROP DATABASE ${name}`);
  await query(url, `DROP ROLE ${one}, ${other}, ${asService}`);
}
