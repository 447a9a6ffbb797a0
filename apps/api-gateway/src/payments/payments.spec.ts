import { randomUUID } from 'node:crypto';
import { DomainError } from '@peyk/contracts';
import { billingTopupsRpc } from '@peyk/contracts/billing';
import type { PaymentStartDto, TopupDto, TopupState } from '@peyk/contracts/billing';
import { ask, startGateway, tokenOf } from '../testing/gateway.fixture';
import type { Response, RunningGateway } from '../testing/gateway.fixture';

const id = '0198f000-0000-7000-8000-0000000000d1';
const pages = `/api/v1/payments/${id}`;
const startUrl = 'https://bpm.shaparak.ir/pgwchannel/startpay.mellat';
const formHeaders = {
  'content-type': 'application/x-www-form-urlencoded',
  // As a browser that a bank sends back: another site's page, no session.
  origin: 'https://bpm.shaparak.ir',
  'sec-fetch-site': 'cross-site',
};

function topupOf(state: TopupState, over: Partial<TopupDto> = {}): TopupDto {
  return {
    id,
    customerId: randomUUID(),
    bank: 'mellat',
    bankTitle: 'بانک ملت (به‌پرداخت)',
    state,
    amountRials: 5_000_000,
    giftRials: 263_157,
    totalRials: 5_263_157,
    message: 'پیام وضعیت',
    bankCode: '0',
    referenceNumber: state === 'credited' ? '127926981246' : null,
    card: null,
    payUrl: null,
    createdAt: '2026-11-22T08:00:00.000Z',
    creditedAt: state === 'credited' ? '2026-11-22T08:05:00.000Z' : null,
    ...over,
  };
}

/** Of PANEL_URL, where people come back to. */
const panelPage = `https://panel.example.ir/a&b/payments/${id}`;

describe('payments', () => {
  let gateway: RunningGateway;
  beforeAll(async () => {
    gateway = await startGateway({ PANEL_URL: 'https://panel.example.ir/a&b/' });
  });
  afterAll(() => gateway.close());
  beforeEach(() => {
    gateway.services.calls.length = 0;
    gateway.services.down = false;
  });

  const start = (over: Partial<PaymentStartDto> = {}): void =>
    gateway.services.on(billingTopupsRpc.start, () => ({
      topup: topupOf('sent'),
      method: 'POST' as const,
      url: startUrl,
      fields: [{ name: 'RefId', value: 'AF82041a2Bf6989c7fF9' }],
      ...over,
    }));
  const post = (body: string, headers: Record<string, string> = formHeaders): Promise<Response> =>
    fetch(`${gateway.url}${pages}/callback`, { method: 'POST', body, headers, redirect: 'manual' }).then(
      async (response) => ({
        status: response.status,
        headers: response.headers,
        text: await response.text(),
        body: {},
      }),
    );

  it('BIL-204 a person types Toman, the service gets Rial', async () => {
    gateway.services.on(billingTopupsRpc.create, () =>
      topupOf('sent', { payUrl: `https://peyk.ir${pages}` }),
    );
    const json = { amountToman: 500_000, bank: 'mellat' };
    const response = await ask(gateway, 'POST', '/api/v1/topups', {
      token: tokenOf(),
      json,
      headers: { 'idempotency-key': 'key-12345' },
    });
    expect([response.status, response.body['payUrl']]).toEqual([201, `https://peyk.ir${pages}`]);
    expect(gateway.services.calls[0]?.input).toEqual({
      amountRials: 5_000_000,
      bank: 'mellat',
      idempotencyKey: 'key-12345',
    });
    for (const wrong of [{ ...json, amountRials: 5 }, { ...json, amountToman: 1.5 }, { bank: 'mellat' }]) {
      const refused = await ask(gateway, 'POST', '/api/v1/topups', {
        token: tokenOf(),
        json: { ...wrong, idempotencyKey: 'key-12345' },
      });
      expect([refused.status, refused.body['code']]).toEqual([400, 'input.invalid']);
    }
  });

  it('BIL-214 a receipt comes as PDF, named by the order', async () => {
    gateway.services.on(billingTopupsRpc.receipt, () => ({
      topupId: id,
      customerName: 'فروشگاه',
      bankTitle: 'بانک ملت (به‌پرداخت)',
      orderNumber: '1795320000001',
      referenceNumber: '127926981246',
      card: '610433*****5689',
      amountRials: 5_000_000,
      giftRials: 263_157,
      totalRials: 5_263_157,
      creditedAt: '2026-11-22T08:05:00.000Z',
    }));
    const response = await ask(gateway, 'GET', `/api/v1/topups/${id}/receipt.pdf`, { token: tokenOf() });
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/pdf']);
    expect(response.headers.get('content-disposition')).toContain('receipt-1795320000001.pdf');
    expect(response.text.startsWith('%PDF-')).toBe(true);
    gateway.services.on(billingTopupsRpc.receipt, () => {
      throw new DomainError('topup.notCredited');
    });
    const refused = await ask(gateway, 'GET', `/api/v1/topups/${id}/receipt.pdf`, { token: tokenOf() });
    expect([refused.status, refused.body['code']]).toEqual([422, 'topup.notCredited']);
  });

  it('BIL-010 the page to the bank sends its form there, shows the domain, and nothing else may run on it', async () => {
    start();
    const response = await ask(gateway, 'GET', pages);
    expect([response.status, response.headers.get('content-type')]).toEqual([
      200,
      'text/html; charset=utf-8',
    ]);
    expect(response.headers.get('referrer-policy')).toBe('origin');
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).toContain('form-action https://bpm.shaparak.ir;');
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain('unsafe');
    expect(response.text).toContain(`<form method="POST" action="${startUrl}">`);
    expect(response.text).toContain('<input type="hidden" name="RefId" value="AF82041a2Bf6989c7fF9">');
    expect(response.text).toContain('dir="rtl"');
    expect(response.text).toContain('۵۰۰٬۰۰۰ تومان');
    expect(gateway.services.calls[0]?.as).toBe('service');
  });

  it('what can no longer be paid leads to its result', async () => {
    start({ method: undefined, url: undefined, fields: [] });
    const response = await fetch(gateway.url + pages, { redirect: 'manual' });
    expect([response.status, response.headers.get('location')]).toEqual([303, panelPage]);
  });

  it('BIL-011 a callback of another site comes in here, as a form, and leads to the result', async () => {
    gateway.services.on(billingTopupsRpc.callback, () => topupOf('credited'));
    const response = await post('RefId=aB&ResCode=0&SaleOrderId=12&SaleReferenceId=34&FinalAmount=5');
    expect([response.status, response.headers.get('location')]).toEqual([303, panelPage]);
    expect(gateway.services.calls[0]).toMatchObject({
      as: 'service',
      input: {
        topupId: id,
        fields: [
          { name: 'RefId', value: 'aB' },
          { name: 'ResCode', value: '0' },
          { name: 'SaleOrderId', value: '12' },
          { name: 'SaleReferenceId', value: '34' },
          { name: 'FinalAmount', value: '5' },
        ],
      },
    });
    const query = await fetch(`${gateway.url}${pages}/callback?Authority=A1&Status=OK`, {
      redirect: 'manual',
    });
    expect(query.status).toBe(303);
    expect(gateway.services.calls[1]?.input).toMatchObject({
      fields: [
        { name: 'Authority', value: 'A1' },
        { name: 'Status', value: 'OK' },
      ],
    });
  });

  it('no other route takes a form, and no other one a page of another site', async () => {
    const form = { body: 'a=b', headers: { ...formHeaders, 'sec-fetch-site': 'same-origin' } };
    for (const path of ['/api/v1/sessions', '/api/v1/topups', `/api/v1/topups/${id}/check`]) {
      const response = await ask(gateway, 'POST', path, { token: tokenOf({ roles: ['admin'] }), ...form });
      expect([path, response.status, response.body['code']]).toEqual([path, 400, 'input.unsupportedType']);
      const foreign = await ask(gateway, 'POST', path, {
        token: tokenOf({ roles: ['admin'] }),
        json: {},
        headers: { 'sec-fetch-site': 'cross-site' },
      });
      expect([path, foreign.status]).toEqual([path, 403]);
    }
    // JSON is no callback.
    const json = await post('{"RefId":"a"}', { ...formHeaders, 'content-type': 'application/json' });
    expect(json.status).toBe(400);
    expect(gateway.services.calls).toEqual([]);
  });

  it('bounds what it takes: size, number of fields, length; a field that comes twice says nothing', async () => {
    gateway.services.on(billingTopupsRpc.callback, () => topupOf('unknown'));
    expect((await post(`a=${'x'.repeat(17 * 1024)}`)).status).toBe(413);
    expect(gateway.services.calls).toEqual([]);
    const many = Array.from({ length: 100 }, (_, at) => `f${at}=1`).join('&');
    await post(`RefId=a&RefId=b&long=${'x'.repeat(501)}&${many}`);
    const { fields } = gateway.services.calls[0]?.input as { fields: { name: string; value: string }[] };
    expect(fields).toHaveLength(30);
    expect(fields[0]).toEqual({ name: 'RefId', value: '' });
    expect(fields.map(({ name }) => name)).not.toContain('long');
  });

  it('while billing is away nothing is lost: the browser keeps the fields and sends them again', async () => {
    gateway.services.down = true;
    const response = await post('RefId=%22%3E%3Cscript%3E&ResCode=0');
    expect(response.status).toBe(503);
    expect(response.text).toContain('<form method="POST">');
    expect(response.text).toContain('name="RefId" value="&quot;&gt;&lt;script&gt;"');
    expect(response.text).not.toContain('<script');
    expect(response.headers.get('content-security-policy')).toContain("form-action 'self'");
  });

  it('a callback of another payment, an id that nobody has, and one that is none get a page in Persian', async () => {
    gateway.services.on(billingTopupsRpc.callback, () => {
      throw new DomainError('topup.callbackForeign');
    });
    const foreign = await post('RefId=a');
    expect(foreign.status).toBe(409);
    expect(foreign.text).toContain('با این پرداخت نمی‌خواند');
    gateway.services.on(billingTopupsRpc.outcome, () => {
      throw new DomainError('topup.notFound');
    });
    const nobodys = await ask(gateway, 'GET', `${pages}/outcome`);
    expect([nobodys.status, nobodys.body['code']]).toEqual([404, 'topup.notFound']);
    const none = await ask(gateway, 'GET', '/api/v1/payments/12');
    expect([none.status, none.text.includes('چنین پرداختی وجود ندارد')]).toEqual([404, true]);
  });

  it('BIL-011 a payer who comes back is brought to the panel’s own page of the payment', async () => {
    gateway.services.on(billingTopupsRpc.callback, () => topupOf('credited'));
    const back = await post('RefId=a');
    expect([back.status, back.headers.get('location')]).toEqual([303, panelPage]);
  });

  it.each<TopupState>(['credited', 'cancelled', 'failed', 'unknown', 'reversed', 'unresolved'])(
    'BIL-011 BIL-214 whoever has the address of a payment that is %s learns what became of it, and nothing of the customer',
    async (state) => {
      gateway.services.on(billingTopupsRpc.outcome, () => topupOf(state));
      const { status, body } = await ask(gateway, 'GET', `${pages}/outcome`);
      expect([status, body['state'], body['id']]).toEqual([200, state, id]);
      expect(body['referenceNumber']).toBe(state === 'credited' ? '127926981246' : null);
      for (const hidden of ['customerId', 'bankCode', 'bank', 'createdAt'])
        expect(body).not.toHaveProperty(hidden);
    },
  );

  it('is bounded by address', async () => {
    const small = await startGateway({ RATE_ADDRESS_PER_MINUTE: '2' });
    try {
      small.services.on(billingTopupsRpc.outcome, () => topupOf('credited'));
      const statuses: number[] = [];
      for (let at = 0; at < 3; at += 1) statuses.push((await ask(small, 'GET', `${pages}/outcome`)).status);
      expect(statuses).toEqual([200, 200, 429]);
    } finally {
      await small.close();
    }
  });
});
