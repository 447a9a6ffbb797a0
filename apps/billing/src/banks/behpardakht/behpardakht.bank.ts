import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { createClientAsync } from 'soap';
import type { Client } from 'soap';
import { bankAnswerBytesMax, bankTimeoutMs } from '../bank';
import type {
  Bank,
  BankCallback,
  BankPayment,
  BankView,
  Departure,
  PaymentOrder,
  Requested,
  Verdict,
} from '../bank';
import { mellatText, reverseVerdicts, settleVerdicts, verifyVerdicts } from './behpardakht.codes';

export interface BehpardakhtAccount {
  readonly wsdlUrl: string;
  /** The payment page: a browser posts RefId there, with a Referer of the registered domain. */
  readonly startUrl: string;
  readonly terminalId: string;
  readonly userName: string;
  readonly userPassword: string;
  /** Less than `bankTimeoutMs` in tests only. */
  readonly timeoutMs?: number;
}

type Operation = 'bpVerifyRequest' | 'bpSettleRequest' | 'bpInquiryRequest' | 'bpReversalRequest';

/**
 * The guide names no results of an inquiry. These are the codes that its other operations have for the same facts; any other
 * answer says nothing.
 */
const views: Readonly<Record<string, BankView>> = {
  '0': 'paid',
  '43': 'paid',
  '44': 'paid',
  '45': 'settled',
  '48': 'reversed',
  '42': 'unpaid',
};

/** Of a code that the bank gave; anything else stands for no answer. */
const codePattern = /^\d{1,4}$/;
const acceptedPattern = /^0,([\dA-Za-z]{1,64})$/;
const longPattern = /^\d{1,19}$/;

/**
 * Behpardakht Mellat over SOAP (technical guide 1.39). Amounts are Rial. Pay, then verify within 20 minutes (else the bank
 * gives the money back), then settle. The bank refuses arguments in another order than its schema's: npm soap sends
 * them in that of the object's keys. Identifiers are decimal longs: texts here, since a number would lose digits.
 */
export class Behpardakht implements Bank {
  readonly code = 'mellat';
  /** Its inquiry wants the SaleReferenceId, which only a callback brings. */
  readonly asksWithoutCallback = false;
  private client: Promise<Client> | undefined;
  // A kept connection of a bank that restarted fails at its next use, and then nobody knows what the bank did.
  private readonly agents = {
    httpAgent: new HttpAgent({ keepAlive: false }),
    httpsAgent: new HttpsAgent({ keepAlive: false }),
  };

  constructor(
    private readonly account: BehpardakhtAccount,
    private readonly now: () => Date = () => new Date(),
  ) {}

  async request({ orderId, amountRials, callbackUrl, description }: PaymentOrder): Promise<Requested> {
    const { terminalId, userName, userPassword } = this.account;
    const { date, time } = tehranStamp(this.now());
    const answer = await this.call('bpPayRequest', {
      terminalId,
      userName,
      userPassword,
      orderId,
      amount: String(amountRials),
      localDate: date,
      localTime: time,
      additionalData: description,
      callBackUrl: callbackUrl,
      payerId: '0',
    });
    const [, reference] = acceptedPattern.exec(answer) ?? [];
    if (reference !== undefined) return { is: 'accepted', reference };
    return answer === '41' ? { is: 'taken' } : { is: 'refused', code: answer.slice(0, 50) };
  }

  departure(reference: string): Departure {
    return { method: 'POST', url: this.account.startUrl, fields: { RefId: reference } };
  }

  readCallback(fields: Readonly<Record<string, string>>): BankCallback | undefined {
    const { RefId: reference = '', ResCode: code = '', SaleOrderId: orderId = '' } = fields;
    if (reference === '' || !longPattern.test(orderId) || !codePattern.test(code)) return undefined;
    if (code !== '0') return { reference, orderId, code, claims: code === '17' ? 'cancelled' : 'declined' };
    const { SaleReferenceId: saleReference = '', FinalAmount: amount = '', CardHolderPan: card } = fields;
    // Without them it cannot be verified, or not be compared.
    if (!longPattern.test(saleReference) || !/^\d{1,15}$/.test(amount)) return undefined;
    return {
      reference,
      orderId,
      code,
      claims: 'paid',
      saleReference,
      amountRials: Number(amount),
      ...(card && { card: card.slice(0, 50) }),
    };
  }

  async verify(payment: BankPayment): Promise<Verdict> {
    return this.verdict('bpVerifyRequest', payment, verifyVerdicts);
  }

  async settle(payment: BankPayment): Promise<Verdict> {
    return this.verdict('bpSettleRequest', payment, settleVerdicts);
  }

  async reverse(payment: BankPayment): Promise<Verdict> {
    return this.verdict('bpReversalRequest', payment, reverseVerdicts);
  }

  async inquire(payment: BankPayment): Promise<BankView> {
    if (payment.saleReference === null) return 'unknown';
    return views[await this.about('bpInquiryRequest', payment)] ?? 'unknown';
  }

  meaningOf(code: string): string | undefined {
    return mellatText(code);
  }

  private async verdict(
    operation: Operation,
    payment: BankPayment,
    verdicts: Readonly<Record<string, Verdict['is']>>,
  ): Promise<Verdict> {
    if (payment.saleReference === null) return { is: 'unknown', code: 'noSaleReference' };
    const code = await this.about(operation, payment);
    return { is: verdicts[code] ?? 'unknown', code };
  }

  private about(operation: Operation, { orderId, saleReference }: BankPayment): Promise<string> {
    const { terminalId, userName, userPassword } = this.account;
    return this.call(operation, {
      terminalId,
      userName,
      userPassword,
      orderId,
      saleOrderId: orderId,
      saleReferenceId: saleReference,
    });
  }

  /** The answer's text, or `timeout`, `noAnswer`: a word that no code of the bank is. */
  private async call(operation: 'bpPayRequest' | Operation, fields: object): Promise<string> {
    const timeoutMs = this.account.timeoutMs ?? bankTimeoutMs;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<string>((resolve) => {
      timer = setTimeout(() => resolve('timeout'), timeoutMs);
    });
    try {
      return await Promise.race([this.ask(operation, fields, timeoutMs), late]);
    } catch {
      return 'noAnswer';
    } finally {
      clearTimeout(timer);
    }
  }

  private async ask(operation: string, fields: object, timeoutMs: number): Promise<string> {
    const client = await this.connected(timeoutMs);
    const method = client[`${operation}Async`] as (
      fields: object,
      options: object,
    ) => Promise<[{ readonly return?: unknown } | null]>;
    const [result] = await method.call(client, fields, {
      ...this.agents,
      timeout: timeoutMs,
      maxContentLength: bankAnswerBytesMax,
      maxRedirects: 0,
    });
    const answer = result?.return;
    if (typeof answer !== 'string') throw new Error(`${operation} answered nothing`);
    return answer.trim().slice(0, 100);
  }

  /** One client for all calls; one that could not be made is made again by the next call. */
  private connected(timeoutMs: number): Promise<Client> {
    const { wsdlUrl } = this.account;
    const endpoint = new URL(wsdlUrl);
    endpoint.search = '';
    this.client ??= createClientAsync(wsdlUrl, {
      disableCache: true,
      endpoint: endpoint.href,
      wsdl_options: { ...this.agents, timeout: timeoutMs, maxContentLength: bankAnswerBytesMax },
    }).catch((error: unknown) => {
      this.client = undefined;
      throw error;
    });
    return this.client;
  }
}

/** `YYYYMMDD` (Gregorian) and `HHMMSS`, wall clock of Tehran. */
function tehranStamp(at: Date): { date: string; time: string } {
  const text = new Intl.DateTimeFormat('en-CA', {
    timeZone: 'Asia/Tehran',
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  }).formatToParts(at);
  const part = (type: Intl.DateTimeFormatPartTypes): string =>
    text.find((entry) => entry.type === type)?.value ?? '';
  return {
    date: part('year') + part('month') + part('day'),
    time: part('hour') + part('minute') + part('second'),
  };
}
