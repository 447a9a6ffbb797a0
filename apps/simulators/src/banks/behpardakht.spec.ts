import { sendCallback, TestBanks } from './bank-desk.fixture';
import { MellatClient, Merchant } from './merchant.fixture';
import { ANSWERS, Behpardakht } from './behpardakht';
import type { OrderState } from './order';

const MINUTE_MS = 60_000;

describe(Behpardakht.name, () => {
  const merchant = new Merchant();
  let banks: TestBanks;
  let bank: MellatClient;
  let nextOrder = 9_007_199_254_740_993n;
  beforeAll(async () => {
    await merchant.listen();
    banks = await TestBanks.start();
    bank = await MellatClient.open(banks, `${merchant.url}/callback?topup=1`);
  });
  afterAll(async () => {
    await banks.stop();
    await merchant.close();
  });
  beforeEach(async () => {
    await banks.reset();
    merchant.forget();
  });

  /** A new order; its RefId. */
  async function create(orderId = String(nextOrder++)): Promise<{ orderId: string; refId: string }> {
    const [code, refId = ''] = (await bank.pay(orderId)).split(',');
    expect(code).toBe('0');
    return { orderId, refId };
  }

  async function paid(): Promise<{ orderId: string; sale: string }> {
    const { orderId } = await create();
    const { order } = await banks.pay('mellat', orderId);
    return { orderId, sale: order.saleReference ?? '' };
  }

  /** An order in this state with its sale reference ('0' when it has none). */
  async function orderIn(state: OrderState): Promise<{ orderId: string; sale: string }> {
    if (state === 'created') return { ...(await create()), sale: '0' };
    if (state === 'refused') {
      const { orderId } = await create();
      await banks.pay('mellat', orderId, { outcome: 'cancel' });
      return { orderId, sale: '0' };
    }
    const order = await paid();
    const ask = (operation: 'Verify' | 'Settle' | 'Reversal'): Promise<string> =>
      bank.about(operation, order.orderId, order.sale);
    if (state === 'verified' || state === 'settled') expect(await ask('Verify')).toBe('0');
    if (state === 'settled') expect(await ask('Settle')).toBe('0');
    if (state === 'reversed') expect(await ask('Reversal')).toBe('0');
    return order;
  }

  const browse = (path: string, form: Record<string, string>, referer: string): Promise<Response> =>
    fetch(`${new URL(banks.mellat.startUrl).origin}${path}`, {
      method: 'POST',
      body: new URLSearchParams(form),
      headers: { referer },
      redirect: 'manual',
    });
  const choose = (refId: string, outcome: string): Promise<Response> =>
    browse('/pgwchannel/payment.mellat', { RefId: refId, outcome }, banks.mellat.startUrl);

  it("offers the operations of the bank's WSDL, which a SOAP library can read", async () => {
    expect(bank.operations.toSorted()).toEqual([
      'bpInquiryRequest',
      'bpPayRequest',
      'bpReversalRequest',
      'bpSettleRequest',
      'bpVerifyRequest',
      'bpVerifySettleRequest',
    ]);
    const other = await fetch(`${banks.mellat.wsdlUrl}=Other.wsdl`);
    expect(other.status).toBe(404);
  });

  it('BIL-010 leads the payer over its page to the bank and back with the signed-off fields', async () => {
    const { orderId, refId } = await create();
    expect(refId).toMatch(/^[\da-fA-F]{20}$/);
    const start = await browse('/pgwchannel/startpay.mellat', { RefId: refId }, `${merchant.url}/pay`);
    const page = await start.text();
    expect(start.headers.get('content-type')).toContain('text/html');
    expect(page).toContain('dir="rtl"');
    expect(page).toContain('۲۵۰٬۰۰۰ ریال');
    expect(page).toContain('شارژ حساب &lt;پیک&gt; &amp; دوستان');
    expect(page.match(/name="outcome" value="\w+"/g)).toHaveLength(4);

    const back = await (await choose(refId, 'pay')).text();
    expect(back).toContain(`<form method="post" action="${merchant.url}/callback?topup=1">`);
    const inputs = [...back.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)">/g)];
    const { saleReference } = await banks.order('mellat', refId);
    expect(Object.fromEntries(inputs.map(([, name, value]) => [name, value]))).toEqual({
      RefId: refId,
      ResCode: '0',
      SaleOrderId: orderId,
      SaleReferenceId: saleReference,
      CardHolderInfo: expect.stringMatching(/^[\dA-F]{64}$/) as string,
      CardHolderPan: '610433*****5689',
      CreditCardSaleResponseDetail: '',
      FinalAmount: '250000',
    });
    // The page is for one payment.
    expect(await (await choose(refId, 'pay')).text()).toContain('۴۱۵');
    expect(
      await (await browse('/pgwchannel/startpay.mellat', { RefId: refId }, merchant.url)).text(),
    ).toContain('۴۱۵');
    expect(merchant.received).toEqual([]);
  });

  it.each([
    ['cancel', '17'],
    ['insufficient', '12'],
    ['failed', '112'],
  ] as const)('BIL-203 brings the payer back with a code after: %s', async (outcome, code) => {
    const { orderId, refId } = await create();
    const { callback, deliveries } = await banks.pay('mellat', refId, { outcome, deliver: true });
    const fields = { RefId: refId, ResCode: code, SaleOrderId: orderId };
    expect(callback).toEqual({ method: 'POST', url: `${merchant.url}/callback?topup=1`, fields });
    expect(merchant.received).toEqual([
      { method: 'POST', path: '/callback', fields: { topup: '1', ...fields } },
    ]);
    expect(deliveries).toEqual([{ status: 303, location: '/receipt' }]);
    expect(await banks.order('mellat', orderId)).toMatchObject({
      state: 'refused',
      refusal: code,
      paidAmount: null,
      callbacks: 1,
    });
    await expect(banks.pay('mellat', orderId)).rejects.toThrow('is refused: cannot pay');
  });

  it('wants the Referer of the registered domain, the right letters of the RefId, and a known choice', async () => {
    const { orderId, refId } = await create();
    const start = (id: string, referer: string): Promise<Response> =>
      browse('/pgwchannel/startpay.mellat', { RefId: id }, referer);
    expect((await start(refId, '')).status).toBe(403);
    expect((await start(refId, 'http://evil.test/')).status).toBe(403);
    expect((await start(refId, 'http://127.0.0.1.evil.test/')).status).toBe(403);
    const swapped = refId.replace(/[a-z]/i, (letter) =>
      letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase(),
    );
    for (const wrong of [swapped, orderId, ''])
      expect(await (await start(wrong, merchant.url)).text()).toContain('۴۱۵');
    expect(await (await choose(refId, 'steal')).text()).toContain('۴۱۵');
    expect(await (await choose(orderId, 'pay')).text()).toContain('۴۱۵');
    expect(await banks.order('mellat', orderId)).toMatchObject({ state: 'created' });
  });

  it.each([
    ['another terminal', { terminalId: '7' }, '21'],
    ['a wrong user', { userName: 'PEYK' }, '24'],
    ['a wrong password', { userPassword: '' }, '24'],
    ['nothing to pay', { amount: '0' }, '25'],
    ['a negative amount', { amount: '-250000' }, '25'],
    ['less than Shaparak takes', { amount: '999' }, '25'],
    ['more than Shaparak takes', { amount: '2000000001' }, '25'],
    ['a day that is none', { localDate: '20260230' }, '35'],
    ['a date with dashes', { localDate: '2026-11-22' }, '35'],
    ['a Jalali date', { localDate: '14050931' }, '35'],
    ['a time that is none', { localTime: '246000' }, '32'],
    ['a long description', { additionalData: 'ا'.repeat(1_001) }, '32'],
    ['orderId 0', { orderId: '0' }, '32'],
    ['a payer that is no number', { payerId: 'ali' }, '417'],
    ['a callback elsewhere', { callBackUrl: 'http://evil.test/callback' }, '62'],
    ['a callback that is no address', { callBackUrl: '/callback' }, '62'],
  ])('BIL-203 refuses a payment with %s', async (_, changed, code) => {
    expect(await bank.pay('77', changed)).toBe(code);
    expect(await banks.orders('mellat')).toEqual([]);
  });

  it('takes the bounds themselves', async () => {
    const changes = [{ amount: '1000' }, { amount: '2000000000' }, { additionalData: 'ا'.repeat(1_000) }];
    for (const changed of changes) expect(await bank.pay(String(nextOrder++), changed)).toMatch(/^0,/);
  });

  it('BIL-203 refuses an orderId that was used before with 41', async () => {
    const { orderId } = await create();
    expect(await bank.pay(orderId)).toBe('41');
    expect((await banks.order('mellat', orderId)).calls).toEqual({ pay: 1 });
  });

  const operations = {
    verify: 'Verify',
    settle: 'Settle',
    verifySettle: 'VerifySettle',
    inquiry: 'Inquiry',
    reverse: 'Reversal',
  } as const;
  /** Codes by state: created, refused, paid, verified, settled, reversed; and the state after it. */
  const expected = {
    verify: ['42', '42', '0 verified', '43', '43', '48'],
    settle: ['42', '42', '44', '0 settled', '45', '48'],
    verifySettle: ['42', '42', '0 settled', '43', '45', '48'],
    inquiry: ['42', '42', '44', '0', '45', '48'],
    reverse: ['42', '42', '0 reversed', '0 reversed', '45', '48'],
  } as const;
  const states = ['created', 'refused', 'paid', 'verified', 'settled', 'reversed'] as const;
  const cases = (Object.keys(operations) as (keyof typeof operations)[]).flatMap((operation) =>
    states.map((state, at) => [operation, state, expected[operation][at] ?? ''] as const),
  );

  it.each(cases)('BIL-203 answers %s of a %s order with %s', async (operation, state, wanted) => {
    const [code = '', after = state] = wanted.split(' ');
    const { orderId, sale } = await orderIn(state);
    expect(ANSWERS[operation][state][0]).toBe(code);
    expect(await bank.about(operations[operation], orderId, sale)).toBe(code);
    expect((await banks.order('mellat', orderId)).state).toBe(after);
  });

  it.each(Object.values(operations))('%s needs the right terminal, user and sale', async (operation) => {
    const { orderId, sale } = await paid();
    const other = String(BigInt(sale) + 1n);
    expect(await bank.about(operation, orderId, sale, { terminalId: '7' })).toBe('21');
    expect(await bank.about(operation, orderId, sale, { userPassword: 'x' })).toBe('24');
    expect(await bank.about(operation, orderId, other)).toBe('42');
    expect(await bank.about(operation, '404', sale)).toBe('42');
    expect((await banks.order('mellat', orderId)).state).toBe('paid');
  });

  it('gives the money back when nobody verifies within 20 minutes, and not before', async () => {
    const early = await paid();
    await banks.advance(20 * MINUTE_MS - 5_000);
    expect(await bank.about('Verify', early.orderId, early.sale)).toBe('0');
    const late = await paid();
    await banks.advance(20 * MINUTE_MS);
    expect((await banks.order('mellat', late.orderId)).state).toBe('reversed');
    expect(await bank.about('Verify', late.orderId, late.sale)).toBe('48');
    expect((await banks.order('mellat', early.orderId)).state).toBe('verified');
  });

  it('settles what is verified by itself after three hours; then it can no longer be reversed', async () => {
    const early = await orderIn('verified');
    await banks.advance(180 * MINUTE_MS - 5_000);
    expect(await bank.about('Reversal', early.orderId, early.sale)).toBe('0');
    const late = await orderIn('verified');
    await banks.advance(180 * MINUTE_MS);
    expect(await bank.about('Reversal', late.orderId, late.sale)).toBe('45');
    expect(await bank.about('Settle', late.orderId, late.sale)).toBe('45');
  });

  it('answers with a SOAP fault what it cannot read', async () => {
    const response = await fetch(banks.mellat.wsdlUrl, {
      method: 'POST',
      headers: { 'content-type': 'text/xml' },
      body: '<a/>',
    });
    expect(response.status).toBe(500);
    expect(await response.text()).toContain('<faultstring>not a SOAP 1.1 envelope</faultstring>');
    await expect(bank.pay('ten')).rejects.toThrow('Unmarshalling Error');
    expect(await banks.orders('mellat')).toEqual([]);
  });

  it('closes the connection on a body over its bound', async () => {
    const body = 'a'.repeat(70_000);
    await expect(fetch(banks.mellat.wsdlUrl, { method: 'POST', body })).rejects.toThrow('fetch failed');
    expect((await fetch(banks.mellat.wsdlUrl)).status).toBe(200);
  });

  it('counts what a program asked, by order and in all', async () => {
    const { orderId, sale } = await paid();
    await bank.about('Verify', orderId, sale);
    await bank.about('Verify', orderId, sale);
    await bank.about('Settle', '404', '1');
    expect((await banks.order('mellat', orderId)).calls).toEqual({ verify: 2 });
    expect(await banks.calls('mellat')).toMatchObject({ pay: 1, verify: 2, settle: 1, inquiry: 0 });
    expect((await banks.calls('zarinpal')).verify).toBe(0);
  });

  it('BIL-203 a callback can be sent on twenty connections', async () => {
    const { orderId } = await create();
    const { callback } = await banks.pay('mellat', orderId);
    if (!callback) throw new Error('no callback');
    merchant.answersAfter = 20;
    const answers = await sendCallback(callback, 20);
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 303));
    expect(merchant.received).toHaveLength(20);
    expect(new Set(merchant.received.map((one) => JSON.stringify(one))).size).toBe(1);
  });
});
