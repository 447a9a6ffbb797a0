/**
 * What a text, a day and a moment are, everywhere: what passes here, PostgreSQL, JSON and the calendars take too.
 */

/** Whole letters only, and no U+0000: PostgreSQL stores neither that nor half a surrogate pair. */
export function isText(value: string): boolean {
  return !value.includes('\0') && value.isWellFormed();
}

/** Years of what happens here. Within them the Jalali calendar is certain, and no time zone leads to a year of five digits. */
const firstYear = 1900;

const lastYear = 2100;

/** A day that exists, `YYYY-MM-DD` (Gregorian), of the years 1900 to 2100. */
export function isDay(value: unknown): boolean {
  const [, year = '', month = '', day = ''] =
    (typeof value === 'string' && /^(\d{4})-(\d{2})-(\d{2})$/.exec(value)) || [];
  if (Number(year) < firstYear || Number(year) > lastYear) return false;
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  return date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day);
}

// Hours to 23, seconds to 59 (no 24:00, no leap second); offsets to 14 hours, as far as time zones go.
const timeAndZone = /^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,9})?)?(Z|[+-](0\d|1[0-3]):[0-5]\d|[+-]14:00)$/;

/**
 * A moment of ISO 8601: a day that exists, `T`, a time that exists, and `Z` or an offset. What Date.parse makes of
 * other days (31 February becomes 3 March) nobody asked for.
 */
export function isInstant(value: unknown): boolean {
  return (
    typeof value === 'string' &&
    value.length <= 40 &&
    value[10] === 'T' &&
    isDay(value.slice(0, 10)) &&
    timeAndZone.test(value.slice(11)) &&
    // In UTC too: that is how it is stored and answered.
    isDay(new Date(value).toISOString().slice(0, 10))
  );
}
