import { createHash } from 'node:crypto';
import type { FormFieldDto, PaymentStartDto } from '@peyk/contracts/billing';
import { toPersianDigits } from '@peyk/persian';

/** A page with the headers that it needs. */
export interface Page {
  readonly status: number;
  readonly html: string;
  readonly headers: Readonly<Record<string, string>>;
}

const style =
  'body{font-family:Vazirmatn,Tahoma,sans-serif;line-height:2;max-width:32rem;margin:8vh auto;padding:0 1rem}' +
  'dl{display:grid;grid-template-columns:auto 1fr;gap:.25rem 1.5rem}dt{opacity:.7}dd{margin:0}' +
  'button,a.button{display:inline-block;font:inherit;padding:.6rem 1.6rem;border:0;border-radius:.5rem;background:#0b6bcb;color:#fff;text-decoration:none;cursor:pointer}' +
  '.ok{color:#0a7a3d}.bad{color:#b3261e}' +
  '@media(prefers-color-scheme:dark){body{background:#14181d;color:#e8eaed}.ok{color:#6dd58c}.bad{color:#f2b8b5}}';
const script = 'document.forms[0].submit()';
const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

interface PageOptions {
  readonly status?: number;
  readonly title: string;
  readonly body: string;
  /** Where its form may go: an origin or 'self'. */
  readonly formAction?: string;
  /** The form goes by itself. */
  readonly submits?: boolean;
}

function page({ status = 200, title, body, formAction = "'none'", submits = false }: PageOptions): Page {
  const html = `<!doctype html>
<html lang="fa" dir="rtl">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escape(title)} - پیک</title><style>${style}</style></head>
<body>
<h1>${escape(title)}</h1>
${body}${submits ? `\n<script>${script}</script>` : ''}
</body>
</html>
`;
  const policy =
    `default-src 'none'; style-src ${hashOf(style)}; ` +
    (submits ? `script-src ${hashOf(script)}; ` : '') +
    `base-uri 'none'; form-action ${formAction}; frame-ancestors 'none'`;
  return {
    status,
    html,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': policy,
      // Mellat wants to see from which domain a payer comes (and gets no more than that).
      ...(formAction.startsWith('http') && { 'referrer-policy': 'origin' }),
    },
  };
}

/** Leads to the bank by a form that sends itself, or by its button. Null when it cannot be paid any more. */
export function leavePage({ topup, method, url, fields }: PaymentStartDto): Page | null {
  if (!method || !url) return null;
  const body = `<p>مبلغ <strong>${toman(topup.amountRials)}</strong> با ${escape(topup.bankTitle)}.</p>
<form method="${method}" action="${escape(url)}">${hidden(fields)}<button>رفتن به درگاه بانک</button></form>`;
  return page({ title: 'انتقال به درگاه بانک', body, formAction: new URL(url).origin, submits: true });
}

/** What the browser brought must not be lost while a part of the platform is away: it brings it again. */
export function retryPage(method: 'GET' | 'POST', fields: readonly FormFieldDto[]): Page {
  const body = `<p>پاسخ بانک رسید ولی سامانه این لحظه نتوانست آن را ثبت کند. این صفحه را نبندید و دوباره تلاش کنید؛ مبلغ پرداخت‌شده گم نمی‌شود.</p>
<form method="${method}">${hidden(fields)}<button>تلاش دوباره</button></form>`;
  return page({ status: 503, title: 'یک لحظه صبر کنید', body, formAction: "'self'" });
}

export function messagePage(status: number, text: string, panelUrl: string): Page {
  const body = `<p class="bad" role="alert">${escape(text)}</p>\n<p>${backLink(`${panelUrl}/wallet/topups`)}</p>`;
  return page({ status, title: 'پرداخت', body });
}

function backLink(url: string): string {
  return `<a class="button" href="${escape(url)}">بازگشت به پنل</a>`;
}

function hidden(fields: readonly FormFieldDto[]): string {
  return fields
    .map(({ name, value }) => `<input type="hidden" name="${escape(name)}" value="${escape(value)}">`)
    .join('');
}

function grouped(value: number): string {
  return toPersianDigits(value.toLocaleString('en-US')).replaceAll(',', '٬').replace('.', '٫');
}
const toman = (amountRials: number): string => `${grouped(amountRials / 10)} تومان`;

function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
