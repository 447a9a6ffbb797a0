import { bankTimeoutMs } from '../../../apps/billing/src/banks/bank';
import type { Bank, BankPayment, Verdict } from '../../../apps/billing/src/banks/bank';
import { Behpardakht } from '../../../apps/billing/src/banks/behpardakht/behpardakht.bank';
import { mellatCodes, mellatText } from '../../../apps/billing/src/banks/behpardakht/behpardakht.codes';
import { Zarinpal } from '../../../apps/billing/src/banks/zarinpal/zarinpal.bank';
import { zarinpalCodes, zarinpalText } from '../../../apps/billing/src/banks/zarinpal/zarinpal.codes';
import { bankAccounts, Patience, TestBanks } from '../../support/bank';
import type { BankName, Outcome } from '../../support/bank';

const patience = new Patience();
const amountRials = 5_000_000;

/** Each driver over the bank's real protocol, against the simulator's own reading of it. */
describe.each(['mellat', 'zarinpal'] as const)('the driver of %s', (name) => {
  let banks: TestBanks;
  let bank: Bank;
  let orders = 700_000_000_000;
  beforeAll(async () => {
    banks = await TestBanks.start();
    bank = driver(name);
  });
  afterEach(async () => {
    await banks.clearFaults();
    await banks.line(name, true);
  });
  afterAll(() => banks.stop());

  function driver(of: BankName, password?: string): Bank {
    return of === 'mellat'
      ? new Behpardakht(
          patience.of({
            ...banks.mellat,
            ...bankAccounts.mellat,
            ...(password !== undefined && { userPassword: password }),
          }),
        )
      : new Zarinpal(
          patience.of({
            ...banks.zarinpal,
            ...bankAccounts.zarinpal,
            ...(password !== undefined && { merchantId: password.padEnd(36, '0') }),
          }),
        );
  }

  const orderOf = (orderId: string) => ({
    orderId,
    amountRials,
    callbackUrl: 'http://127.0.0.1:1/back',
    description: 'شارژ حساب <پیک> & دوستان',
  });

  /** A payment that the payer has made, or not, with what the browser then brings. */
  async function payment(outcome: Outcome = 'pay'): Promise<{
    readonly payment: BankPayment;
    readonly fields: Record<string, string>;
  }> {
    const orderId = String((orders += 1));
    const requested = await bank.request(orderOf(orderId));
    if (requested.is !== 'accepted') throw new Error(JSON.stringify(requested));
    const { callback } = await banks.pay(name, requested.reference, { outcome });
    const fields = callback?.fields ?? {};
    const saleReference = bank.readCallback(fields)?.saleReference ?? null;
    return { payment: { orderId, amountRials, reference: requested.reference, saleReference }, fields };
  }

  it('BIL-010 asks for a payment in Rial and sends the browser to it', async () => {
    const orderId = String((orders += 1));
    const requested = await bank.request(orderOf(orderId));
    if (requested.is !== 'accepted') throw new Error(JSON.stringify(requested));
    const order = await banks.order(name, requested.reference);
    expect(order).toMatchObject({ amount: amountRials, state: 'created' });
    expect(order.description).toBe('شارژ حساب <پیک> & دوستان');
    const { method, url, fields } = bank.departure(requested.reference);
    const page = await fetch(url, {
      method,
      ...(method === 'POST' && {
        body: new URLSearchParams(fields),
        headers: { referer: 'http://127.0.0.1:1/' },
      }),
    });
    expect([page.status, (await page.text()).includes('۵٬۰۰۰٬۰۰۰ ریال')]).toEqual([200, true]);
  });

  it('BIL-203 verifies and settles, as often as it is asked, and the bank counts it once', async () => {
    const { payment: paid } = await payment();
    const first = await bank.verify(paid);
    expect(first.is).toBe('done');
    expect(name === 'mellat' ? paid.saleReference : first.saleReference).toMatch(/^\d+$/);
    if (name === 'zarinpal') expect(first.card).toMatch(/^\d{6}\*+\d{4}$/);
    expect((await bank.verify(paid)).is).toBe('done');
    expect((await bank.settle(paid)).is).toBe('done');
    expect((await bank.settle(paid)).is).toBe('done');
    expect((await bank.verify(paid)).is).toBe('done');
    expect(await bank.inquire(paid)).toBe('settled');
  });

  it.each([['cancel'], ['insufficient'], ['failed']] as const)(
    'reads that %s is no payment',
    async (outcome) => {
      const { payment: unpaid, fields } = await payment(outcome);
      const callback = bank.readCallback(fields);
      expect(callback?.claims).toBe(name === 'zarinpal' || outcome === 'cancel' ? 'cancelled' : 'declined');
      expect(bank.meaningOf(callback?.code ?? '')).toMatch(/\p{Script=Arabic}/u);
      const verdict = await bank.verify({ ...unpaid, saleReference: unpaid.saleReference ?? '1' });
      expect(verdict.is).toBe('denied');
    },
  );

  it.each(['verify', 'settle'] as const)(
    'takes no answer to %s for unknown, whatever the bank did, and learns it when it asks again',
    async (operation) => {
      if (name === 'zarinpal' && operation === 'settle') return;
      for (const kind of ['cut', 'drop', 'late', 'unavailable'] as const) {
        const { payment: paid } = await payment();
        if (operation === 'settle') await bank.verify(paid);
        await banks.fault(name, kind, { operation, count: 1, ms: 2 * Patience.short });
        const ask = (): Promise<Verdict> => bank[operation](paid);
        expect([kind, (await (kind === 'late' ? patience.lose(ask) : ask())).is]).toEqual([kind, 'unknown']);
        expect([kind, (await bank[operation](paid)).is]).toEqual([kind, 'done']);
      }
    },
  );

  it('takes a bank that is down for unknown, and for a refusal of a new payment', async () => {
    const { payment: paid } = await payment();
    await banks.line(name, false);
    expect(await bank.verify(paid)).toEqual({ is: 'unknown', code: 'noAnswer' });
    expect(await bank.inquire(paid)).toBe('unknown');
    expect(await bank.request(orderOf('1'))).toEqual({ is: 'refused', code: 'noAnswer' });
    await banks.line(name, true);
    expect((await bank.verify(paid)).is).toBe('done');
    await banks.fault(name, 'late', { operation: 'pay', count: 1, ms: 2 * Patience.short });
    const late = orderOf(String((orders += 1)));
    expect(await patience.lose(() => bank.request(late))).toEqual({ is: 'refused', code: 'timeout' });
  });

  it('begins while the bank is down, and works when it is up', async () => {
    await banks.line(name, false);
    const early = driver(name);
    expect((await early.request(orderOf('2'))).is).toBe('refused');
    await banks.line(name, true);
    expect((await early.request(orderOf(String((orders += 1))))).is).toBe('accepted');
  });

  it('takes codes that decide nothing for unknown: wrong settings, system errors, nonsense', async () => {
    const { payment: paid } = await payment();
    const wrong = driver(name, 'wrong');
    expect((await wrong.verify(paid)).is).toBe('unknown');
    for (const code of name === 'mellat' ? ['34', '415', '421', '9999'] : ['-9', '-11', '-12', '-52']) {
      await banks.fault(name, 'answer', { operation: 'verify', count: 1, code });
      expect([code, await bank.verify(paid)]).toEqual([code, { is: 'unknown', code }]);
    }
    expect((await bank.verify(paid)).is).toBe('done');
    expect(await wrong.request(orderOf('3'))).toMatchObject({ is: 'refused' });
  });

  it('gives a payment back, once and for ever', async () => {
    const { payment: paid } = await payment();
    expect((await bank.reverse(paid)).is).toBe('reversed');
    expect((await bank.verify(paid)).is).not.toBe('done');
    expect(await bank.inquire(paid)).toBe('reversed');
  });

  it('refuses fields that are no callback of this bank', () => {
    for (const fields of [
      {},
      { RefId: 'a' },
      { RefId: 'a', ResCode: '0', SaleOrderId: '5' },
      { RefId: 'a', ResCode: '0', SaleOrderId: '5', SaleReferenceId: '6' },
      { RefId: 'a', ResCode: '0', SaleOrderId: '5', SaleReferenceId: '6', FinalAmount: '-1' },
      { RefId: 'a', ResCode: '0', SaleOrderId: '5x', SaleReferenceId: '6', FinalAmount: '1' },
      { RefId: 'a', ResCode: 'ok', SaleOrderId: '5' },
      { Authority: 'A1', Status: 'OK' },
      { Authority: `A${'0'.repeat(35)}`, Status: 'ok' },
      { Authority: `A${'0'.repeat(35)}` },
      { Authority: `A${'0'.repeat(35)}/../..`, Status: 'OK' },
    ])
      expect(bank.readCallback(fields as Record<string, string>)).toBeUndefined();
  });

  if (name === 'mellat') {
    it('knows 43, 45 and 48, and a number that another installation used', async () => {
      const { payment: paid } = await payment();
      for (const [operation, code, is] of [
        ['verify', '43', 'done'],
        ['settle', '45', 'done'],
        ['verify', '48', 'reversed'],
        ['settle', '48', 'reversed'],
        ['settle', '46', 'unknown'],
      ] as const) {
        await banks.fault(name, 'answer', { operation, count: 1, code });
        expect(await bank[operation](paid)).toEqual({ is, code });
      }
      expect(await bank.request(orderOf(paid.orderId))).toEqual({ is: 'taken' });
    });

    it('is told that the money went back when it verifies after 20 minutes', async () => {
      const { payment: paid } = await payment();
      await banks.advance(20 * 60_000);
      expect(await bank.verify(paid)).toEqual({ is: 'reversed', code: '48' });
    });
  } else {
    it('verifies with our amount: a card that was charged with another is refused', async () => {
      await banks.fault(name, 'paidAmount', { count: 1, amount: 1_000 });
      const { payment: paid } = await payment();
      expect(await bank.verify(paid)).toEqual({ is: 'differs', code: '-50' });
    });

    it('lists what was paid and never verified', async () => {
      const { payment: paid } = await payment();
      expect(await bank.lost?.()).toContainEqual({ reference: paid.reference, amountRials });
      await bank.verify(paid);
      expect((await bank.lost?.())?.map(({ reference }) => reference)).not.toContain(paid.reference);
      await banks.line(name, false);
      expect(await bank.lost?.()).toBeUndefined();
    });
  }
});

it('a bank has 30 s, and each code a Persian text', () => {
  expect(bankTimeoutMs).toBe(30_000);
  for (const code of mellatCodes) expect(mellatText(code)).toMatch(/^[\p{Script=Arabic}\p{P}\s\u200c]+$/u);
  for (const code of zarinpalCodes)
    expect(zarinpalText(code)).toMatch(/^[\p{Script=Arabic}\p{P}\s\u200c]+$/u);
  const listed = [
    0, 11, 12, 13, 14, 15, 16, 17, 18, 19, 21, 24, 25, 41, 42, 43, 44, 45, 46, 47, 48, 51, 54, 55,
  ];
  const groups = [
    20, 22, 23, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 56, 57, 61, 62, 98, 211,
  ];
  const rest = [
    111, 112, 113, 114, 115, 116, 117, 412, 413, 414, 415, 416, 417, 418, 419, 420, 421, 995, 997,
  ];
  for (const code of [...listed, ...groups, ...rest]) expect(mellatText(String(code))).toBeDefined();
});
