import { unstatedTables } from '@peyk/database';
import type { DatabaseOptions, TableLives } from '@peyk/database';
import { createDataSource } from '@peyk/database';
import { migratedDatabase } from '@peyk/testing';
import { databaseOptions as billingOptions } from '../../../apps/billing/src/data-source';
import { billingLives } from '../../../apps/billing/src/retention';
import { databaseOptions as targetingOptions } from '../../../apps/campaign-targeting/src/data-source';
import { targetingLives } from '../../../apps/campaign-targeting/src/retention';
import { databaseOptions as identityOptions } from '../../../apps/identity/src/data-source';
import { identityLives } from '../../../apps/identity/src/retention';
import { databaseOptions as smsOptions } from '../../../apps/sms-gateway/src/data-source';
import { smsLives } from '../../../apps/sms-gateway/src/retention';

const programs: readonly (readonly [string, (url: string) => DatabaseOptions, TableLives])[] = [
  ['identity', (databaseUrl) => identityOptions({ databaseUrl, databasePoolMax: 2 }), identityLives()],
  ['billing', (url) => billingOptions(url, 2), billingLives()],
  [
    'campaign-targeting',
    (databaseUrl) => targetingOptions({ databaseUrl, databasePoolMax: 2 }),
    targetingLives({ madeListsKeepDays: 400 }),
  ],
  [
    'sms-gateway',
    (databaseUrl) => smsOptions({ databaseUrl, databasePoolMax: 2 }),
    smsLives({ messagesKeepDays: 400, sendsKeepDays: 1_830, inboxKeepDays: 730 }),
  ],
];

describe('tables that grow for years', () => {
  it.each(programs)(
    '%s states a life for every table, and its conditions are SQL',
    async (_name, options, lives) => {
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
    const pruned = Object.entries(billingLives()).filter(
      ([, { kind }]) => !['kept', 'bounded', 'with'].includes(kind),
    );
    expect(pruned.map(([table]) => table)).toEqual(['inbox']);
  });
});
