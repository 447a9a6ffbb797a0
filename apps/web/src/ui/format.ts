import {
  formatJalaliDate,
  formatJalaliDateTime,
  tehranParts,
  toJalali,
  toPersianDigits,
} from '@peyk/persian';

/** Everything that a person reads goes through here: Persian digits, Jalali dates, Asia/Tehran (WEB-201). */
export const digits = toPersianDigits;

const months = [
  'فروردین',
  'اردیبهشت',
  'خرداد',
  'تیر',
  'مرداد',
  'شهریور',
  'مهر',
  'آبان',
  'آذر',
  'دی',
  'بهمن',
  'اسفند',
];
const weekdays = ['شنبه', 'یکشنبه', 'دوشنبه', 'سه‌شنبه', 'چهارشنبه', 'پنجشنبه', 'جمعه'];

/** `۱۲٬۳۴۵`, `۱٫۵`. */
export function number(value: number, fractionDigits = 0): string {
  const text = value.toLocaleString('en-US', { maximumFractionDigits: fractionDigits });
  return digits(text.replaceAll(',', '٬').replace('.', '٫').replace('-', '\u2212'));
}

/** Amounts are kept in Rial and read in Toman: `۱۲٬۳۴۵ تومان`, with the odd Rial as a fraction. */
export function toman(rials: number): string {
  return `${number(rials / 10, 1)} تومان`;
}

/** `۴۲٪` of the whole; nothing of nothing is 0. */
export function percent(part: number, whole: number): string {
  return `${number(whole > 0 ? (100 * part) / whole : 0, 1)}٪`;
}

/** `۱۴۰۵/۰۸/۳۰`. */
export function date(instant: string | Date): string {
  return digits(formatJalaliDate(new Date(instant)));
}

/** `۱۴۰۵/۰۸/۳۰ ۱۴:۰۵`. */
export function dateTime(instant: string | Date): string {
  return digits(formatJalaliDateTime(new Date(instant)));
}

/** `۱۴۰۵/۰۸/۳۰ ۱۴:۰۵:۰۹`: where what happened within a minute can be distinguished. */
export function moment(instant: string | Date): string {
  return `${dateTime(instant)}:${digits(pad(tehranParts(new Date(instant)).second))}`;
}

/** `۱۴:۰۵`. */
export function time(instant: string | Date): string {
  const { hour, minute } = tehranParts(new Date(instant));
  return digits(`${pad(hour)}:${pad(minute)}`);
}

/** `شنبه ۳۰ آبان ۱۴۰۵`. */
export function longDate(instant: string | Date): string {
  const at = new Date(instant);
  const { year, month, day } = toJalali(at);
  return digits(`${weekdays[tehranParts(at).weekday]} ${day} ${months[month - 1]} ${year}`);
}

/** `۳۰ آبان`. */
export function dayAndMonth(instant: string | Date): string {
  const { month, day } = toJalali(new Date(instant));
  return digits(`${day} ${months[month - 1]}`);
}

/** `۲ ساعت و ۵ دقیقه`, `۴۰ ثانیه`: rounded to two units. */
export function duration(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1_000));
  const units: readonly (readonly [number, string])[] = [
    [Math.floor(seconds / 86_400), 'روز'],
    [Math.floor(seconds / 3_600) % 24, 'ساعت'],
    [Math.floor(seconds / 60) % 60, 'دقیقه'],
    [seconds % 60, 'ثانیه'],
  ];
  const first = units.findIndex(([count]) => count > 0);
  if (first < 0) return 'کمتر از یک ثانیه';
  const said = units.slice(first, first + 2).filter(([count]) => count > 0);
  return said.map(([count, unit]) => `${number(count)} ${unit}`).join(' و ');
}

/** How long ago, or the date of what is older than a week. */
export function ago(instant: string | Date, now = new Date()): string {
  const at = new Date(instant);
  const ms = now.getTime() - at.getTime();
  if (ms < 60_000) return 'همین حالا';
  if (ms > 7 * 86_400_000) return dateTime(at);
  const [unit] = duration(ms).split(' و ');
  return `${unit} پیش`;
}

/** `۱٫۵ مگابایت`. */
export function bytes(count: number): string {
  if (count < 1_024) return `${number(count)} بایت`;
  if (count < 1_024 * 1_024) return `${number(count / 1_024)} کیلوبایت`;
  return `${number(count / (1_024 * 1_024), 1)} مگابایت`;
}

/** `0912 111 2233` for reading, from any form the API gives (`98912...`, `0912...`); shown left to right. */
export function mobile(msisdn: string): string {
  const local = msisdn.replace(/^\+?98/, '0');
  return digits(
    /^09\d{9}$/.test(local) ? `${local.slice(0, 4)} ${local.slice(4, 7)} ${local.slice(7)}` : local,
  );
}

/** Fills `{name}` of a text; numbers become Persian. */
export function fill(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name];
    if (value === undefined) return whole;
    return typeof value === 'number' ? number(value) : value;
  });
}

function pad(value: number): string {
  return String(value).padStart(2, '0');
}
export { months as jalaliMonths, weekdays as jalaliWeekdays };
