import { boundOf, doubtText, pacePercent, paceText, statusName } from './link-figures';

describe('figures of a link', () => {
  it('measures the pace by the contract, and not without one', () => {
    expect(pacePercent({ currentPartsPerSecond: 250, partsPerSecond: 1_000 })).toBe(25);
    expect(pacePercent({ currentPartsPerSecond: 1_010, partsPerSecond: 1_000 })).toBe(100);
    expect(pacePercent({ currentPartsPerSecond: 250, partsPerSecond: 0 })).toBe(0);
    expect(paceText({ currentPartsPerSecond: 12.25, partsPerSecond: 1_000 })).toBe(
      '۱۲٫۳ از ۱٬۰۰۰ بخش در ثانیه',
    );
    expect(paceText({ currentPartsPerSecond: 0, partsPerSecond: 0 })).toBe('۰ بخش در ثانیه، بی‌سقف');
  });

  it('counts a throttled bind as connected, the others not', () => {
    const binds = (['bound', 'throttled', 'connecting', 'closed'] as const).map((state, no) => ({
      no,
      state,
    }));
    expect(boundOf({ binds })).toBe(2);
  });

  it('says what becomes of a doubt that nobody settles', () => {
    expect(doubtText({ doubtWaitSeconds: null, doubtSettlesAs: 'sent' })).toContain('مدیر');
    expect(doubtText({ doubtWaitSeconds: 3_600, doubtSettlesAs: 'sent' })).toBe(
      'پس از ۱ ساعت فرستاده به شمار می‌رود',
    );
    expect(doubtText({ doubtWaitSeconds: 3_600, doubtSettlesAs: 'failed' })).toContain('ناموفق');
  });

  it('names what the operator answered', () => {
    expect(statusName(0x58)).toBe('0x58 ESME_RTHROTTLED');
    expect(statusName(0x400)).toBe('0x400');
    expect(statusName(0)).toBe('بی‌کد');
  });
});
