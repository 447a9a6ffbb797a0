import { formatJalaliDateTime, toPersianDigits } from '@peyk/persian';

/** `۱٬۲۳۴٬۵۶۷` */
export function persianNumber(value: number): string {
  return toPersianDigits(value.toLocaleString('en-US').replaceAll(',', '٬'));
}

/** An amount in Toman, whose tenth is the odd Rial: `۱٬۲۳۴٫۵`. What is below 0 has its sign in front. */
export function persianToman(rials: number): string {
  return persianNumber(rials / 10)
    .replace('.', '٫')
    .replace('-', '\u2212');
}

/** `۱۴۰۵/۰۹/۰۱ ۱۲:۳۰`, in Tehran. */
export function persianMoment(at: Date): string {
  return toPersianDigits(formatJalaliDateTime(at));
}
