import { randomUUID } from 'node:crypto';
import { operators } from '@peyk/contracts';
import {
  checkSchema,
  createDataSource,
  query,
  revertMigrations,
  runMigrations,
  Transactions,
} from '@peyk/database';
import { databaseOptions } from '../../../apps/billing/src/data-source';
import { seedDemo } from '../../../apps/billing/src/seed';
import { auditLedger } from '../../../apps/billing/src/ledger/ledger.audit';
import { PlansService } from '../../../apps/billing/src/plans/plans.service';
import { checkDiscounts } from '../../../apps/billing/src/tariffs/price-guard';
import { TariffsService } from '../../../apps/billing/src/tariffs/tariffs.service';
import { LedgerService } from '../../../apps/billing/src/ledger/ledger.service';
import { TiersService } from '../../../apps/billing/src/tiers/tiers.service';
import { WalletsService } from '../../../apps/billing/src/wallets/wallets.service';
import { dropScratch, scratchUrl } from '../database/scratch';
import { refusal, scratchDatabase } from './fixture';

describe("billing's database", () => {
  it('goes from nothing to the entities, back to nothing, and there again', async () => {
    const url = scratchUrl();
    const source = createDataSource(databaseOptions({ databaseUrl: url, databasePoolMax: 2 }));
    try {
      await runMigrations(source, { createDatabase: true });
      expect(await checkSchema(source)).toEqual([]);
      await revertMigrations(source);
      expect(
        await query(
          source,
          `SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
           UNION ALL SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace`,
        ),
      ).toEqual([{ name: 'migrations' }]);
      await runMigrations(source);
      expect(await checkSchema(source)).toEqual([]);
    } finally {
      await source.destroy();
      await dropScratch(url);
    }
  });

  it('BIL-205 is seeded once, and the newest tariff that is valid already wins', async () => {
    const url = await scratchDatabase();
    const source = await createDataSource(
      databaseOptions({ databaseUrl: url, databasePoolMax: 2 }),
    ).initialize();
    try {
      await seedDemo(source);
      await seedDemo(source);
      expect(
        await new WalletsService(source, new LedgerService()).read('0198f000-0000-7000-8000-00000000000a'),
      ).toMatchObject({
        postedRials: 500_000_000,
        heldRials: 0,
        availableRials: 500_000_000,
      });
      expect((await auditLedger(source)).differences).toEqual([]);

      const tariffs = new TariffsService(source);
      await new Transactions(source).run((tx) => checkDiscounts(tx));
      expect(await new TiersService(source, tariffs).quote(randomUUID(), 5_000_000)).toMatchObject({
        giftRials: 155_038,
        tariffRials: 1_330,
        effectiveTariffRials: 1_290,
      });
      expect((await new PlansService(source, new LedgerService()).list()).banners).toMatchObject([
        { text: '۳۰٪ تخفیف خرید سامانه پیامکی، ویژه روز پدر' },
      ]);
      const wanted = {
        customerId: '0198f000-0000-7000-8000-00000000000a',
        lineClass: 'service',
        language: 'fa',
      } as const;
      expect(await tariffs.prices(wanted)).toEqual({
        prices: operators.map((operator) => {
          const rialsPerPart = operator === 'mci' ? 1_330 : 1_463;
          return { operator, rialsPerPart, costRialsPerPart: rialsPerPart };
        }),
      });
      await source.query(
        `INSERT INTO tariffs (id, line_class, language, operator, valid_from, rials_per_part) VALUES
           (gen_random_uuid(), 'service', 'fa', 'mci', now() - interval '1 minute', 1400),
           (gen_random_uuid(), 'service', 'fa', 'mci', now() + interval '1 hour', 9999)`,
      );
      expect((await tariffs.prices(wanted)).prices[0]).toMatchObject({
        operator: 'mci',
        rialsPerPart: 1_400,
      });
      const { tariffs: list } = await tariffs.list();
      expect(list).toHaveLength(operators.length * 4);
      expect(
        list.filter(
          ({ operator, lineClass, language }) =>
            operator === 'mci' && lineClass === 'service' && language === 'fa',
        ),
      ).toMatchObject([{ rialsPerPart: 1_400 }]);

      await source.query(`DELETE FROM tariffs WHERE operator = 'shatel' AND language = 'en'`);
      expect(await refusal(tariffs.prices({ ...wanted, language: 'en' }))).toBe('tariff.missing');
    } finally {
      await source.destroy();
      await dropScratch(url);
    }
  });
});
