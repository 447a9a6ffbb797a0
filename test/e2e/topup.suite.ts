import { randomUUID } from 'node:crypto';
import type {
  BankReportDto,
  BankReportsDto,
  BanksDto,
  PaymentOutcomeDto,
  StatementDto,
  TopupDto,
  TopupReceiptDto,
  WalletDto,
} from '@peyk/contracts/billing';
import { ApiClient } from '../support/api';
import { BankDesk, sendCallback } from '../support/bank';
import type { BankName } from '../support/bank';
import { differences } from '../support/audit';
import { eventually } from '../support/faults';
import { demo } from '../support/system';
import type { PeykSystem } from '../support/system';
import { platform } from './platform';

jest.setTimeout(300_000);

interface Form {
  readonly method: string;
  readonly url: string;
  readonly fields: Readonly<Record<string, string>>;
}

/** A payer's browser: pages, their one form, and what a browser tells of the page before. */
class Browser {
  async open(url: string, form?: Form, from?: Response): Promise<{ response: Response; html: string }> {
    const policy = from?.headers.get('referrer-policy');
    const response = await fetch(url, {
      method: form?.method ?? 'GET',
      ...(form?.method === 'POST' && { body: new URLSearchParams(form.fields) }),
      headers: {
        ...(from && policy !== 'no-referrer' && { referer: `${new URL(from.url).origin}/` }),
        ...(from && new URL(from.url).origin !== new URL(url).origin && { 'sec-fetch-site': 'cross-site' }),
      },
    });
    return { response, html: await response.text() };
  }

  /** The form of a page, which the page's policy has to allow. */
  formOf(page: string, html: string, policy: string | null): Form {
    const [, method = '', action = ''] = /<form method="(\w+)" action="([^"]*)">/i.exec(html) ?? [];
    const url = new URL(decode(action), page);
    const allowed = /form-action ([^;]+)/.exec(policy ?? '')?.[1];
    if (allowed !== undefined && allowed !== url.origin)
      throw new Error(`the page may not post to ${url.origin}`);
    const fields = [...html.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g)];
    return {
      method: method.toUpperCase(),
      url: url.href,
      fields: Object.fromEntries(fields.map(([, name = '', value = '']) => [name, decode(value)])),
    };
  }

  /** Over our page to the bank's. */
  async toBank(payUrl: string): Promise<{ response: Response; html: string }> {
    const leave = await this.open(payUrl);
    const form = this.formOf(
      leave.response.url,
      leave.html,
      leave.response.headers.get('content-security-policy'),
    );
    return this.open(form.url, form, leave.response);
  }
}

const decode = (text: string): string =>
  text.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

describe('somebody tops up', () => {
  let system: PeykSystem;
  let customer: ApiClient;
  let desk: BankDesk;
  const browser = new Browser();
  beforeAll(async () => {
    system = await platform();
    desk = new BankDesk((method, path, body) => system.simulator(method, path, body));
    customer = await new ApiClient(system.baseUrl).signIn(demo.other.username, demo.other.password);
  }, 300_000);

  const begin = (bank: BankName, amountToman: number): Promise<TopupDto> =>
    customer.request<TopupDto>('POST', '/topups', { amountToman, bank, idempotencyKey: randomUUID() });
  const wallet = (): Promise<WalletDto> => customer.request<WalletDto>('GET', '/wallet');

  it.each(['mellat', 'zarinpal'] as const)(
    'BIL-001 BIL-010 BIL-011 BIL-012 through %s: our page, the bank’s page, and back to a receipt',
    async (bank) => {
      const { banks } = await customer.request<BanksDto>('GET', '/banks');
      expect(banks.map(({ code }) => code)).toEqual(['mellat', 'zarinpal']);
      const before = await wallet();
      const topup = await begin(bank, 500_000);
      expect(topup).toMatchObject({ state: 'sent', amountRials: 5_000_000 });

      const atBank = await browser.toBank(topup.payUrl ?? '');
      expect(atBank.response.status).toBe(200);
      expect(atBank.html).toContain('۵٬۰۰۰٬۰۰۰ ریال');
      const choice = browser.formOf(atBank.response.url, atBank.html, null);
      const paid = await browser.open(choice.url, {
        ...choice,
        fields: { ...choice.fields, outcome: 'pay' },
      });
      // Mellat's page brings the browser back with a form, Zarinpal with a redirect.
      const result =
        bank === 'mellat'
          ? await browser.open(
              ...(({ url, ...form }: Form): [string, Form, Response] => [
                url,
                { url, ...form },
                paid.response,
              ])(browser.formOf(paid.response.url, paid.html, null)),
            )
          : paid;
      // The panel's own page, which asks what became of it without a session.
      expect(new URL(result.response.url).pathname).toBe(`/payments/${topup.id}`);
      const outcome = await new ApiClient(system.baseUrl).request<PaymentOutcomeDto>(
        'GET',
        `/payments/${topup.id}/outcome`,
      );
      expect(outcome.state).toBe('credited');

      const receipt = await customer.request<TopupReceiptDto>('GET', `/topups/${topup.id}/receipt`);
      expect(outcome.referenceNumber).toBe(receipt.referenceNumber);
      const after = await wallet();
      expect(after.postedRials - before.postedRials).toBe(topup.totalRials);
      const { entries } = await customer.request<StatementDto>('GET', '/wallet/statement?limit=2');
      expect(entries.some(({ amountRials }) => amountRials === 5_000_000)).toBe(true);
      expect(
        entries.every(({ reason }) => reason.includes(receipt.referenceNumber)) || topup.giftRials === 0,
      ).toBe(true);
    },
  );

  it('BIL-203 the same callback on 20 connections is one credit', async () => {
    const before = await wallet();
    const topup = await begin('mellat', 100_000);
    const [order] = await desk.orders('mellat');
    const { callback } = await desk.pay('mellat', order?.id ?? '');
    if (!callback) throw new Error('no callback');
    const answers = await sendCallback(callback, 20);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([303]));
    const after = await wallet();
    expect(after.postedRials - before.postedRials).toBe(topup.totalRials);
    expect(await desk.order('mellat', order?.id ?? '')).toMatchObject({
      state: 'settled',
      calls: { verify: 1 },
    });
  });

  it('BIL-203 billing killed between the verification at the bank and the credit: credited once, by its next life', async () => {
    const before = await wallet();
    const topup = await begin('mellat', 100_000);
    const [order] = await desk.orders('mellat');
    const orderId = order?.id ?? '';
    await desk.fault('mellat', 'late', { operation: 'verify', count: 1, ms: 10_000 });
    const { callback } = await desk.pay('mellat', orderId);
    if (!callback) throw new Error('no callback');
    const browsers = sendCallback(callback);
    await eventually('the bank has verified', 10_000, async () => {
      return (await desk.order('mellat', orderId)).state === 'verified';
    });
    await system.kill('billing');
    await system.restart('billing');
    const state = async (): Promise<string> =>
      (await customer.request<TopupDto>('GET', `/topups/${topup.id}`)).state;
    expect([await state(), (await wallet()).postedRials]).toEqual(['unknown', before.postedRials]);
    // The lease of the dead and the minute before the next question: time that a spec need not wait for.
    await system.sql('billing', 'UPDATE topups SET leased_until = NULL, next_look_at = now() WHERE id = $1', [
      topup.id,
    ]);
    await eventually('the janitor has credited it', 30_000, async () => (await state()) === 'credited');
    expect((await wallet()).postedRials - before.postedRials).toBe(topup.totalRials);
    expect(await desk.order('mellat', orderId)).toMatchObject({ state: 'settled', calls: { verify: 2 } });
    // The person who waited was asked to keep what the bank had given, and not that anything failed.
    const [waited] = await browsers;
    expect([303, 503]).toContain(waited?.status);
  });

  it('whoever goes away at the bank is told so, and nothing is credited', async () => {
    const before = await wallet();
    const topup = await begin('zarinpal', 10_000);
    const atBank = await browser.toBank(topup.payUrl ?? '');
    const choice = browser.formOf(atBank.response.url, atBank.html, null);
    const back = await browser.open(choice.url, {
      ...choice,
      fields: { ...choice.fields, outcome: 'cancel' },
    });
    expect(new URL(back.response.url).pathname).toBe(`/payments/${topup.id}`);
    expect((await customer.request<TopupDto>('GET', `/topups/${topup.id}`)).state).toBe('cancelled');
    expect((await wallet()).postedRials).toBe(before.postedRials);
    const again = await fetch(topup.payUrl ?? '', { redirect: 'manual' });
    expect(again.headers.get('location')).toBe(`/payments/${topup.id}`);
  });

  it.each(['mellat', 'zarinpal'] as const)(
    'the command that compares the day with %s finds no difference',
    async (bank) => {
      const day = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Tehran' }).format();
      const report = JSON.parse(await system.command('billing', 'bank-report', bank, day)) as BankReportDto;
      expect(report).toMatchObject({ bank, day, unanswered: 0, differences: [] });
      expect(report.compared).toBeGreaterThan(0);
      const admin = await new ApiClient(system.baseUrl).signIn(demo.admin.username, demo.admin.password);
      const { reports } = await admin.request<BankReportsDto>('GET', `/bank-reports?bank=${bank}`);
      expect(reports).toContainEqual(report);
    },
  );

  it('every Rial of it is explained', async () => {
    expect(await differences(system)).toEqual([]);
  });
});
