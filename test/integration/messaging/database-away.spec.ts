import { Controller } from '@nestjs/common';
import type { INestMicroservice } from '@nestjs/common';
import { DomainError } from '@peyk/contracts';
import { HandleRpc } from '@peyk/messaging';
import type { MessagingRuntime } from '@peyk/messaging';
import { createDataSource, query, Transactions } from '@peyk/database';
import { eventually, scratchDatabase, testMessaging, testProgram, testServers } from '@peyk/testing';
import type { ScratchDatabase } from '@peyk/testing';
import { Client } from 'pg';
import type { DataSource } from 'typeorm';
import { NoteDto, probe, removeQueues, sleep } from './fixture';

let database: ScratchDatabase;
let source: DataSource;
let caller: MessagingRuntime;
let program: INestMicroservice;

/** Runs the text of the note as a statement, in a transaction where the note thinks at all. */
@Controller()
class StatementsController {
  @HandleRpc(probe.echo)
  async echo({ text, thinkMs }: NoteDto): Promise<NoteDto> {
    if (thinkMs === undefined) await query(source, text);
    else
      await new Transactions(source).run(async (tx) => {
        await query(tx, text);
      });
    return { text };
  }
}

async function asAdmin(sql: string, parameters: unknown[] = []): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: testServers().databaseUrl });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql, parameters)).rows;
  } finally {
    await client.end();
  }
}

const name = (): string => new URL(database.url).pathname.slice(1);
const ask = (text: string, thinkMs?: number): Promise<NoteDto> =>
  caller.rpc.call(probe.echo, { text, ...(thinkMs === undefined ? {} : { thinkMs }) }, 'nobody');
const code = (text: string): Promise<string> =>
  ask(text).then(
    () => 'answered',
    (error: unknown) => (error instanceof DomainError ? error.code : String(error)),
  );

beforeAll(async () => {
  database = await scratchDatabase(testServers().databaseUrl);
  source = await createDataSource({
    url: database.url,
    entities: [],
    migrations: [],
    poolMax: 2,
    applicationName: 'peyk-away-spec',
  }).initialize();
  caller = await testMessaging('spec-caller');
  program = await testProgram(await testMessaging(probe.service), probe.service, {
    controllers: [StatementsController],
  });
});
afterAll(async () => {
  await program.close();
  await removeQueues(caller, `${probe.service}.rpc`);
  await caller.broker.close();
  await source.destroy();
  await database.drop();
});

describe('an RPC whose service has no database', () => {
  it('is unavailable, not an internal error, when PostgreSQL went away, and answers when it is back', async () => {
    expect(await code('SELECT 1')).toBe('answered');
    await asAdmin(`ALTER DATABASE ${name()} ALLOW_CONNECTIONS false`);
    await asAdmin('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [name()]);
    for (let time = 0; time < 4; time += 1) expect(await code('SELECT 1')).toBe('service.unavailable');
    await asAdmin(`ALTER DATABASE ${name()} ALLOW_CONNECTIONS true`);
    await eventually(async () => expect(await code('SELECT 1')).toBe('answered'));
  });

  it('is unavailable when PostgreSQL has no connection left', async () => {
    // 53300, as when max_connections is reached; a limit of the role meets nobody else of this server.
    await asAdmin(`DROP ROLE IF EXISTS ${name()}_user`);
    await asAdmin(`CREATE ROLE ${name()}_user LOGIN PASSWORD 'spec'`);
    const url = new URL(database.url);
    url.username = `${name()}_user`;
    url.password = 'spec';
    const poor = createDataSource({
      url: url.href,
      entities: [],
      migrations: [],
      poolMax: 1,
      applicationName: 'peyk-away-spec',
    });
    const before = source;
    source = await poor.initialize();
    await asAdmin(`ALTER ROLE ${name()}_user CONNECTION LIMIT 0`);
    await asAdmin('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = $1', [
      `${name()}_user`,
    ]);
    await sleep(200);
    const answer = await code('SELECT 1');
    source = before;
    await poor.destroy();
    await asAdmin(`DROP ROLE ${name()}_user`);
    expect(answer).toBe('service.unavailable');
  });

  it('still says that a wrong statement is an error of its own', async () => {
    expect(await code('SELECT nonsense')).toBe('internal');
  });
});

describe('a statement of an RPC', () => {
  const running = async (): Promise<number> =>
    Number(
      (
        await asAdmin(
          `SELECT count(*) AS n FROM pg_stat_activity WHERE datname = $1 AND state = 'active' AND query LIKE '%pg_sleep%'`,
          [name()],
        )
      )[0]?.['n'],
    );

  it.each([
    ['alone', undefined],
    ['in a transaction', 1],
  ])('ends with the deadline of its request, %s, and leaves its connection whole', async (_how, thinkMs) => {
    await expect(ask('SELECT pg_sleep(600)', thinkMs)).rejects.toMatchObject({ code: 'service.unavailable' });
    await eventually(async () => expect(await running()).toBe(0));
    for (let time = 0; time < 20; time += 1) expect(await code('SELECT 1')).toBe('answered');
  });

  it('is not cancelled when it is done in time', async () => {
    expect(await code('SELECT pg_sleep(0.2)')).toBe('answered');
  });
});
