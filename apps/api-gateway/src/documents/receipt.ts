import type { TopupReceiptDto } from '@peyk/contracts/billing';
import { toPersianDigits } from '@peyk/persian';
import { PersianDocument } from './persian-document';
import { persianMoment, persianNumber, persianToman } from './persian-numbers';

/** Receipt of a top-up as PDF, one page (BIL-214). @param madeAt when this copy was made */
export async function receiptPdf(receipt: TopupReceiptDto, madeAt: Date): Promise<Buffer> {
  const page = new PersianDocument('رسید افزایش اعتبار', madeAt);
  const whole = { x: page.x, width: page.width };
  page.line('رسید افزایش اعتبار', { ...whole, y: page.top }, { size: 18, bold: true });
  page.line('پیک', { ...whole, y: page.top }, { size: 18, bold: true, align: 'left' });
  let y = page.top + 44;
  for (const [label, value, direction] of facts(receipt)) {
    page.line(label, { ...whole, y }, { size: 11, color: '#666666' });
    page.line(value, { x: page.x, y, width: page.width * 0.65 }, { size: 11, bold: true, direction });
    y += 26;
    page.rule(y - 6);
  }
  const note = 'این رسید به‌صورت خودکار صادر شده است و به مهر و امضا نیاز ندارد.';
  page.line(note, { ...whole, y: y + 10 }, { size: 9, color: '#666666' });
  return page.finish(() => `تهیه در ${persianMoment(madeAt)}`);
}

function facts(receipt: TopupReceiptDto): (readonly [label: string, value: string, direction?: 'ltr'])[] {
  const { card } = receipt;
  return [
    ['پرداخت‌کننده', receipt.customerName],
    ['مبلغ پرداختی', money(receipt.amountRials)],
    ['هدیه شارژ', `${persianToman(receipt.giftRials)} تومان`],
    ['افزوده به اعتبار', `${persianToman(receipt.totalRials)} تومان`],
    ['بانک', receipt.bankTitle],
    ['شماره مرجع', toPersianDigits(receipt.referenceNumber)],
    ['شماره سفارش', toPersianDigits(receipt.orderNumber)],
    ...(card ? [['کارت', toPersianDigits(card), 'ltr'] as const] : []),
    ['زمان', persianMoment(new Date(receipt.creditedAt))],
    ['شناسه', receipt.topupId],
  ];
}

/** The bank's own papers say Rial: what was paid stands in both. */
function money(rials: number): string {
  return `${persianToman(rials)} تومان (${persianNumber(rials)} ریال)`;
}
