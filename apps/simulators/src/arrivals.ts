import type { Bale } from './bale/bale';
import type { OrderView } from './banks/bank-routes';
import { escape } from './banks/pages';
import type { Mailbox } from './mail/mailbox';
import type { Operator } from './operator/operator';
import { HtmlPage } from './operator/http-face';
import type { ControlRoutes } from './operator/http-face';

const SHOWN = 20;
const REFRESH_SECONDS = 3;

/** Where what arrives is kept. */
export interface Arrivals {
  readonly operator: () => Operator;
  readonly bale: Pick<Bale, 'codes' | 'messages'>;
  readonly mailbox: Pick<Mailbox, 'mails'>;
  /** Of the banks, newest first. */
  readonly orders: (limit: number) => readonly OrderView[];
}

/** `GET /`: who tries Peyk reads here, in a browser, the codes, texts, mails and payments that no phone gets. */
export function arrivalRoutes(arrivals: Arrivals): ControlRoutes {
  return { 'GET /': () => new HtmlPage(page(arrivals)) };
}

function page({ operator: operatorOf, bale, mailbox, orders }: Arrivals): string {
  const operator = operatorOf();
  const { total } = operator.findParts({}, 0, 0);
  const parts = operator.findParts({}, Math.max(0, total - SHOWN), SHOWN).items.toReversed();
  return `<!doctype html>
<html lang="fa" dir="rtl">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta http-equiv="refresh" content="${REFRESH_SECONDS}">
<title>رسیده‌ها به شبیه‌ساز</title>
<style>body{font-family:Vazirmatn,Tahoma,sans-serif;max-width:64rem;margin:1rem auto;padding:0 1rem;line-height:1.8}
table{width:100%;border-collapse:collapse}td,th{text-align:start;vertical-align:top;padding:.3rem .5rem;border-bottom:1px solid #ddd;overflow-wrap:anywhere}
th{color:#666;font-weight:normal}pre{margin:0;font:inherit;white-space:pre-wrap}p{color:#666}</style></head>
<body><h1>رسیده‌ها به شبیه‌ساز</h1>
<p>هر پیامک، رمز یک‌بارمصرف، ایمیل و پرداختی که پیکِ نمونه می‌فرستد این‌جا می‌رسد؛ هیچ‌کدام به گوشی یا بانک واقعی نمی‌رود. صفحه خودش تازه می‌شود.</p>
${section(
  'پیامک‌ها',
  ['زمان', 'از خط', 'به', 'متن'],
  parts.map(({ at, source, destination, text, concat }) => [
    time(at),
    ltr(source),
    ltr(destination),
    words((concat ? `(${concat.part} از ${concat.total}) ` : '') + (text ?? '')),
  ]),
)}
${section(
  'رمزهایی که سرویس بله فرستاد',
  ['زمان', 'به', 'رمز'],
  newest(bale.codes).map(({ at, mobile, code }) => [time(at), ltr(mobile), ltr(code)]),
)}
${section(
  'پیام‌های بازوی بله',
  ['زمان', 'به', 'متن'],
  newest(bale.messages).map(({ at, mobile, text }) => [time(at), ltr(mobile), words(text)]),
)}
${section(
  'ایمیل‌ها',
  ['زمان', 'به', 'موضوع', 'متن'],
  newest(mailbox.mails).map(({ at, to, subject, text }) => [
    time(at),
    ltr(to.join(', ')),
    words(subject),
    words(text),
  ]),
)}
${section(
  'پرداخت‌ها',
  ['زمان', 'بانک', 'شماره', 'مبلغ (ریال)', 'وضعیت'],
  orders(SHOWN).map(({ at, bank, id, amount, state }) => [
    time(at.created ?? 0),
    ltr(bank),
    ltr(id),
    new Intl.NumberFormat('fa-IR').format(amount),
    ltr(state),
  ]),
)}
</body>
</html>`;
}

/** Cells are HTML already. */
function section(title: string, heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const head = heads.map((each) => `<th scope="col">${each}</th>`).join('');
  const body = rows.map((cells) => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`).join('\n');
  const table = `<table><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table>`;
  return `<h2>${title}</h2>\n${rows.length > 0 ? table : '<p>هنوز چیزی نرسیده است.</p>'}`;
}

function newest<T>(list: readonly T[]): T[] {
  return list.slice(-SHOWN).toReversed();
}

function time(at: string | number): string {
  return new Date(at).toLocaleTimeString('fa-IR', { timeZone: 'Asia/Tehran' });
}

function ltr(text: string): string {
  return `<bdi dir="ltr">${escape(text)}</bdi>`;
}

function words(text: string): string {
  return `<pre dir="auto">${escape(text)}</pre>`;
}
