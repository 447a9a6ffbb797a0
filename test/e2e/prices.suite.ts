import { randomUUID } from 'node:crypto';
import type {
  GiftQuoteDto,
  GiftTiersDto,
  OwnPlanDto,
  OwnTariffsDto,
  PlanPurchaseDto,
  PlansDto,
  TariffRowDto,
  TariffScheduleDto,
} from '@peyk/contracts/billing';
import { eventually } from '@peyk/testing';
import { ApiClient, refusal } from '../support/api';
import { demo } from '../support/system';
import type { PeykSystem } from '../support/system';
import { platform } from './platform';

jest.setTimeout(300_000);

describe('prices, over HTTP', () => {
  let system: PeykSystem;
  let customer: ApiClient;
  let admin: ApiClient;
  const visitor = (): ApiClient => new ApiClient(system.baseUrl);

  beforeAll(async () => {
    system = await platform();
    const { customer: buyer, admin: boss } = demo;
    customer = await visitor().signIn(buyer.username, buyer.password);
    admin = await visitor().signIn(boss.username, boss.password);
  }, 300_000);

  it('BIL-005 BIL-020 BIL-021 everybody sees tariffs, tiers, and plans with the discount of now', async () => {
    expect((await visitor().request<GiftTiersDto>('GET', '/gifts/tiers')).tiers).toEqual([
      { fromRials: 1_000_000, toRials: 5_000_000, discountRials: 20 },
      { fromRials: 5_000_000, toRials: 20_000_000, discountRials: 40 },
      { fromRials: 20_000_000, toRials: null, discountRials: 70 },
    ]);
    const { plans, banners } = await visitor().request<PlansDto>('GET', '/plans');
    expect(banners).toMatchObject([{ text: '۳۰٪ تخفیف خرید سامانه پیامکی، ویژه روز پدر', planCode: null }]);
    expect(plans.find(({ code }) => code === 'business')).toMatchObject({
      priceRials: 5_000_000,
      discount: { percent: 30, priceRials: 3_500_000, title: 'ویژه روز پدر' },
    });
    expect(plans.find(({ code }) => code === 'start')?.discount).toBeNull();
  });

  it('BIL-004 BIL-204 final charge and gift of an amount typed in Toman', async () => {
    expect(await customer.request<GiftQuoteDto>('GET', '/gifts/quote?amountToman=500000')).toEqual({
      amountRials: 5_000_000,
      giftRials: 155_038,
      finalRials: 5_155_038,
      tier: { fromRials: 5_000_000, toRials: 20_000_000, discountRials: 40 },
      tariffRials: 1_330,
      effectiveTariffRials: 1_290,
    });
    for (const wrong of ['0', '-5', '10.5', 'ده', '900000000000001'])
      expect([
        wrong,
        ...(await refusal(customer.request('GET', `/gifts/quote?amountToman=${encodeURIComponent(wrong)}`))),
      ]).toEqual([wrong, 400, 'input.invalid']);
  });

  it('BIL-208 a plan is bought once with a key, at the price that was shown', async () => {
    const before = await customer.wallet();
    const buy = (priceRials: number, key: string): Promise<Response> =>
      customer.raw(
        'POST',
        '/plans/purchases',
        { planCode: 'business', priceRials },
        { 'idempotency-key': key },
      );
    const key = randomUUID();
    const dear = await buy(5_000_000, key);
    expect([dear.status, await dear.json()]).toMatchObject([
      409,
      { code: 'plan.priceChanged', details: { priceRials: 3_500_000 } },
    ]);
    const [first, again] = [await buy(3_500_000, key), await buy(3_500_000, key)];
    expect([first.status, again.status]).toEqual([201, 201]);
    const purchase = (await first.json()) as PlanPurchaseDto;
    expect(purchase).toMatchObject({ planCode: 'business', priceRials: 3_500_000 });
    expect(await again.json()).toEqual(purchase);
    expect(await (await buy(3_500_000, randomUUID())).json()).toMatchObject({ code: 'plan.alreadyActive' });
    expect(before.postedRials - (await customer.wallet()).postedRials).toBe(3_500_000);
    expect(await customer.request<OwnPlanDto>('GET', '/plans/own')).toMatchObject({
      plan: { code: 'business' },
      state: 'active',
    });
  });

  it('BIL-009 BIL-205 an administrator announces a tariff, takes it back, and gives a level', async () => {
    const tariffId = randomUUID();
    const announced = {
      level: 'reseller',
      lineClass: 'service',
      language: 'fa',
      operator: 'mci',
      rialsPerPart: 1_150,
      validFrom: '2090-06-01T00:00:00.000Z',
    };
    expect(
      await admin.request<TariffRowDto>('PUT', `/tariffs/schedule/${tariffId}`, announced),
    ).toMatchObject({ ...announced, id: tariffId, time: 'future' });
    const future = (): Promise<TariffScheduleDto> =>
      admin.request<TariffScheduleDto>('GET', '/tariffs/schedule?time=future&level=reseller');
    expect((await future()).tariffs.map(({ id }) => id)).toEqual([tariffId]);
    expect((await admin.raw('DELETE', `/tariffs/schedule/${tariffId}`)).status).toBe(204);
    expect((await future()).tariffs).toEqual([]);

    const setLevel = (level: string): Promise<unknown> =>
      admin.request('PUT', `/levels/customers/${demo.customer.id}`, { level, reason: 'آزمون' });
    // Billing knows the customer by an event.
    await eventually(() => setLevel('gold'));
    try {
      const { tariffs } = await customer.request<OwnTariffsDto>('GET', '/tariffs/own');
      expect(tariffs[0]).toEqual({
        lineClass: 'service',
        language: 'fa',
        operator: 'mci',
        rialsPerPart: 1_263,
      });
    } finally {
      await setLevel('standard');
    }
  });
});
