import { inWords } from './amount-words';

describe('inWords', () => {
  it.each([
    [0, 'صفر'],
    [7, 'هفت'],
    [19, 'نوزده'],
    [20, 'بیست'],
    [100, 'صد'],
    [115, 'صد و پانزده'],
    [999, 'نهصد و نود و نه'],
    [1_000, 'یک هزار'],
    [50_000, 'پنجاه هزار'],
    [1_200_000, 'یک میلیون و دویست هزار'],
    [2_000_000_005, 'دو میلیارد و پنج'],
    [999_999_999_999_999, expect.stringMatching(/^نهصد و نود و نه تریلیون و .* و نهصد و نود و نه$/)],
  ])('BIL-204 says %d', (value, words) => expect(inWords(value)).toEqual(words));

  it.each([-1, 1.5, 1e15, Number.NaN, Number.POSITIVE_INFINITY])('says nothing of %d', (value) =>
    expect(inWords(value)).toBeUndefined(),
  );
});
