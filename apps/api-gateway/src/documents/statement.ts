import type { EntryKind, StatementEntryDto } from '@peyk/contracts/billing';
import type { SendTitleDto } from '@peyk/contracts/sms';
import { persianMoment, persianNumber } from './persian-numbers';

/** What people call the kinds of entries. */
export const kindTitles: Readonly<Record<EntryKind, string>> = {
  topup: 'شارژ آنلاین',
  gift: 'هدیه شارژ',
  trial: 'اعتبار آزمایشی',
  credit: 'افزایش اعتبار',
  capture: 'هزینه ارسال',
  refund: 'برگشت هزینه ارسال',
  purchase: 'خرید',
  transfer: 'انتقال اعتبار',
  reward: 'جایزه باشگاه مشتریان',
  margin: 'سود نمایندگی',
  correction: 'اصلاحیه',
};

/**
 * Columns of the CSV, which programs read too: whole Rial, as it is reckoned with, and the headings say so. What came in and what went out stand apart, so that no cell begins with a sign.
 */
export const statementHeadings = [
  'تاریخ',
  'زمان (ISO 8601)',
  'نوع',
  'شرح',
  'واریز (ریال)',
  'برداشت (ریال)',
  'مانده (ریال)',
  'شناسه ارسال',
  'شناسه تراکنش',
] as const;

export function statementRow(entry: StatementEntryDto): (string | number)[] {
  const { at, kind, reason, amountRials, balanceRials, holdId, transferId } = entry;
  const paidIn = amountRials > 0 ? amountRials : '';
  const paidOut = amountRials < 0 ? -amountRials : '';
  const day = persianMoment(new Date(at));
  return [day, at, kindTitles[kind], reason, paidIn, paidOut, balanceRials, holdId ?? '', transferId];
}

/** A send that nobody can name now. */
export const untitledSend = 'ارسال پیامک';
const titleLetters = 120;

/** What a row of a send is for. */
export function sendReason({ title, recipients }: SendTitleDto): string {
  const letters = [...title];
  const short = letters.length > titleLetters ? `${letters.slice(0, titleLetters).join('')}…` : title;
  const whom = `به ${persianNumber(recipients)} گیرنده`;
  return short === '' ? `${untitledSend} ${whom}` : `ارسال «${short}» ${whom}`;
}
