import { bannersOf, promotionOf, discountedRials, discountOf } from './plan-prices';
import type { RunningPromotion } from './plan-prices';

const until = new Date('2027-01-01T00:00:00Z');
const promotion = (over: Partial<RunningPromotion>): RunningPromotion => ({
  id: 'c',
  planCode: null,
  planTitle: null,
  title: 'ویژه روز پدر',
  percent: 30,
  until,
  ...over,
});

describe('prices of plans', () => {
  it('BIL-208 lowers a price by percent, down to whole Rial, exactly also where a double is not', () => {
    expect(discountedRials(5_000_000, 30)).toBe(3_500_000);
    expect(discountedRials(101, 30)).toBe(70);
    expect(discountedRials(1, 1)).toBe(0);
    expect(discountedRials(1_000, 100)).toBe(0);
    expect(discountedRials(8_999_999_999_999_999, 1)).toBe(8_909_999_999_999_999);
  });

  it('BIL-208 takes the greatest discount alone, and none of a free plan or of another one', () => {
    const running = [
      promotion({ id: 'own', planCode: 'business', percent: 40 }),
      promotion({ id: 'all', percent: 30 }),
      promotion({ id: 'less', planCode: 'start', percent: 10 }),
    ];
    expect(promotionOf(running, { code: 'business', priceRials: 10 })?.id).toBe('own');
    expect(promotionOf(running, { code: 'start', priceRials: 10 })?.id).toBe('all');
    expect(promotionOf(running, { code: 'business', priceRials: 0 })).toBeUndefined();
    expect(promotionOf(running.slice(2), { code: 'business', priceRials: 10 })).toBeUndefined();
    expect(discountOf(10, promotion({}))).toEqual({
      title: 'ویژه روز پدر',
      percent: 30,
      priceRials: 7,
      until: '2027-01-01T00:00:00.000Z',
    });
  });

  it('BIL-020 advertises in the words of the banner', () => {
    expect(
      bannersOf([promotion({}), promotion({ planCode: 'business', planTitle: 'حرفه‌ای', percent: 5 })]),
    ).toMatchObject([
      { text: '۳۰٪ تخفیف خرید سامانه پیامکی، ویژه روز پدر', planCode: null },
      { text: '۵٪ تخفیف خرید طرح حرفه‌ای، ویژه روز پدر', planCode: 'business' },
    ]);
  });
});
