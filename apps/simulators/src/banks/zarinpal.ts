import { createHash, randomBytes } from 'node:crypto';
import { Bank, OUTCOMES } from './bank';
import type { Answer, BankClock, BankRequest, BankTerms, Callback, CUT, Outcome } from './bank';
import type { Operation, Order, OrderState } from './order';
import { messagePage, paymentPage } from './pages';

export interface ZarinpalAccount {
  /** merchant_ids, 36 characters each; more than one, so that one can ask for another's payment. */
  merchantIds: readonly string[];
  /** As the payer reads it. */
  merchant: string;
}

export const REQUEST_PATH = '/pg/v4/payment/request.json';
export const START_PATH = '/pg/StartPay/';
const TITLE = 'درگاه پرداخت زرین‌پال (شبیه‌ساز)';
const MERCHANT_ID = /^[\da-zA-Z-]{36}$/;
const AUTHORITY = /^[AS][\da-zA-Z]{35}$/;
/** Rial. */
const AMOUNT_MIN = 1_000;
const AMOUNT_MAX = 1_000_000_000;
const DESCRIPTION_MAX = 500;
const CALLBACK_URL_MAX = 2_000;
const UNVERIFIED_MAX = 100;
const REVERSE_WITHIN_MS = 30 * 60_000;
const PAN = '5022291070875995';

/** zarinpal.com/docs/paymentGateway/errorList */
const MESSAGES: Readonly<Record<string, string>> = {
  '-9': 'The input params invalid, validation error.',
  '-10': 'Terminal is not valid, please check merchant_id or ip address.',
  '-11': 'Terminal is not active, please contact our support team.',
  '-12': 'To many attempts, please try again later.',
  '-14': 'The callback URL domain does not match the registered terminal domain.',
  '-15': 'Terminal user is suspend : (please contact our support team).',
  '-41': 'Maximum amount is 100,000,000 tomans.',
  '-50': 'Session is not valid, amounts values is not the same.',
  '-51': 'Session is not valid, session is not active paid try.',
  '-52': 'Oops!!, please contact our support team',
  '-53': 'Session is not this merchant_id session',
  '-54': 'Invalid authority.',
  '-60': 'Session can not be reversed with bank.',
  '-61': 'Session is not in success status.',
  '-63': 'Maximum time for reverse this session is expired.',
  '100': 'Success',
  '101': 'Verified',
};

/** As `inquiry.json` names the states. Zarinpal pays out by itself: settled is no state of it. */
const STATUS: Readonly<Record<OrderState, string>> = {
  created: 'IN_BANK',
  refused: 'FAILED',
  paid: 'PAID',
  verified: 'VERIFIED',
  settled: 'VERIFIED',
  reversed: 'REVERSED',
};

type Fields = Readonly<Record<string, unknown>>;
/** Of one field, as Laravel words them. */
type Validation = Readonly<Record<string, string>>;
class Refusal extends Error {
  constructor(
    readonly code: string,
    readonly validations: readonly Validation[] = [],
  ) {
    super(code);
  }
}

const tehranTime = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Asia/Tehran',
  dateStyle: 'short',
  timeStyle: 'medium',
});

/** Zarinpal v4: JSON for the merchant's program, one page for the payer. Amounts in Rial, or in Toman with currency IRT. */
export class Zarinpal extends Bank {
  readonly name = 'zarinpal';
  private readonly operations: Readonly<Record<string, [Operation, (fields: Fields) => object]>> = {
    [REQUEST_PATH]: ['pay', (fields) => this.request(fields)],
    '/pg/v4/payment/verify.json': ['verify', (fields) => this.verify(fields)],
    '/pg/v4/payment/inquiry.json': ['inquiry', (fields) => this.inquiry(fields)],
    '/pg/v4/payment/reverse.json': ['reverse', (fields) => this.reverse(fields)],
    '/pg/v4/payment/unVerified.json': ['unverified', (fields) => this.unverified(fields)],
  };

  constructor(
    private readonly account: ZarinpalAccount,
    domains: BankTerms['domains'],
    clock: BankClock,
  ) {
    // What is paid and not verified waits here until support gives it back: unVerified.json lists it.
    super({ verifyWithinMs: null, settledAfterMs: null, domains }, clock);
  }

  async handle({ method, url, body }: BankRequest): Promise<Answer | typeof CUT> {
    const [operation, act] = this.operations[url.pathname] ?? [];
    if (operation && act && method === 'POST') {
      const fields = parseJson(body);
      const authority = fields?.['authority'];
      return this.perform(
        operation,
        typeof authority === 'string' ? authority : undefined,
        () => this.answer(() => act(valid(fields))),
        (code) => (code.startsWith('-') ? refusal(new Refusal(code)) : success({ code: Number(code) })),
      );
    }
    if (!url.pathname.startsWith(START_PATH)) return messagePage(TITLE, 'نشانی نادرست است', 404);
    const order = this.find(url.pathname.slice(START_PATH.length));
    if (order?.state !== 'created') return messagePage(TITLE, 'این درخواست پرداخت معتبر نیست', 404);
    if (method === 'GET') return paymentPage(TITLE, this.account.merchant, order, url.pathname, {});
    return this.choose(order, new URLSearchParams(body));
  }

  protected callbackOf({ request, state }: Order, { reference }: { reference?: string }): Callback {
    const fields = { Authority: reference ?? request.reference, Status: state === 'paid' ? 'OK' : 'NOK' };
    const url = new URL(request.callbackUrl);
    for (const [name, value] of Object.entries(fields)) url.searchParams.set(name, value);
    return { method: 'GET', url: url.href, fields };
  }

  /** The merchant does not learn it: the callback says NOK, whatever it was. */
  protected refusalOf(outcome: Exclude<Outcome, 'pay'>): string {
    return outcome;
  }

  private async choose(order: Order, form: URLSearchParams): Promise<Answer> {
    const outcome = OUTCOMES.find((known) => known === form.get('outcome'));
    if (!outcome) return messagePage(TITLE, 'این درخواست پرداخت معتبر نیست', 400);
    const callback = await this.depart(order, outcome);
    if (!callback) return messagePage(TITLE, 'پرداخت انجام شد');
    return { status: 302, headers: { location: callback.url, 'cache-control': 'no-store' }, body: '' };
  }

  private answer(act: () => object): Answer {
    try {
      return success(act());
    } catch (error: unknown) {
      if (!(error instanceof Refusal)) throw error;
      return refusal(error);
    }
  }

  private request(fields: Fields): object {
    const { currency = 'IRR', description, callback_url: callbackUrl } = fields;
    const amount = rialsOf(fields, currency);
    const validations: Validation[] = [];
    const need = (holds: boolean, field: string, message: string): void => {
      if (!holds) validations.push({ [field]: message });
    };
    need(amount >= AMOUNT_MIN, 'amount', `The amount must be at least ${AMOUNT_MIN}.`);
    need(currency === 'IRR' || currency === 'IRT', 'currency', 'The selected currency is invalid.');
    need(
      typeof description === 'string' && description !== '' && description.length <= DESCRIPTION_MAX,
      'description',
      'The description field is required.',
    );
    need(
      typeof callbackUrl === 'string' && callbackUrl.length <= CALLBACK_URL_MAX && URL.canParse(callbackUrl),
      'callback_url',
      'The callback url field is required.',
    );
    const merchant = this.merchant(fields, validations);
    if (amount > AMOUNT_MAX) throw new Refusal('-41');
    if (!this.isRegistered(String(callbackUrl))) throw new Refusal('-14');
    const authority = `A${'0'.repeat(19)}${randomBytes(8).toString('hex')}`;
    this.open({
      merchant,
      id: authority,
      reference: authority,
      amount,
      currency: currency === 'IRT' ? 'IRT' : 'IRR',
      callbackUrl: String(callbackUrl),
      description: String(description),
    });
    return { code: 100, message: 'Success', authority, fee_type: 'Merchant', fee: feeOf(amount) };
  }

  private verify(fields: Fields): object {
    const order = this.own(fields);
    const amount = rialsOf(fields, order.request.currency);
    if (Number.isNaN(amount)) throw new Refusal('-9', [{ amount: 'The amount must be an integer.' }]);
    if (order.paidAmount === null || order.state === 'reversed') throw new Refusal('-51');
    if (amount !== order.paidAmount) throw new Refusal('-50');
    const isFirst = order.can('verify');
    if (isFirst) order.move('verify', this.clock.now());
    return {
      code: isFirst ? 100 : 101,
      message: isFirst ? 'Paid' : 'Verified',
      card_hash: createHash('sha256').update(PAN).digest('hex').toUpperCase(),
      card_pan: `${PAN.slice(0, 6)}******${PAN.slice(-4)}`,
      ref_id: Number(order.saleReference),
      fee_type: 'Merchant',
      fee: feeOf(order.paidAmount),
    };
  }

  private inquiry(fields: Fields): object {
    return { status: STATUS[this.own(fields).state], code: 100, message: 'Success' };
  }

  private reverse(fields: Fields): object {
    const order = this.own(fields);
    if (!order.can('reverse')) throw new Refusal('-61');
    if (this.clock.now() > (order.at.paid ?? 0) + REVERSE_WITHIN_MS) throw new Refusal('-63');
    order.move('reverse', this.clock.now());
    return { code: 100, message: 'Reversed' };
  }

  /** The last hundred that were paid and not verified; amounts in the merchant's currency. */
  private unverified(fields: Fields): object {
    const merchant = this.merchant(fields);
    const orders = this.list().filter(
      ({ state, request }) => state === 'paid' && request.merchant === merchant,
    );
    const authorities = orders.slice(-UNVERIFIED_MAX).map(({ request, paidAmount, at }) => ({
      authority: request.reference,
      amount: (paidAmount ?? 0) / (request.currency === 'IRT' ? 10 : 1),
      callback_url: request.callbackUrl,
      referer: '/',
      date: tehranTime.format(at.paid),
    }));
    return { code: 100, message: 'Success', authorities };
  }

  private merchant(fields: Fields, validations: Validation[] = []): string {
    const id = String(fields['merchant_id']);
    if (!MERCHANT_ID.test(id))
      validations.push({ merchant_id: 'The merchant id may not be greater than 36.' });
    if (validations.length > 0) throw new Refusal('-9', validations);
    if (!this.account.merchantIds.includes(id)) throw new Refusal('-10');
    return id;
  }

  private own(fields: Fields): Order {
    const merchant = this.merchant(fields);
    const authority = String(fields['authority']);
    const order = AUTHORITY.test(authority) ? this.find(authority) : undefined;
    if (!order) throw new Refusal('-54');
    if (order.request.merchant !== merchant) throw new Refusal('-53');
    return order;
  }
}

/** NaN when it is no whole number; a text of digits is one: the documentation's own example sends that. */
function rialsOf({ amount }: Fields, currency: unknown): number {
  if (!/^\d{1,15}$/.test(String(amount))) return Number.NaN;
  return Number(amount) * (currency === 'IRT' ? 10 : 1);
}

function success(data: object): Answer {
  return json(200, { data, errors: [] });
}

function refusal({ code, validations }: Refusal): Answer {
  const errors = { message: MESSAGES[code] ?? '', code: Number(code), validations };
  return json(code === '-9' ? 422 : 200, { data: [], errors });
}

function json(status: number, body: object): Answer {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}

/** Undefined when it is no JSON object. */
function parseJson(body: string): Fields | undefined {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Fields)
      : undefined;
  } catch {
    return undefined;
  }
}

function valid(fields: Fields | undefined): Fields {
  if (!fields) throw new Refusal('-9', [{ merchant_id: 'The merchant id field is required.' }]);
  return fields;
}

/** Half a percent, at most 6,000 Toman: the order of size, not the price list. */
function feeOf(amount: number): number {
  return Math.min(60_000, Math.floor(amount / 200));
}
