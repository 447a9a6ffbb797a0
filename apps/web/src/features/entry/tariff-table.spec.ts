import { tariffRows } from './tariff-table';

const tariff = (operator: 'mci' | 'irancell' | 'other', language: 'fa' | 'en', rialsPerPart: number) => ({
  ...{ operator, language, rialsPerPart, lineClass: 'service' as const },
  validFrom: '2026-03-20T20:30:00.000Z',
});

describe('the public price list', () => {
  it('BIL-021 has one row for operators of the same prices, in the given order', () => {
    const rows = tariffRows(
      [
        tariff('other', 'en', 3025),
        tariff('irancell', 'fa', 1210),
        tariff('mci', 'fa', 1100),
        tariff('other', 'fa', 1210),
        tariff('irancell', 'en', 3025),
      ],
      ['mci', 'irancell', 'rightel', 'other'],
    );
    expect(rows).toEqual([
      { operators: ['mci'], rials: { 'service fa': 1100 } },
      { operators: ['irancell', 'other'], rials: { 'service fa': 1210, 'service en': 3025 } },
    ]);
  });
});
