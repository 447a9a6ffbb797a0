import { formatJalaliDateTime, toPersianDigits } from '@peyk/persian';

/** `۱٬۲۳۴٬۵۶۷` */
export function persianNumber(value: number): string {
  return toPersianDigits(value.toLocaleString('en-US').replaceAll(',', '٬'));
}

/** `۱۴۰۵/۰۹/۰۱ ۱۲:۳۰`, in Tehran. */
export function persianMoment(at: Date): string {
  return toPersianDigits(formatJalaliDateTime(at));
}
