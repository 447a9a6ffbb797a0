import type { MobileRejection } from '@peyk/persian';

const texts: Readonly<Record<MobileRejection | 'duplicate', string>> = {
  empty: 'خانه خالی است',
  not_a_number: 'شماره نیست',
  rounded_number: 'شماره را صفحه‌گسترده گرد کرده است',
  wrong_length: 'تعداد رقم‌ها درست نیست',
  duplicate: 'تکراری است',
  not_iranian: 'شماره‌ی ایران نیست',
  not_mobile: 'شماره‌ی همراه نیست',
};

/** Persian text of why a row was not usable; an unknown code stays as it is. */
export function reasonText(reason: string): string {
  return Object.hasOwn(texts, reason) ? texts[reason as keyof typeof texts] : reason;
}
