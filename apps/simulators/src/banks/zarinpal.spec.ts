import { bankAccounts, sendCallback, TestBanks } from './bank-desk.fixture';
import { merchantId, Merchant } from './merchant.fixture';
import type { OrderState } from './order';
import { Zarinpal } from './zarinpal';

interface Reply {
  status: number;
  data: Record<string, unknown> & { code?: number };
  errors: { code?: number; message?: string; validations?: Record<string, string>[] };
}

const MINUTE_MS = 60_000;
const UNKNOWN = `A${'0'.repeat(35)}`;

describe(Zarinpal.name, () => {
  const merchant = new Merchant();
  let banks: TestBanks;
  beforeAll(async () => {
    await merchant.listen();
    banks = await TestBanks.start();
  });
  afterAll(async () => {
    await banks.stop();
    await merchant.close();
  });
  beforeEach(async () => {
    await banks.reset();
    merchant.forget();
  });

  async function post(method: string, body: unknown): Promise<Reply> {
    const response = await fetch(`${banks.zarinpal.baseUrl}/pg/v4/payment/${method}.json`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
    return { status: response.status, ...((await response.json()) as Omit<Reply, 'status'>) };
  }
  const request = (changed: object = {}): Promise<Reply> =>
    post('request', {
      merchant_id: merchantId,
      amount: 250_000,
      callback_url: `${merchant.url}/back?topup=1`,
      description: 'شارژ حساب',
      metadata: { mobile: '09121234567', order_id: '5' },
      ...changed,
    });
  async function create(changed: object = {}): Promise<string> {
    const { data } = await request(changed);
    expect(data.code).toBe(100);
    return String(data['authority']);
  }
  async function paid(changed: object = {}): Promise<string> {
    const authority = await create(changed);
    await banks.pay('zarinpal', authority);
    return authority;
  }
  const about = (method: string, authority: string, fields: object = {}): Promise<Reply> =>
    post(method, { merchant_id: merchantId, authority, ...fields });
  const verify = (authority: string, amount: unknown = 250_000): Promise<Reply> =>
    about('verify', authority, { amount });
  const codeOf = ({ data, errors }: Reply): number | undefined => data.code ?? errors.code;

  it('BIL-010 leads the payer over its page to the bank and back', async () => {
    const { status, data, errors } = await request();
    expect({ status, errors }).toEqual({ status: 200, errors: [] });
    const authority = String(data['authority']);
    expect(data).toEqual({
      code: 100,
      message: 'Success',
      authority: expect.stringMatching(/^A[\da-zA-Z]{35}$/) as string,
      fee_type: 'Merchant',
      fee: 1_250,
    });
    const startUrl = `${banks.zarinpal.startUrl}${authority}`;
    const page = await (await fetch(startUrl)).text();
    expect(page).toContain('dir="rtl"');
    expect(page).toContain('۲۵۰٬۰۰۰ ریال');
    const form = {
      method: 'POST',
      body: new URLSearchParams({ outcome: 'pay' }),
      redirect: 'manual',
    } as const;
    const back = await fetch(startUrl, form);
    expect(back.status).toBe(302);
    expect(back.headers.get('location')).toBe(
      `${merchant.url}/back?topup=1&Authority=${authority}&Status=OK`,
    );
    expect((await fetch(startUrl)).status).toBe(404);
    expect((await fetch(startUrl, form)).status).toBe(404);
    expect(await banks.order('zarinpal', authority)).toMatchObject({ state: 'paid', paidAmount: 250_000 });
    expect(merchant.received).toEqual([]);
  });

  it.each(['cancel', 'insufficient', 'failed'] as const)('BIL-203 says NOK after: %s', async (outcome) => {
    const authority = await create();
    const { callback, deliveries } = await banks.pay('zarinpal', authority, { outcome, deliver: true });
    const fields = { Authority: authority, Status: 'NOK' };
    expect(callback).toMatchObject({ method: 'GET', fields });
    expect(deliveries).toEqual([{ status: 303, location: '/receipt' }]);
    expect(merchant.received).toEqual([{ method: 'GET', path: '/back', fields: { topup: '1', ...fields } }]);
    expect(codeOf(await verify(authority))).toBe(-51);
  });

  it('keeps its page for open payments and known choices', async () => {
    const authority = await create();
    expect((await fetch(`${banks.zarinpal.startUrl}${UNKNOWN}`)).status).toBe(404);
    expect((await fetch(`${banks.zarinpal.baseUrl}/elsewhere`)).status).toBe(404);
    const body = new URLSearchParams({ outcome: 'steal' });
    expect((await fetch(`${banks.zarinpal.startUrl}${authority}`, { method: 'POST', body })).status).toBe(
      400,
    );
    expect(await banks.order('zarinpal', authority)).toMatchObject({ state: 'created' });
  });

  it('BIL-203 verifies once with 100, then with 101, the same reference and a masked card', async () => {
    const authority = await paid();
    const first = await verify(authority);
    expect(first).toEqual({
      status: 200,
      data: {
        code: 100,
        message: 'Paid',
        card_hash: expect.stringMatching(/^[\dA-F]{64}$/) as string,
        card_pan: '502229******5995',
        ref_id: expect.any(Number) as number,
        fee_type: 'Merchant',
        fee: 1_250,
      },
      errors: [],
    });
    const again = await verify(authority);
    expect(again.data).toEqual({ ...first.data, code: 101, message: 'Verified' });
    expect(await banks.order('zarinpal', authority)).toMatchObject({
      state: 'verified',
      calls: { verify: 2 },
      saleReference: String(first.data['ref_id']),
    });
  });

  it.each([
    ['no JSON', '{', -9, 'merchant_id'],
    ['a list', [], -9, 'merchant_id'],
    ['a short merchant_id', { merchant_id: 'x' }, -9, 'merchant_id'],
    ['another merchant_id', { merchant_id: '99999999-0000-4000-8000-000000000001' }, -10, undefined],
    ['less than 1,000 Rial', { amount: 999 }, -9, 'amount'],
    ['half a Rial', { amount: 1_000.5 }, -9, 'amount'],
    ['no amount', { amount: null }, -9, 'amount'],
    ['more than 100,000,000 Toman', { amount: 1_000_000_001 }, -41, undefined],
    ['more than 100,000,000 Toman in Toman', { amount: 100_000_001, currency: 'IRT' }, -41, undefined],
    ['a currency of elsewhere', { currency: 'USD' }, -9, 'currency'],
    ['no description', { description: '' }, -9, 'description'],
    ['a long description', { description: 'ا'.repeat(501) }, -9, 'description'],
    ['no callback', { callback_url: undefined }, -9, 'callback_url'],
    ['a callback elsewhere', { callback_url: 'http://evil.test/' }, -14, undefined],
  ])('BIL-203 refuses a payment with %s', async (_, body, code, field) => {
    const isChange = typeof body === 'object' && !Array.isArray(body);
    const { status, data, errors } = isChange ? await request(body) : await post('request', body);
    expect(status).toBe(code === -9 ? 422 : 200);
    expect(data).toEqual([]);
    expect(errors).toMatchObject({ code, message: expect.stringMatching(/\w+/) as string });
    expect(errors.validations?.flatMap((one) => Object.keys(one))).toEqual(field ? [field] : []);
    expect(await banks.orders('zarinpal')).toEqual([]);
  });

  it('counts in Toman where the merchant does; the order is in Rial', async () => {
    const authority = await paid({ amount: 25_000, currency: 'IRT' });
    expect(await banks.order('zarinpal', authority)).toMatchObject({ amount: 250_000, paidAmount: 250_000 });
    const { data } = await post('unVerified', { merchant_id: merchantId });
    expect(data['authorities']).toMatchObject([{ authority, amount: 25_000 }]);
    expect(codeOf(await verify(authority, 250_000))).toBe(-50);
    expect(codeOf(await verify(authority, 25_000))).toBe(100);
  });

  it('BIL-203 verifies neither another amount, nor for another merchant, nor what it does not know', async () => {
    const authority = await paid();
    const other = { merchant_id: bankAccounts.otherMerchantId, amount: 250_000 };
    expect(codeOf(await verify(authority, 250_001))).toBe(-50);
    expect(codeOf(await verify(authority, 'many'))).toBe(-9);
    expect(codeOf(await about('verify', authority, other))).toBe(-53);
    expect(codeOf(await verify(UNKNOWN))).toBe(-54);
    expect(codeOf(await verify(authority.toLowerCase()))).toBe(-54);
    for (const method of ['inquiry', 'reverse']) {
      expect(codeOf(await about(method, authority, other))).toBe(-53);
      expect(codeOf(await about(method, UNKNOWN))).toBe(-54);
    }
    expect(await banks.order('zarinpal', authority)).toMatchObject({ state: 'paid' });
    // The documentation's own example sends the amount as a text.
    expect(codeOf(await verify(authority, '250000'))).toBe(100);
  });

  /** verify; inquiry's status; reverse; and the state after it. */
  const cases: [OrderState, number, string, number, OrderState][] = [
    ['created', -51, 'IN_BANK', -61, 'created'],
    ['refused', -51, 'FAILED', -61, 'refused'],
    ['paid', 100, 'PAID', 100, 'reversed'],
    ['verified', 101, 'VERIFIED', 100, 'reversed'],
    ['reversed', -51, 'REVERSED', -61, 'reversed'],
  ];
  it.each(cases)('BIL-203 of a %s payment: verify %i, inquiry %s, reverse %i', async (...expected) => {
    const [state, verified, status, reversed, after] = expected;
    const bring = async (): Promise<string> => {
      const authority = await create();
      if (state === 'refused') await banks.pay('zarinpal', authority, { outcome: 'cancel' });
      else if (state !== 'created') await banks.pay('zarinpal', authority);
      if (state === 'verified') await verify(authority);
      if (state === 'reversed') await about('reverse', authority);
      expect(await banks.order('zarinpal', authority)).toMatchObject({ state });
      return authority;
    };
    expect(codeOf(await verify(await bring()))).toBe(verified);
    const authority = await bring();
    expect((await about('inquiry', authority)).data).toEqual({ status, code: 100, message: 'Success' });
    expect(codeOf(await about('reverse', authority))).toBe(reversed);
    expect(await banks.order('zarinpal', authority)).toMatchObject({ state: after });
  });

  it('reverses within 30 minutes of the payment', async () => {
    const early = await paid();
    const late = await paid();
    await banks.advance(30 * MINUTE_MS - 5_000);
    expect(codeOf(await about('reverse', early))).toBe(100);
    await banks.advance(10_000);
    expect(codeOf(await about('reverse', late))).toBe(-63);
  });

  it('lists what was paid and not verified: the last hundred, of this merchant, however old', async () => {
    const forgotten = await paid();
    await banks.advance(2 * 24 * 60 * MINUTE_MS);
    expect((await about('inquiry', forgotten)).data).toMatchObject({ status: 'PAID' });
    const verified = await paid();
    await verify(verified);
    await create();
    await paid({ merchant_id: bankAccounts.otherMerchantId });
    const list = async (): Promise<{ authority: string }[]> =>
      (await post('unVerified', { merchant_id: merchantId })).data['authorities'] as { authority: string }[];
    expect(await list()).toEqual([
      {
        authority: forgotten,
        amount: 250_000,
        callback_url: `${merchant.url}/back?topup=1`,
        referer: '/',
        date: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/) as string,
      },
    ]);
    for (let more = 0; more < 100; more++) await paid();
    const last = await list();
    expect(last).toHaveLength(100);
    expect(last.map(({ authority }) => authority)).not.toContain(forgotten);
    expect(codeOf(await post('unVerified', {}))).toBe(-9);
  });

  it('BIL-203 a callback can be sent on twenty connections', async () => {
    const { callback } = await banks.pay('zarinpal', await create());
    if (!callback) throw new Error('no callback');
    await sendCallback(callback, 20);
    expect(merchant.received).toHaveLength(20);
  });
});
