import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { TestBanks } from './bank-desk.fixture';
import type { BankName, Callback, Payment } from './bank-desk.fixture';
import { MellatClient, merchantId, Merchant } from './merchant.fixture';
import { BANK_NAMES } from './bank';
import type { FaultKind } from './faults';

const AMOUNT = 250_000;
/** As our own caller and npm soap say it. */
const UNAVAILABLE = /^(503|Error http status codes)$/;

describe('Faults of the banks', () => {
  const merchant = new Merchant();
  let banks: TestBanks;
  let mellat: MellatClient;
  let nextOrder = 1;
  beforeAll(async () => {
    await merchant.listen();
    banks = await TestBanks.start();
    mellat = await MellatClient.open(banks, `${merchant.url}/mellat`);
  });
  afterAll(async () => {
    await banks.stop();
    await merchant.close();
  });
  beforeEach(async () => {
    await banks.reset();
    merchant.forget();
  });

  /** Both banks behind one face, as far as these specs go. */
  async function create(bank: BankName): Promise<string> {
    if (bank === 'mellat') return (await mellat.pay(String(nextOrder++))).split(',')[1] ?? '';
    const { data } = await zarinpal('request', {
      amount: AMOUNT,
      description: 'شارژ',
      callback_url: `${merchant.url}/zarinpal`,
    });
    return String(data['authority']);
  }
  async function zarinpal(
    method: string,
    fields: object,
  ): Promise<{ data: Record<string, unknown>; errors: { code?: number } }> {
    const response = await fetch(`${banks.zarinpal.baseUrl}/pg/v4/payment/${method}.json`, {
      method: 'POST',
      body: JSON.stringify({ merchant_id: merchantId, ...fields }),
      signal: AbortSignal.timeout(20_000),
    });
    if (response.status === 503) throw new Error('503');
    return (await response.json()) as { data: Record<string, unknown>; errors: { code?: number } };
  }
  /** The bank's code as a text. */
  async function verify(bank: BankName, name: string): Promise<string> {
    const { id, saleReference } = await banks.order(bank, name);
    if (bank === 'mellat') return mellat.about('Verify', id, saleReference ?? '0');
    const { data, errors } = await zarinpal('verify', { authority: id, amount: AMOUNT });
    return String((data['code'] as number | undefined) ?? errors.code);
  }
  async function paid(bank: BankName): Promise<string> {
    const name = await create(bank);
    await banks.pay(bank, name);
    return name;
  }
  async function goDown(bank: BankName): Promise<void> {
    await banks.line(bank, false);
    // Connections that our client keeps have to notice, or the next request breaks on one of them.
    await pause(50);
  }
  const referenceIn = ({ fields }: Callback): string | undefined => fields['RefId'] ?? fields['Authority'];
  const first = { mellat: '0', zarinpal: '100' } as const;
  const again = { mellat: '43', zarinpal: '101' } as const;

  describe.each(BANK_NAMES)('%s', (bank) => {
    it('BIL-203 calls back twice, or as often as wanted, at the same time', async () => {
      await banks.fault(bank, 'repeatCallback', { count: 1 });
      await banks.fault(bank, 'repeatCallback', { count: 1, copies: 20 });
      for (const copies of [2, 20, 1]) {
        merchant.forget();
        merchant.answersAfter = copies;
        const payment = await banks.pay(bank, await create(bank), { deliver: true });
        expect(payment).toMatchObject({ copies, order: { state: 'paid', callbacks: copies } });
        expect(payment.deliveries).toHaveLength(copies);
        expect(merchant.received).toHaveLength(copies);
        expect(merchant.atOnce).toBe(copies);
        expect(new Set(merchant.received.map((one) => JSON.stringify(one))).size).toBe(1);
      }
    });

    it('BIL-203 calls back itself before the browser does, and waits for the answer', async () => {
      await banks.fault(bank, 'earlyCallback', { count: 1 });
      const { callback, deliveries } = await banks.pay(bank, await create(bank));
      expect(merchant.received.map(({ fields }) => fields)).toEqual([callback?.fields]);
      expect(deliveries).toEqual([{ status: 303, location: '/receipt' }]);
      await banks.fault(bank, 'earlyCallback', { count: 1 });
      merchant.forget();
      await banks.pay(bank, await create(bank), { deliver: true });
      expect(merchant.received).toHaveLength(2);
      expect(merchant.atOnce).toBe(1);
    });

    it('BIL-203 never calls back, though it was paid', async () => {
      await banks.fault(bank, 'noCallback', { count: 1 });
      const name = await create(bank);
      const { callback, deliveries } = await banks.pay(bank, name, { deliver: true });
      expect({ callback, deliveries, received: merchant.received }).toEqual({
        callback: null,
        deliveries: [],
        received: [],
      });
      expect(await verify(bank, name)).toBe(first[bank]);
    });

    it("BIL-203 names another person's order in the callback", async () => {
      const other = await create(bank);
      const own = await create(bank);
      await banks.fault(bank, 'foreignReference', { count: 1 });
      const { callback } = await banks.pay(bank, own);
      expect(callback && referenceIn(callback)).toBe(other);
      expect((await banks.order(bank, other)).state).toBe('created');
      await banks.fault(bank, 'foreignReference', { count: 1, reference: 'A1' });
      const named = await banks.pay(bank, await create(bank));
      expect(named.callback && referenceIn(named.callback)).toBe('A1');
      await banks.reset();
      await banks.fault(bank, 'foreignReference', { count: 1 });
      const only = await create(bank);
      const alone = await banks.pay(bank, only);
      expect(alone.callback && referenceIn(alone.callback)).not.toBe(only);
    });

    it.each([
      ['late', 'verified', again[bank]],
      ['slow', 'paid', first[bank]],
    ] as const)('BIL-203 answers verify too late: %s leaves the order %s', async (kind, state, then) => {
      const name = await paid(bank);
      await banks.fault(bank, kind, { operation: 'verify', count: 1, ms: 60_000 });
      const asking = verify(bank, name).catch(() => 'no answer');
      while ((await banks.calls(bank)).verify === 0) await pause(5);
      expect((await banks.order(bank, name)).state).toBe(state);
      await goDown(bank);
      expect(await asking).toBe('no answer');
      await banks.line(bank, true);
      expect(await verify(bank, name)).toBe(then);
    });

    it('answers after a while: late and slow end with the true answer', async () => {
      for (const kind of ['late', 'slow'] as const) {
        const name = await paid(bank);
        await banks.fault(bank, kind, { operation: 'verify', count: 1, ms: 150 });
        const began = performance.now();
        const answer = verify(bank, name);
        expect(await answer).toBe(first[bank]);
        expect(performance.now() - began).toBeGreaterThan(140);
      }
    });

    it('BIL-203 cuts the connection after verifying, or before', async () => {
      const name = await paid(bank);
      await banks.fault(bank, 'drop', { operation: 'verify', count: 1 });
      await expect(verify(bank, name)).rejects.toThrow();
      expect((await banks.order(bank, name)).state).toBe('paid');
      await banks.fault(bank, 'cut', { operation: 'verify', count: 1 });
      await expect(verify(bank, name)).rejects.toThrow();
      expect(await banks.order(bank, name)).toMatchObject({ state: 'verified', calls: { verify: 2 } });
      expect(await verify(bank, name)).toBe(again[bank]);
    });

    it('BIL-203 answers with any code, with the effect and without it', async () => {
      const code = bank === 'mellat' ? '34' : '-52';
      const name = await paid(bank);
      await banks.fault(bank, 'answer', { operation: 'verify', count: 1, code });
      expect(await verify(bank, name)).toBe(code);
      expect((await banks.order(bank, name)).state).toBe('paid');
      await banks.fault(bank, 'answer', { operation: 'verify', count: 1, code, effect: true });
      expect(await verify(bank, name)).toBe(code);
      expect((await banks.order(bank, name)).state).toBe('verified');
      await banks.fault(bank, 'answer', { operation: 'verify', count: 1, code: again[bank] });
      expect(await verify(bank, name)).toBe(again[bank]);
    });

    it('is unavailable: 503 with a page, for every operation until it is taken away', async () => {
      const name = await paid(bank);
      await banks.fault(bank, 'unavailable');
      for (let time = 0; time < 3; time++) await expect(verify(bank, name)).rejects.toThrow(UNAVAILABLE);
      const url = bank === 'mellat' ? banks.mellat.wsdlUrl : banks.zarinpal.requestUrl;
      const body = bank === 'mellat' ? mellat.lastRequest : '{}';
      const raw = await fetch(url, { method: 'POST', body });
      expect(raw.status).toBe(503);
      expect(await raw.text()).toContain('<h1>503');
      await banks.clearFaults();
      expect(await verify(bank, name)).toBe(first[bank]);
    });

    it('is down: connections are refused; it comes back on its port and knows its orders', async () => {
      const name = await paid(bank);
      const { port } = new URL(bank === 'mellat' ? banks.mellat.wsdlUrl : banks.zarinpal.baseUrl);
      await goDown(bank);
      await goDown(bank);
      const [refusal] = (await once(connect(Number(port), '127.0.0.1'), 'error')) as [NodeJS.ErrnoException];
      expect(refusal.code).toBe('ECONNREFUSED');
      await expect(verify(bank, name)).rejects.toThrow();
      expect((await banks.addresses())[bank].isUp).toBe(false);
      await banks.line(bank, true);
      expect(await verify(bank, name)).toBe(first[bank]);
      await goDown(bank);
      await banks.reset();
      expect(await create(bank)).toMatch(/^\w+$/);
    });

    it('charges another amount than was asked for', async () => {
      await banks.fault(bank, 'paidAmount', { count: 1, amount: 2_000 });
      const name = await create(bank);
      const { order, callback } = await banks.pay(bank, name);
      expect(order).toMatchObject({ amount: AMOUNT, paidAmount: 2_000 });
      // Behpardakht's verify has no amount: there only FinalAmount tells.
      if (bank === 'mellat') expect(callback?.fields['FinalAmount']).toBe('2000');
      expect(await verify(bank, name)).toBe(bank === 'mellat' ? '0' : '-50');
    });
  });

  it('BIL-203 tampers with the amount of the callback: what was paid is untouched', async () => {
    await banks.fault('mellat', 'callbackAmount', { count: 1, amount: 9_000_000 });
    const { callback, order } = await banks.pay('mellat', await create('mellat'));
    expect(callback?.fields).toMatchObject({ ResCode: '0', FinalAmount: '9000000' });
    expect(order.paidAmount).toBe(AMOUNT);
  });

  it.each([
    ['61', 'Settle', 'settle'],
    ['34', 'Settle', 'settle'],
    ['45', 'Settle', 'settle'],
    ['48', 'Settle', 'settle'],
    ['43', 'Inquiry', 'inquiry'],
    ['34', 'Reversal', 'reverse'],
  ] as const)('BIL-203 mellat answers %s once to %s', async (code, method, operation) => {
    const name = await paid('mellat');
    expect(await verify('mellat', name)).toBe('0');
    const { id, saleReference } = await banks.order('mellat', name);
    await banks.fault('mellat', 'answer', { operation, count: 1, code });
    expect(await mellat.about(method, id, saleReference ?? '')).toBe(code);
    expect((await banks.order('mellat', name)).state).toBe('verified');
    expect(await mellat.about(method, id, saleReference ?? '')).toBe('0');
  });

  it('the page sends copies while the browser brings its own, and nothing when the payer is lost', async () => {
    const choose = async (refId: string): Promise<string> => {
      const url = `${new URL(banks.mellat.startUrl).origin}/pgwchannel/payment.mellat`;
      const form = new URLSearchParams({ RefId: refId, outcome: 'pay' });
      return (await fetch(url, { method: 'POST', body: form })).text();
    };
    merchant.answersAfter = 2;
    await banks.fault('mellat', 'repeatCallback', { count: 1, copies: 3 });
    expect(await choose(await create('mellat'))).toContain('<form method="post"');
    // Sent beside the page: they may come a moment after it.
    while (merchant.received.length < 2) await pause(5);
    expect(merchant.atOnce).toBe(2);
    merchant.forget();
    await banks.fault('mellat', 'earlyCallback', { count: 1 });
    const early = await choose(await create('mellat'));
    expect(early).toContain('<form method="post"');
    expect(merchant.received).toHaveLength(1);
    merchant.forget();
    await banks.fault('mellat', 'noCallback', { count: 1 });
    expect(await choose(await create('mellat'))).not.toContain('<form');
    expect(merchant.received).toEqual([]);
  });

  it('meets faults in the order they were put, each as often as it was told', async () => {
    const name = await paid('mellat');
    await banks.fault('mellat', 'answer', { operation: 'settle', count: 1, code: '61' });
    await banks.fault('mellat', 'answer', { operation: 'verify', count: 2, code: '34' });
    await banks.fault('mellat', 'answer', { count: 1, code: '28' });
    const codes: string[] = [];
    for (let time = 0; time < 4; time++) codes.push(await verify('mellat', name));
    expect(codes).toEqual(['34', '34', '28', '0']);
    expect((await banks.addresses()).mellat.faults).toMatchObject([{ operation: 'settle', count: 1 }]);
  });

  it('says why a callback could not be delivered', async () => {
    const [code, refId = ''] = (
      await mellat.pay(String(nextOrder++), { callBackUrl: 'http://127.0.0.1:1/nobody' })
    ).split(',');
    expect(code).toBe('0');
    const { deliveries }: Payment = await banks.pay('mellat', refId, { deliver: true });
    expect(deliveries).toEqual([{ error: expect.stringContaining('fetch failed') as string }]);
  });

  it.each([
    ['fault', { bank: 'saman', kind: 'slow' }],
    ['fault', { bank: 'mellat', kind: 'fire' }],
    ['fault', { bank: 'mellat', kind: 'answer' }],
    ['fault', { bank: 'mellat', kind: 'answer', code: '0,AAA' }],
    ['fault', { bank: 'mellat', kind: 'repeatCallback', copies: 101 }],
    ['fault', { bank: 'mellat', kind: 'late', ms: 120_001 }],
    ['fault', { bank: 'mellat', kind: 'late', count: 0 }],
  ])('refuses a wrong %s: %j', async (_, { bank, kind, ...fault }) => {
    await expect(banks.fault(bank as BankName, kind as FaultKind, fault)).rejects.toThrow(/bank|kind|must/);
    expect((await banks.addresses()).mellat.faults).toEqual([]);
  });

  it('keeps at most a hundred faults', async () => {
    for (let more = 0; more < 100; more++) await banks.fault('mellat', 'noCallback', { count: 1 });
    await expect(banks.fault('mellat', 'noCallback')).rejects.toThrow('at most 100');
  });

  it('refuses orders and banks that it does not know', async () => {
    await expect(banks.pay('mellat', '404')).rejects.toThrow('mellat has no order 404');
    await expect(banks.order('mellat', '404')).rejects.toThrow('no order');
    await expect(banks.orders('saman' as BankName)).rejects.toThrow('bank must be one of');
    await expect(banks.advance(-1)).rejects.toThrow('ms');
  });
});
