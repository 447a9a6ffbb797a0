import { checkSchema, createDataSource, revertMigrations, runMigrations } from '@peyk/database';
import { databaseOptions, smsMigrations } from '../../../apps/sms-gateway/src/data-source';
import { dropScratch, scratchUrl } from '../database/scratch';

describe("sms-gateway's migrations", () => {
  const databaseUrl = scratchUrl();
  const dataSource = createDataSource(databaseOptions({ databaseUrl, databasePoolMax: 2 }));
  afterAll(async () => {
    if (dataSource.isInitialized) await dataSource.destroy();
    await dropScratch(databaseUrl);
  });

  it('lead from empty to what the entities say, back, and there again', async () => {
    const { ran } = await runMigrations(dataSource, { createDatabase: true });
    expect(ran).toHaveLength(smsMigrations.length);
    expect(await checkSchema(dataSource)).toEqual([]);
    expect(await revertMigrations(dataSource)).toEqual([...ran].reverse());
    expect((await runMigrations(dataSource)).ran).toEqual(ran);
    expect(await checkSchema(dataSource)).toEqual([]);
  });
});
