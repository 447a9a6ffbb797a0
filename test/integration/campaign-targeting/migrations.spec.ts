import { checkSchema, createDataSource, query, revertMigrations, Transactions } from '@peyk/database';
import type { DataSource } from 'typeorm';
import { databaseOptions } from '../../../apps/campaign-targeting/src/data-source';
import { ListPartitions } from '../../../apps/campaign-targeting/src/lists/list.partitions';
import { dropScratch } from '../database/scratch';
import { migrated } from './fixture';

jest.setTimeout(90_000);

describe('migrations of campaign-targeting', () => {
  let url: string;
  let source: DataSource;
  const tables = async (): Promise<string[]> =>
    (
      await query<{ name: string }>(
        source,
        `SELECT relname AS name FROM pg_class
          WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') ORDER BY 1`,
      )
    ).map(({ name }) => name);

  beforeAll(async () => {
    url = await migrated();
    source = await createDataSource(databaseOptions({ databaseUrl: url, databasePoolMax: 2 })).initialize();
  });
  afterAll(async () => {
    await source.destroy();
    await dropScratch(url);
  });

  it('lead from an empty database to what the entities say', async () => {
    expect(await checkSchema(source)).toEqual([]);
  });

  it('leave room for this month and three more, once', async () => {
    const partitions = new ListPartitions(new Transactions(source));
    expect(await partitions.ensure(new Date('2026-11-21T00:00:00Z'))).toEqual(
      ['recipient_blocks', 'row_errors'].flatMap((table) =>
        ['202611', '202612', '202701', '202702'].map((month) => `${table}_${month}`),
      ),
    );
    expect(await partitions.ensure(new Date('2026-11-21T00:00:00Z'))).toEqual([]);
    // A clock behind ours still makes ids of the month before.
    expect(await partitions.ensure(new Date('2026-10-01T00:30:00Z'))).toContain('row_errors_202609');
    expect(await checkSchema(source)).toEqual([]);
  });

  it('can be taken back', async () => {
    expect(await revertMigrations(source)).toHaveLength(7);
    expect(await tables()).toEqual(['migrations']);
  });
});
