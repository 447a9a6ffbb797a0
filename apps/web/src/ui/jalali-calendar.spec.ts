import { jalaliCalendar as calendar } from './jalali-calendar';

const at = (iso: string): Date => new Date(iso);
const { locale } = calendar;
const show = (date: Date): string => locale.format('fa', date, 'YYYY/MM/DD HH:mm');

describe('the Jalali calendar of the pickers', () => {
  it('WEB-201 shows Tehran days and hours in Persian digits, wherever the browser is', () => {
    expect(show(at('2026-11-21T20:29:00Z'))).toBe('۱۴۰۵/۰۸/۳۰ ۲۳:۵۹');
    expect(show(at('2026-11-21T20:30:00Z'))).toBe('۱۴۰۵/۰۹/۰۱ ۰۰:۰۰');
  });

  it('WEB-201 reads dates in Persian, Arabic and Latin digits', () => {
    for (const text of ['۱۴۰۵/۰۸/۳۰ ۲۳:۵۹', '١٤٠٥/٠٨/٣٠ ٢٣:٥٩', '1405-8-30 23:59', '1405.08.30 23:59'])
      expect(locale.parse('fa', text, [])?.toISOString()).toBe('2026-11-21T20:29:00.000Z');
  });

  it('takes 30 Esfand of a leap year only, and nothing that is no date', () => {
    expect(locale.parse('fa', '1403/12/30', [])).not.toBeNull();
    for (const text of [
      '1404/12/30',
      '1405/07/31',
      '1405/13/01',
      '1405/01/00',
      '1405/01/01 24:00',
      'فردا',
      '',
    ])
      expect(locale.parse('fa', text, [])).toBeNull();
  });

  it('gives back what it shows, on every day of eight years', () => {
    for (
      let day = at('2021-03-20T06:00:00Z');
      day < at('2029-03-20T00:00:00Z');
      day = calendar.addDate(day, 1)
    ) {
      const parsed = locale.parse('fa', show(day), []);
      expect(parsed && show(parsed)).toBe(show(day));
    }
  });

  it('keeps the day within a month that is shorter', () => {
    const last = locale.parse('fa', '1405/06/31 10:00', []) as Date;
    expect(show(calendar.addMonth(last, 1))).toBe('۱۴۰۵/۰۷/۳۰ ۱۰:۰۰');
    expect(show(calendar.addMonth(last, -6))).toBe('۱۴۰۴/۱۲/۲۹ ۱۰:۰۰');
    expect(show(calendar.addYear(last, -2))).toBe('۱۴۰۳/۰۶/۳۱ ۱۰:۰۰');
    expect(show(calendar.setMonth(last, 11))).toBe('۱۴۰۵/۱۲/۲۹ ۱۰:۰۰');
    expect(show(calendar.getEndDate(last))).toBe('۱۴۰۵/۰۶/۳۱ ۱۰:۰۰');
  });

  it('begins weeks on Saturday', () => {
    const friday = locale.parse('fa', '1405/08/29', []) as Date;
    expect(calendar.getWeekDay(friday)).toBe(6);
    expect(show(locale.getWeekFirstDate('fa', friday))).toBe('۱۴۰۵/۰۸/۲۳ ۰۰:۰۰');
    expect(locale.getWeek('fa', locale.parse('fa', '1405/01/01', []) as Date)).toBe(1);
  });

  it('sets the clock and leaves the day', () => {
    const day = locale.parse('fa', '1405/08/30 10:20', []) as Date;
    expect(show(calendar.setHour(day, 0))).toBe('۱۴۰۵/۰۸/۳۰ ۰۰:۲۰');
    expect(show(calendar.setMinute(day, 59))).toBe('۱۴۰۵/۰۸/۳۰ ۱۰:۵۹');
  });
});
