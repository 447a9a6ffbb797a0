import { html } from './bank';
import type { Answer, Callback, Outcome } from './bank';
import type { Order } from './order';

const CHOICES: readonly (readonly [Outcome, string])[] = [
  ['pay', 'پرداخت'],
  ['cancel', 'انصراف'],
  ['insufficient', 'پرداخت با کارتِ کم‌موجودی'],
  ['failed', 'پرداخت با خطای صادرکنندهٔ کارت'],
];

const rials = new Intl.NumberFormat('fa-IR');

/** Where the payer pays or goes away: the choice is posted to `action` as `outcome`, with `fields`. */
export function paymentPage(
  bank: string,
  merchant: string,
  order: Order,
  action: string,
  fields: Readonly<Record<string, string>>,
): Answer {
  const { amount, description, id } = order.request;
  const buttons = CHOICES.map(
    ([outcome, label]) => `<button name="outcome" value="${outcome}">${label}</button>`,
  );
  return page(
    bank,
    `<dl><dt>پذیرنده</dt><dd>${escape(merchant)}</dd>
<dt>مبلغ</dt><dd>${rials.format(amount)} ریال</dd>
<dt>شمارهٔ درخواست</dt><dd><bdi>${escape(id)}</bdi></dd>
<dt>شرح</dt><dd>${escape(description)}</dd></dl>
<form method="post" action="${escape(action)}">${hidden(fields)}${buttons.join('')}</form>
<p>این صفحه شبیه‌ساز است؛ هیچ پولی جابه‌جا نمی‌شود.</p>`,
  );
}

/** Takes the browser back with a form that posts itself, or by its button (BIL-011). */
export function returnPage(bank: string, callback: Callback): Answer {
  return page(
    bank,
    `<form method="post" action="${escape(callback.url)}">${hidden(callback.fields)}
<button>بازگشت به سایت پذیرنده</button></form>
<script>document.forms[0].submit()</script>`,
  );
}

export function messagePage(bank: string, text: string, status = 200): Answer {
  return page(bank, `<p>${escape(text)}</p>`, status);
}

function page(bank: string, content: string, status = 200): Answer {
  return html(
    `<!doctype html>
<html lang="fa" dir="rtl">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escape(bank)}</title>
<style>body{font-family:Vazirmatn,Tahoma,sans-serif;max-width:28rem;margin:2rem auto;padding:0 1rem;line-height:2}
dt{color:#666}dd{margin:0 0 .5rem}button{display:block;width:100%;margin:.5rem 0;padding:.7rem;font:inherit}</style></head>
<body><h1>${escape(bank)}</h1>
${content}
</body>
</html>`,
    status,
  );
}

function hidden(fields: Readonly<Record<string, string>>): string {
  return Object.entries(fields)
    .map(([name, value]) => `<input type="hidden" name="${escape(name)}" value="${escape(value)}">`)
    .join('');
}

/** A text as HTML shows it. */
export function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
