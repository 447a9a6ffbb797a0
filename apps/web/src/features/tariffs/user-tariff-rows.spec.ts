import { tariffRows } from './user-tariff-rows';

const own = [
  { lineClass: 'service', language: 'en', operator: 'mci', rialsPerPart: 300 },
  { lineClass: 'service', language: 'fa', operator: 'irancell', rialsPerPart: 120 },
  { lineClass: 'service', language: 'fa', operator: 'mci', rialsPerPart: 100 },
  { lineClass: 'advertising', language: 'fa', operator: 'mci', rialsPerPart: 90 },
] as const;
const set = (rialsPerPart: number, validFrom: string) =>
  ({
    lineClass: 'service',
    language: 'fa',
    operator: 'mci',
    rialsPerPart,
    costRialsPerPart: 100,
    validFrom,
  }) as const;
const now = new Date('2026-11-22T10:00:00Z');

describe('tariffRows', () => {
  it('BIL-009 has a line for each that the reseller pays, of one line class, Persian first', () => {
    expect(tariffRows(own, [], 'service', now).map(({ key }) => key)).toEqual([
      'fa mci',
      'fa irancell',
      'en mci',
    ]);
    expect(tariffRows(own, [], 'advertising', now)).toMatchObject([
      { costRials: 90, priceRials: 90, isSet: false },
    ]);
  });

  it('BIL-009 shows the price of now, and what is announced by its time', () => {
    const sets = [
      set(180, '2026-12-01T00:00:00.000Z'),
      set(150, '2026-11-22T10:00:00.000Z'),
      set(140, '2026-10-01T00:00:00.000Z'),
      set(170, '2026-11-25T00:00:00.000Z'),
    ];
    const [first, second] = tariffRows(own, sets, 'service', now);
    expect(first).toMatchObject({ costRials: 100, priceRials: 150, isSet: true });
    expect(first?.coming.map(({ rialsPerPart }) => rialsPerPart)).toEqual([170, 180]);
    expect(second).toMatchObject({ priceRials: 120, isSet: false, coming: [] });
  });
});
