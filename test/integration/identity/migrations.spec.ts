import { Logger } from '@nestjs/common';
import { checkSchema, createDataSource, revertMigrations, runMigrations } from '@peyk/database';
import { databaseOptions } from '../../../apps/identity/src/data-source';
import { dropScratch, scratchUrl } from '../database/scratch';

jest.setTimeout(90_000);

describe("identity's migrations", () => {
  const databaseUrl = scratchUrl();
  const dataSource = createDataSource(databaseOptions({ databaseUrl, databasePoolMax: 2 }));
  beforeAll(() => {
    Logger.overrideLogger(['fatal']);
  });
  afterAll(async () => {
    if (dataSource.isInitialized) await dataSource.destroy();
    await dropScratch(databaseUrl);
  });

  it('lead from empty to what the entities say, back, and there again', async () => {
    const { createdDatabase, ran } = await runMigrations(dataSource, { createDatabase: true });
    expect(createdDatabase).toBe(true);
    expect(ran).toHaveLength(databaseOptions({ databaseUrl, databasePoolMax: 2 }).migrations.length);
    expect(await checkSchema(dataSource)).toEqual([]);
    expect(await revertMigrations(dataSource)).toEqual([...ran].reverse());
    expect((await runMigrations(dataSource)).ran).toEqual(ran);
    expect(await checkSchema(dataSource)).toEqual([]);
    expect((await runMigrations(dataSource)).ran).toEqual([]);
  });
});
