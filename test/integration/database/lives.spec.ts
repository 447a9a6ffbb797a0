import { unstatedTables } from '@peyk/database';
import { createDataSource } from '@peyk/database';
import type { DatabaseOptions } from '@peyk/database';
import { migratedDatabase } from '@peyk/testing';
import { storingPrograms } from '../../../deploy/generate/apps';

const programs = storingPrograms();

describe('tables that grow for years', () => {
  it.each(programs)(
    '$name states a life for every table, and its conditions are SQL',
    async ({ databaseOptions, lives }) => {
      const options = (databaseUrl: string): DatabaseOptions =>
        databaseOptions({ databaseUrl, databasePoolMax: 2 });
      const database = await migratedDatabase(options);
      const source = await createDataSource(options(database.url)).initialize();
      try {
        expect(await unstatedTables(source, lives)).toEqual([]);
        for (const [table, life] of Object.entries(lives))
          if ('due' in life) await source.query(`SELECT FROM ${table} WHERE ${life.due} LIMIT 1`);
      } finally {
        await source.destroy();
        await database.drop();
      }
    },
  );

  it('billing prunes nothing but what the broker repeats', () => {
    const pruned = Object.entries(programs.find(({ name }) => name === 'billing')?.lives ?? {}).filter(
      ([, { kind }]) => !['kept', 'bounded', 'with'].includes(kind),
    );
    expect(pruned.map(([table]) => table)).toEqual(['inbox']);
  });
});
