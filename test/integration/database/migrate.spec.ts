import { checkSchema, query, revertMigrations, runMigrations } from '@peyk/database';
import { fixtureSource } from './fixture';
import { asAdmin, dropScratch, scratchUrl } from './scratch';

describe('runMigrations', () => {
  let url: string;
  beforeEach(() => {
    url = scratchUrl();
  });
  afterEach(() => dropScratch(url));

  it('goes from nothing to the head, equal to the entities, back to nothing, and to the head again', async () => {
    const source = fixtureSource(url);
    try {
      const all = ['Start1700000000000', 'State1700000000001'];
      expect(await runMigrations(source, { createDatabase: true })).toEqual({
        createdDatabase: true,
        ran: all,
      });
      expect(await checkSchema(source)).toEqual([]);
      expect(await runMigrations(source, { createDatabase: true })).toEqual({
        createdDatabase: false,
        ran: [],
      });
      expect(await revertMigrations(source)).toEqual([...all].reverse());
      const tables = await query(source, `SELECT tablename FROM pg_tables WHERE schemaname = 'public'`);
      expect(tables).toEqual([{ tablename: 'migrations' }]);
      expect((await runMigrations(source)).ran).toEqual(all);
      expect(await checkSchema(source)).toEqual([]);
    } finally {
      await source.destroy();
    }
  });

  it('says what differs when the entities were changed without a migration', async () => {
    const source = fixtureSource(url);
    try {
      await runMigrations(source, { createDatabase: true });
      await query(source, 'ALTER TABLE wallets DROP history');
      await query(source, 'DROP INDEX messages_state_sent_at_idx');
      const difference = (await checkSchema(source)).join('\n');
      expect(difference).toContain('"history"');
      expect(difference).toContain('messages_state_sent_at_idx');
    } finally {
      await source.destroy();
    }
  });

  it('creates and migrates once when four replicas start together', async () => {
    const sources = Array.from({ length: 4 }, () => fixtureSource(url, 2));
    try {
      const reports = await Promise.all(
        sources.map((source) => runMigrations(source, { createDatabase: true })),
      );
      expect(reports.filter((report) => report.createdDatabase)).toHaveLength(1);
      expect(reports.flatMap((report) => report.ran)).toEqual(['Start1700000000000', 'State1700000000001']);
      const encoding = await asAdmin((client) =>
        client.query('SELECT pg_encoding_to_char(encoding) AS name FROM pg_database WHERE datname = $1', [
          new URL(url).pathname.slice(1),
        ]),
      );
      expect(encoding.rows).toEqual([{ name: 'UTF8' }]);
    } finally {
      await Promise.all(sources.map((source) => source.destroy()));
    }
  });

  it('gives the lock and the usual timeouts back', async () => {
    const source = fixtureSource(url, 1);
    try {
      await runMigrations(source, { createDatabase: true });
      expect(await query(source, 'SHOW statement_timeout')).toEqual([{ statement_timeout: '30s' }]);
      expect(await query(source, `SELECT 1 FROM pg_locks WHERE locktype = 'advisory'`)).toEqual([]);
    } finally {
      await source.destroy();
    }
  });
});
