import { createHash, randomBytes } from 'node:crypto';
import { Bank, OUTCOMES } from './bank';
import type { Answer, BankClock, BankRequest, BankTerms, Callback, CUT, Outcome } from './bank';
import { interfaceWsdl, serviceWsdl, SOAP_OPERATIONS } from './behpardakht-wsdl';
import type { Operation, Order, OrderEvent, OrderState } from './order';
import { messagePage, paymentPage, returnPage } from './pages';
import { parseSoapCall, soapAnswer, soapFault, SoapProblem } from './soap-message';
import type { SoapCall } from './soap-message';

export interface BehpardakhtAccount {
  /** Decimal long. */
  terminalId: string;
  userName: string;
  userPassword: string;
  /** As the payer reads it. */
  merchant: string;
}

export const SERVICE_PATH = '/pgwchannel/services/pgw';
export const START_PATH = '/pgwchannel/startpay.mellat';
const PAYMENT_PATH = '/pgwchannel/payment.mellat';

const TITLE = 'درگاه پرداخت بانک ملت (شبیه‌ساز)';
/** Guide 1.39, page 21: unverified after 20 minutes is reversed; page 20: settled by itself after three hours. */
const VERIFY_WITHIN_MS = 20 * 60_000;
const SETTLED_AFTER_MS = 3 * 3_600_000;
/** Rial; what Shaparak takes in one purchase. */
const AMOUNT_MIN = 1_000;
const AMOUNT_MAX = 2_000_000_000;
const ADDITIONAL_DATA_MAX = 1_000;
const CALLBACK_URL_MAX = 2_000;
const PAN = '6104337700005689';

type Step = readonly [code: string, ...events: OrderEvent[]];
const NO_SALE: Step = ['42'];

/**
 * The bank's code for each state and what it does. 43 and 45 are successes of an earlier request. The guide names no result of
 * an inquiry; here 0 is verified, 44 paid and not verified, 45 settled, 48 reversed, 42 not paid.
 */
export const ANSWERS: Readonly<
  Record<Exclude<Operation, 'pay' | 'unverified'>, Readonly<Record<OrderState, Step>>>
> = {
  verify: {
    created: NO_SALE,
    refused: NO_SALE,
    paid: ['0', 'verify'],
    verified: ['43'],
    settled: ['43'],
    reversed: ['48'],
  },
  settle: {
    created: NO_SALE,
    refused: NO_SALE,
    paid: ['44'],
    verified: ['0', 'settle'],
    settled: ['45'],
    reversed: ['48'],
  },
  verifySettle: {
    created: NO_SALE,
    refused: NO_SALE,
    paid: ['0', 'verify', 'settle'],
    verified: ['43'],
    settled: ['45'],
    reversed: ['48'],
  },
  inquiry: {
    created: NO_SALE,
    refused: NO_SALE,
    paid: ['44'],
    verified: ['0'],
    settled: ['45'],
    reversed: ['48'],
  },
  reverse: {
    created: NO_SALE,
    refused: NO_SALE,
    paid: ['0', 'reverse'],
    verified: ['0', 'reverse'],
    settled: ['45'],
    reversed: ['48'],
  },
};

/**
 * Behpardakht Mellat as its guide 1.39 and its WSDL describe it: SOAP for the merchant's program, two pages for the payer. One
 * terminal. Amounts in Rial.
 */
export class Behpardakht extends Bank {
  readonly name = 'mellat';

  constructor(
    private readonly account: BehpardakhtAccount,
    domains: BankTerms['domains'],
    clock: BankClock,
  ) {
    super({ verifyWithinMs: VERIFY_WITHIN_MS, settledAfterMs: SETTLED_AFTER_MS, domains }, clock);
  }

  async handle(request: BankRequest): Promise<Answer | typeof CUT> {
    const { method, url, body } = request;
    const route = `${method} ${url.pathname}`;
    switch (route) {
      case `GET ${SERVICE_PATH}`:
        return this.wsdl(url);
      case `POST ${SERVICE_PATH}`:
        return this.service(body);
      case `POST ${START_PATH}`:
        return this.startPage(request, new URLSearchParams(body));
      case `POST ${PAYMENT_PATH}`:
        return this.choose(new URLSearchParams(body));
      default:
        return messagePage(TITLE, 'نشانی نادرست است', 404);
    }
  }

  protected callbackOf(
    order: Order,
    { reference, amount }: { reference?: string; amount?: number },
  ): Callback {
    const { request, saleReference, refusal, paidAmount } = order;
    return {
      method: 'POST',
      url: request.callbackUrl,
      fields: {
        RefId: reference ?? request.reference,
        ResCode: refusal ?? '0',
        SaleOrderId: request.id,
        ...(saleReference !== null && {
          SaleReferenceId: saleReference,
          CardHolderInfo: createHash('sha256').update(PAN).digest('hex').toUpperCase(),
          CardHolderPan: `${PAN.slice(0, 6)}*****${PAN.slice(-4)}`,
          CreditCardSaleResponseDetail: '',
          FinalAmount: String(amount ?? paidAmount),
        }),
      },
    };
  }

  protected refusalOf(outcome: Exclude<Outcome, 'pay'>): string {
    return { cancel: '17', insufficient: '12', failed: '112' }[outcome];
  }

  private wsdl(url: URL): Answer {
    const wanted = url.searchParams.get('wsdl');
    const text =
      wanted === ''
        ? serviceWsdl(`${url.origin}${SERVICE_PATH}`)
        : wanted === 'IPaymentGateway.wsdl'
          ? interfaceWsdl()
          : undefined;
    return text === undefined ? messagePage(TITLE, 'نشانی نادرست است', 404) : xml(text);
  }

  private async service(body: string): Promise<Answer | typeof CUT> {
    let call: SoapCall;
    try {
      call = parseSoapCall(body);
    } catch (error: unknown) {
      if (!(error instanceof SoapProblem)) throw error;
      return xml(soapFault(error.message), 500);
    }
    const { name, fields } = call;
    const operation = SOAP_OPERATIONS[name]?.operation;
    if (!operation || operation === 'unverified') return xml(soapFault(`${name} was not recognized.`), 500);
    const say = (code: string): Answer => xml(soapAnswer(name, code));
    // A request that repeats an orderId is about the order that has it.
    const order = operation === 'pay' ? fields['orderId'] : fields['saleOrderId'];
    return this.perform(
      operation,
      order,
      () => say(operation === 'pay' ? this.pay(fields) : this.step(operation, fields)),
      say,
    );
  }

  /** `0,RefId` or a code. */
  private pay(fields: SoapCall['fields']): string {
    const refused = this.identify(fields) ?? this.refusePay(fields);
    if (refused !== undefined) return refused;
    const order = this.open({
      merchant: this.account.terminalId,
      id: fields['orderId'] ?? '',
      reference: newRefId(),
      amount: Number(fields['amount']),
      currency: 'IRR',
      callbackUrl: fields['callBackUrl'] ?? '',
      description: fields['additionalData'] ?? '',
    });
    return `0,${order.request.reference}`;
  }

  private refusePay(fields: SoapCall['fields']): string | undefined {
    const { orderId = '', localDate = '', localTime = '', callBackUrl = '', payerId = '' } = fields;
    const amount = BigInt(fields['amount'] ?? '0');
    if (amount < AMOUNT_MIN || amount > AMOUNT_MAX) return '25';
    if (!isDate(localDate)) return '35';
    if (!/^([01]\d|2[0-3])[0-5]\d[0-5]\d$/.test(localTime)) return '32';
    if ((fields['additionalData'] ?? '').length > ADDITIONAL_DATA_MAX) return '32';
    if (BigInt(orderId) <= 0n || callBackUrl.length > CALLBACK_URL_MAX) return '32';
    if (!/^\d{1,20}$/.test(payerId)) return '417';
    if (!this.isRegistered(callBackUrl)) return '62';
    if (this.orders.find(orderId)) return '41';
    return undefined;
  }

  private step(operation: keyof typeof ANSWERS, fields: SoapCall['fields']): string {
    const refused = this.identify(fields);
    if (refused !== undefined) return refused;
    const order = this.find(fields['saleOrderId'] ?? '');
    if (!order || order.saleReference !== fields['saleReferenceId']) return NO_SALE[0];
    const [code, ...events] = ANSWERS[operation][order.state];
    for (const event of events) order.move(event, this.clock.now());
    return code;
  }

  private identify(fields: SoapCall['fields']): string | undefined {
    if (fields['terminalId'] !== this.account.terminalId) return '21';
    const { userName, userPassword } = this.account;
    return fields['userName'] === userName && fields['userPassword'] === userPassword ? undefined : '24';
  }

  /** The browser has to come from a page of the merchant: guide 1.26 compares the Referer with the registered domain. */
  private startPage({ headers: { referer = '' } }: BankRequest, form: URLSearchParams): Answer {
    if (!this.isRegistered(referer))
      return messagePage(TITLE, 'درخواست از دامنهٔ ثبت‌شدهٔ پذیرنده نیامده است', 403);
    const order = this.openOrder(form);
    if (!order) return messagePage(TITLE, 'کد ۴۱۵: زمان جلسهٔ کاری به پایان رسیده است');
    const { merchant } = this.account;
    return paymentPage(TITLE, merchant, order, PAYMENT_PATH, { RefId: order.request.reference });
  }

  private async choose(form: URLSearchParams): Promise<Answer> {
    const order = this.openOrder(form);
    const outcome = OUTCOMES.find((known) => known === form.get('outcome'));
    if (!order || !outcome) return messagePage(TITLE, 'کد ۴۱۵: زمان جلسهٔ کاری به پایان رسیده است');
    const callback = await this.depart(order, outcome);
    return callback ? returnPage(TITLE, callback) : messagePage(TITLE, 'تراکنش انجام شد');
  }

  private openOrder(form: URLSearchParams): Order | undefined {
    const reference = form.get('RefId') ?? '';
    const order = this.find(reference);
    // The orderId finds an order too, and is no key to its page.
    return order?.request.reference === reference && order.state === 'created' ? order : undefined;
  }
}

function xml(body: string, status = 200): Answer {
  return { status, headers: { 'content-type': 'text/xml; charset=utf-8' }, body };
}

/** Twenty hexadecimal digits of mixed case, which counts: as in the guide's `AF82041a2Bf6989c7fF9`. */
function newRefId(): string {
  const cases = randomBytes(20);
  return [...randomBytes(10).toString('hex')]
    .map((digit, at) => ((cases[at] ?? 0) % 2 === 0 ? digit : digit.toUpperCase()))
    .join('');
}

/** `YYYYMMDD`, a day of the Gregorian calendar. */
function isDate(text: string): boolean {
  const [, year, month, day] = /^(\d{4})(\d{2})(\d{2})$/.exec(text) ?? [];
  if (year === undefined) return false;
  const date = new Date(`${year}-${month}-${day}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(`${year}-${month}-${day}`);
}
