/**
 * The Jalali calendar and the Asia/Tehran day. Instants are native Dates (UTC inside); "Tehran" in a name says that
 * wall-clock time there decides. Summer time, kept until 2022, comes from the runtime's time zone data.
 */

const MS_PER_MINUTE = 60_000;
const MS_PER_HOUR = 60 * MS_PER_MINUTE;
const MS_PER_DAY = 24 * MS_PER_HOUR;
/** 1 Farvardin 1 in days from 1970-01-01. */
const JALALI_EPOCH_DAY = -492_268;
/** Leap years follow the 33-year rule, which is the official calendar's in these years. */
const JALALI_YEAR_MIN = 1200;
const JALALI_YEAR_MAX = 1500;

/** Month and day from 1. */
export interface JalaliDate {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** Gregorian date and time on a Tehran wall clock; month, day from 1; weekday 0 is Saturday, the week's first day. */
export interface TehranParts {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly weekday: number;
}

/** Whole hours of the Tehran day, `[from, to)`: from 0-23, to 1-24. From above to runs over midnight. */
export interface TehranHours {
  readonly from: number;
  readonly to: number;
}

const wallClock = new Intl.DateTimeFormat('en-US', {
  timeZone: 'Asia/Tehran',
  calendar: 'gregory',
  numberingSystem: 'latn',
  hourCycle: 'h23',
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  hour: 'numeric',
  minute: 'numeric',
  second: 'numeric',
});

/** Tehran has only ever changed its clock on a half hour of UTC, so the offset holds for the whole slot. */
const OFFSET_SLOT_MS = 30 * MS_PER_MINUTE;
/** The last answer: nearly all callers ask about now, or about rows of nearly one time, and Intl takes 10 us. */
let lastOffset = { slot: Number.NaN, offsetMs: 0 };

function tehranOffsetMs(timeMs: number): number {
  const slot = Math.floor(timeMs / OFFSET_SLOT_MS);
  if (slot !== lastOffset.slot) {
    const parts: Partial<Record<Intl.DateTimeFormatPartTypes, number>> = {};
    const slotMs = slot * OFFSET_SLOT_MS;
    for (const { type, value } of wallClock.formatToParts(slotMs)) parts[type] = Number(value);
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
    lastOffset = { slot, offsetMs: Date.UTC(year, month - 1, day, hour, minute, second) - slotMs };
  }
  return lastOffset.offsetMs;
}

/** Tehran's wall clock as if it were UTC, in ms: what makes plain day arithmetic possible. */
function toWallMs(date: Date): number {
  return date.getTime() + tehranOffsetMs(date.getTime());
}

/**
 * The instant a Tehran wall clock shows this. Where the clock skipped it (summer time began at midnight), the instant
 * it jumped; where it showed it twice, the first.
 */
function fromWallMs(wallMs: number): Date {
  // The offset was +3:30 or +4:30 in all years served here; the larger one gives the earlier instant.
  const summer = new Date(wallMs - 4.5 * MS_PER_HOUR);
  if (toWallMs(summer) === wallMs) return summer;
  const winter = new Date(wallMs - 3.5 * MS_PER_HOUR);
  if (toWallMs(winter) === wallMs) return winter;
  // 00:00-00:59 of the day summer time began: that day starts at its 01:00.
  return new Date(Math.floor(wallMs / MS_PER_HOUR) * MS_PER_HOUR + MS_PER_HOUR - 4.5 * MS_PER_HOUR);
}

/** Throws RangeError for an invalid Date, as do all functions here that take one. */
export function tehranParts(date: Date): TehranParts {
  const wallMs = toWallMs(date);
  const wall = new Date(wallMs);
  return {
    year: wall.getUTCFullYear(),
    month: wall.getUTCMonth() + 1,
    day: wall.getUTCDate(),
    hour: wall.getUTCHours(),
    minute: wall.getUTCMinutes(),
    second: wall.getUTCSeconds(),
    weekday: (wall.getUTCDay() + 1) % 7,
  };
}

/** Hour of the Tehran wall clock, 0-23. */
export function tehranHour(date: Date): number {
  return tehranParts(date).hour;
}

/** First instant of the Tehran day the date is in. */
export function startOfTehranDay(date: Date): Date {
  return fromWallMs(floorDay(toWallMs(date)));
}

/** First instant of the next Tehran day: the exclusive end of this one. */
export function endOfTehranDay(date: Date): Date {
  return fromWallMs(floorDay(toWallMs(date)) + MS_PER_DAY);
}

/** The same Tehran wall-clock time `days` days later (earlier if negative). */
export function addTehranDays(date: Date, days: number): Date {
  return fromWallMs(toWallMs(date) + days * MS_PER_DAY);
}

/** First instant of the Jalali month the date is in. */
export function startOfJalaliMonth(date: Date): Date {
  const { year, month } = toJalali(date);
  return fromJalali({ year, month, day: 1 });
}

/** First instant of the next Jalali month: the exclusive end of this one. */
export function endOfJalaliMonth(date: Date): Date {
  const { year, month } = toJalali(date);
  return fromJalali(month === 12 ? { year: year + 1, month: 1, day: 1 } : { year, month: month + 1, day: 1 });
}

/** Jalali date of the Tehran day the instant is in. */
export function toJalali(date: Date): JalaliDate {
  const day = Math.floor(toWallMs(date) / MS_PER_DAY) - JALALI_EPOCH_DAY;
  // 12,053 days in the 33-year cycle of 8 leap years.
  let year = 1 + Math.floor((33 * day + 3) / 12_053);
  let dayOfYear = day - daysBeforeYear(year);
  if (dayOfYear < 0) {
    year -= 1;
    dayOfYear = day - daysBeforeYear(year);
  }
  const month = dayOfYear < 186 ? Math.floor(dayOfYear / 31) : Math.floor((dayOfYear - 6) / 30);
  return { year, month: month + 1, day: dayOfYear - daysBeforeMonth(month + 1) + 1 };
}

/** A time on a wall clock: hours 0-23, minutes and seconds 0-59. */
export interface ClockTime {
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

/**
 * The instant of a Jalali day at a time of Tehran's clock, at its beginning by default. Throws RangeError for a day that
 * does not exist or years not 1200-1500.
 */
export function fromJalali(
  { year, month, day }: JalaliDate,
  { hour, minute, second }: ClockTime = { hour: 0, minute: 0, second: 0 },
): Date {
  if (!isJalaliDate({ year, month, day }))
    throw new RangeError(`no such Jalali date: ${year}/${month}/${day}`);
  const days = JALALI_EPOCH_DAY + daysBeforeYear(year) + daysBeforeMonth(month) + day - 1;
  return fromWallMs(days * MS_PER_DAY + ((hour * 60 + minute) * 60 + second) * 1_000);
}

/** Whether the Jalali calendar has this day (30 Esfand in leap years only); years 1200-1500. */
export function isJalaliDate({ year, month, day }: JalaliDate): boolean {
  if (![year, month, day].every(Number.isInteger)) return false;
  if (year < JALALI_YEAR_MIN || year > JALALI_YEAR_MAX || month < 1 || month > 12 || day < 1) return false;
  if (month === 12) return day <= (isJalaliLeapYear(year) ? 30 : 29);
  return day <= (month <= 6 ? 31 : 30);
}

/** Whether Esfand of the Jalali year has 30 days. */
export function isJalaliLeapYear(year: number): boolean {
  return (25 * year + 11) % 33 < 8;
}

/** `1405/08/30`, Latin digits, Tehran day. */
export function formatJalaliDate(date: Date): string {
  const { year, month, day } = toJalali(date);
  return `${String(year).padStart(4, '0')}/${pad(month)}/${pad(day)}`;
}

/** `1405/08/30 14:05`, Latin digits, Tehran wall clock. */
export function formatJalaliDateTime(date: Date): string {
  const { hour, minute } = tehranParts(date);
  return `${formatJalaliDate(date)} ${pad(hour)}:${pad(minute)}`;
}

/** Whether the instant lies in the hours. Throws RangeError for impossible hours. */
export function isWithinTehranHours(date: Date, hours: TehranHours): boolean {
  assertHours(hours);
  const hour = tehranHour(date);
  return hours.from < hours.to
    ? hour >= hours.from && hour < hours.to
    : hour >= hours.from || hour < hours.to;
}

/** The instant itself when it lies in the hours, else when they next open. Throws RangeError for impossible hours. */
export function nextTehranOpening(date: Date, hours: TehranHours): Date {
  if (isWithinTehranHours(date, hours)) return date;
  const wallMs = toWallMs(date);
  const today = floorDay(wallMs) + hours.from * MS_PER_HOUR;
  return fromWallMs(today > wallMs ? today : today + MS_PER_DAY);
}

function assertHours({ from, to }: TehranHours): void {
  const isPossible =
    Number.isInteger(from) && Number.isInteger(to) && from >= 0 && from <= 23 && to >= 1 && to <= 24;
  if (!isPossible || from === to) throw new RangeError(`impossible hours: ${from}-${to}`);
}

function daysBeforeYear(year: number): number {
  return 365 * (year - 1) + Math.floor((8 * year + 21) / 33);
}

function daysBeforeMonth(month: number): number {
  return month <= 7 ? 31 * (month - 1) : 186 + 30 * (month - 7);
}

function floorDay(wallMs: number): number {
  return Math.floor(wallMs / MS_PER_DAY) * MS_PER_DAY;
}

function pad(n: number): string {
  return String(n).padStart(2, '0');
}
