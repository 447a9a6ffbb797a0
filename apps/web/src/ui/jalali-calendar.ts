import {
  addTehranDays,
  fromJalali,
  isJalaliDate,
  isJalaliLeapYear,
  startOfTehranDay,
  tehranParts,
  toJalali,
  toLatinDigits,
  toPersianDigits,
} from '@peyk/persian';
import type { ClockTime, JalaliDate } from '@peyk/persian';
import type { GenerateConfig } from '@rc-component/picker/generate';
import { jalaliMonths } from './format';

const dayMs = 86_400_000;

function daysIn(year: number, month: number): number {
  if (month === 12) return isJalaliLeapYear(year) ? 30 : 29;
  return month <= 6 ? 31 : 30;
}

/** The same Tehran clock time on another Jalali day; a day that the month lacks becomes its last. */
function onDay(value: Date, year: number, month: number, day: number): Date {
  const safeYear = Math.min(1500, Math.max(1200, year));
  return at(
    { year: safeYear, month, day: Math.min(day, daysIn(safeYear, month)) },
    value,
    tehranParts(value),
  );
}

/** With the milliseconds of the value. */
function at(day: JalaliDate, value: Date, clock: ClockTime): Date {
  return new Date(fromJalali(day, clock).getTime() + value.getMilliseconds());
}

function addMonths(value: Date, count: number): Date {
  const { year, month, day } = toJalali(value);
  const index = year * 12 + month - 1 + count;
  return onDay(value, Math.floor(index / 12), (index % 12) + 1, day);
}

/** Weeks of the Jalali year, the first is that of 1 Farvardin; weeks begin on Saturday. */
function weekOf(value: Date): number {
  const { year } = toJalali(value);
  const first = fromJalali({ year, month: 1, day: 1 });
  const days = Math.round((startOfTehranDay(value).getTime() - first.getTime()) / dayMs);
  return Math.floor((days + tehranParts(first).weekday) / 7) + 1;
}

type Token = 'YYYY' | 'MMMM' | 'MMM' | 'MM' | 'M' | 'DD' | 'D' | 'HH' | 'mm' | 'ss' | 'SSS';
const tokens = /YYYY|MMMM|MMM|MM|M|DD|D|HH|mm|ss|SSS/g;

function format(value: Date, pattern: string): string {
  const { year, month, day } = toJalali(value);
  const { hour, minute, second } = tehranParts(value);
  const pad = (part: number, length = 2): string => String(part).padStart(length, '0');
  const name = jalaliMonths[month - 1] ?? '';
  const words: Readonly<Record<Token, string>> = {
    YYYY: pad(year, 4),
    MMMM: name,
    MMM: name,
    MM: pad(month),
    M: String(month),
    DD: pad(day),
    D: String(day),
    HH: pad(hour),
    mm: pad(minute),
    ss: pad(second),
    SSS: pad(value.getMilliseconds(), 3),
  };
  return toPersianDigits(pattern.replace(tokens, (token) => words[token as Token]));
}

/** Typed dates: either digit form; `/`, `-` or `.` between the parts. Null for a day that does not exist. */
function parse(text: string): Date | null {
  const [, year, month, day, hour = '0', minute = '0', second = '0'] =
    /^\s*(\d{4})[/.-](\d{1,2})[/.-](\d{1,2})(?:[ T]+(\d{1,2}):(\d{1,2})(?::(\d{1,2}))?)?\s*$/.exec(
      toLatinDigits(text),
    ) ?? [];
  const typed = { year: Number(year), month: Number(month), day: Number(day) };
  const clock = { hour: Number(hour), minute: Number(minute), second: Number(second) };
  if (!isJalaliDate(typed) || clock.hour > 23 || clock.minute > 59 || clock.second > 59) return null;
  return fromJalali(typed, clock);
}

/**
 * The Jalali calendar on Tehran's clock for antd's pickers. Values stay instants, wherever the browser is; months
 * count from 0, as the picker wants it.
 */
export const jalaliCalendar: GenerateConfig<Date> = {
  getNow: () => new Date(),
  getFixedDate: (fixed) => new Date(fixed),
  getEndDate: (value) => {
    const { year, month } = toJalali(value);
    return onDay(value, year, month, daysIn(year, month));
  },
  getWeekDay: (value) => tehranParts(value).weekday,
  getYear: (value) => toJalali(value).year,
  getMonth: (value) => toJalali(value).month - 1,
  getDate: (value) => toJalali(value).day,
  getHour: (value) => tehranParts(value).hour,
  getMinute: (value) => tehranParts(value).minute,
  getSecond: (value) => tehranParts(value).second,
  getMillisecond: (value) => value.getMilliseconds(),
  addYear: (value, count) => addMonths(value, 12 * count),
  addMonth: addMonths,
  addDate: addTehranDays,
  setYear: (value, year) => {
    const { month, day } = toJalali(value);
    return onDay(value, year, month, day);
  },
  setMonth: (value, month) => {
    const { year, day } = toJalali(value);
    return onDay(value, year, month + 1, day);
  },
  setDate: (value, day) => {
    const { year, month } = toJalali(value);
    return onDay(value, year, month, day);
  },
  setHour: (value, hour) => at(toJalali(value), value, { ...tehranParts(value), hour }),
  setMinute: (value, minute) => at(toJalali(value), value, { ...tehranParts(value), minute }),
  setSecond: (value, second) => at(toJalali(value), value, { ...tehranParts(value), second }),
  setMillisecond: (value, ms) => new Date(fromJalali(toJalali(value), tehranParts(value)).getTime() + ms),
  isAfter: (one, other) => one.getTime() > other.getTime(),
  isValidate: (value) => !Number.isNaN(value.getTime()),
  locale: {
    // The picker's 0 is what getWeekDay calls 0: Saturday.
    getWeekFirstDay: () => 0,
    getWeekFirstDate: (_locale, value) => addTehranDays(value, -tehranParts(value).weekday),
    getWeek: (_locale, value) => weekOf(value),
    format: (_locale, value, pattern) => format(value, pattern),
    parse: (_locale, text) => parse(text),
    getShortWeekDays: () => ['ش', 'ی', 'د', 'س', 'چ', 'پ', 'ج'],
    getShortMonths: () => [...jalaliMonths],
  },
};
