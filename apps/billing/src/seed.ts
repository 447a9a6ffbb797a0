import { languages, lineClasses, operators } from '@peyk/contracts';
import type { Language, LineClass } from '@peyk/contracts';
import { runDatabaseCommand } from '@peyk/database';
import type { DataSource } from 'typeorm';
import { BillingConfig } from './config';
import { databaseOptions } from './data-source';
import { LedgerService } from './ledger/ledger.service';
import { WalletsService } from './wallets/wallets.service';

/** Rial a part: of MCI, of every other operator. */
const demoTariffs: Readonly<
  Record<LineClass, Readonly<Record<Language, readonly [mci: number, others: number]>>>
> = {
  service: { fa: [1_330, 1_463], en: [3_325, 3_657] },
  advertising: { fa: [1_100, 1_210], en: [2_750, 3_025] },
};
/** What a level pays of it, percent. */
const demoLevels: Readonly<Record<string, number>> = { standard: 100, gold: 95, reseller: 90 };
/** Below each tariff of a Persian part. */
const demoTiers: readonly (readonly [fromRials: number, toRials: number | null, discountRials: number])[] = [
  [1_000_000, 5_000_000, 20],
  [5_000_000, 20_000_000, 40],
  [20_000_000, null, 70],
];
const demoTierSetId = '0198f000-0000-7000-8000-0000000d0001';
const demoCampaignId = '0198f000-0000-7000-8000-0000000d0002';
/** First day of 1405. */
const demoValidFrom = '2026-03-21T00:00:00+03:30';

const demoCredits = [
  {
    transferId: '0198f000-0000-7000-8000-0000000c0001',
    // SITE_ACCOUNT_ID of sms-gateway, by default.
    customerId: '0198f000-0000-7000-8000-000000000001',
    amountRials: 100_000_000,
    reason: 'شارژ پیامک‌های سامانه',
  },
  {
    transferId: '0198f000-0000-7000-8000-0000000c000a',
    customerId: '0198f000-0000-7000-8000-00000000000a',
    amountRials: 500_000_000,
    reason: 'شارژ نمونه',
  },
  {
    transferId: '0198f000-0000-7000-8000-0000000c000b',
    customerId: '0198f000-0000-7000-8000-00000000000b',
    amountRials: 5_000_000,
    reason: 'شارژ نمونه',
  },
  {
    transferId: '0198f000-0000-7000-8000-0000000c000c',
    customerId: '0198f000-0000-7000-8000-00000000000c',
    amountRials: 50_000_000,
    reason: 'شارژ نمونه',
  },
];

/** Prices and wallets of the demo; run again it changes nothing. */
export async function seedDemo(dataSource: DataSource): Promise<void> {
  await seedTariffs(dataSource);
  await seedTiers(dataSource);
  await dataSource.query(
    `INSERT INTO plan_campaigns (id, title, percent, valid_from, valid_until)
       VALUES ($1, 'ویژه روز پدر', 30, now(), now() + interval '30 days') ON CONFLICT DO NOTHING`,
    [demoCampaignId],
  );
  const wallets = new WalletsService(dataSource, new LedgerService());
  for (const credit of demoCredits) await wallets.credit(credit);
}

async function seedTariffs(dataSource: DataSource): Promise<void> {
  for (const lineClass of lineClasses) {
    for (const language of languages) {
      const [mci, others] = demoTariffs[lineClass][language];
      for (const [level, percent] of Object.entries(demoLevels)) {
        for (const operator of operators) {
          const rials = Math.floor(((operator === 'mci' ? mci : others) * percent) / 100);
          await dataSource.query(
            `INSERT INTO tariffs (id, level, line_class, language, operator, valid_from, rials_per_part)
               VALUES (gen_random_uuid(), $1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING`,
            [level, lineClass, language, operator, demoValidFrom, rials],
          );
        }
      }
    }
  }
}

async function seedTiers(dataSource: DataSource): Promise<void> {
  await dataSource.query(
    'INSERT INTO gift_tier_sets (id, valid_from) VALUES ($1, $2) ON CONFLICT DO NOTHING',
    [demoTierSetId, demoValidFrom],
  );
  for (const tier of demoTiers) {
    await dataSource.query(
      `INSERT INTO gift_tiers (set_no, from_rials, to_rials, discount_rials)
         SELECT no, $2, $3, $4 FROM gift_tier_sets WHERE id = $1 ON CONFLICT DO NOTHING`,
      [demoTierSetId, ...tier],
    );
  }
}

if (require.main === module) {
  runDatabaseCommand(
    { program: 'billing', action: 'seed', config: BillingConfig, database: databaseOptions },
    ({ dataSource }) => seedDemo(dataSource),
  );
}
