import { bankAnswerBytesMax, bankTimeoutMs } from '../bank';
import type {
  Bank,
  BankCallback,
  BankPayment,
  BankView,
  Departure,
  LostPayment,
  PaymentOrder,
  Requested,
  Verdict,
} from '../bank';
import { verifyVerdicts, zarinpalText } from './zarinpal.codes';

export interface ZarinpalAccount {
  /** Without a slash at its end. */
  readonly baseUrl: string;
  readonly merchantId: string;
  /** Less than `bankTimeoutMs` in tests only. */
  readonly timeoutMs?: number;
}

type Fields = Readonly<Record<string, unknown>>;
interface Reply {
  readonly code: string;
  readonly data: Fields;
}

/** The amounts that we name are Rial, and so are those that it answers. */
const currency = 'IRR';
const authorityPattern = /^[AS][\dA-Za-z]{35}$/;
const views: Readonly<Record<string, BankView>> = {
  IN_BANK: 'open',
  PAID: 'paid',
  VERIFIED: 'settled',
  FAILED: 'unpaid',
  REVERSED: 'reversed',
};

/** Zarinpal v4. It settles by itself: what is verified will be paid out. A refusal may come with any HTTP status. */
export class Zarinpal implements Bank {
  readonly code = 'zarinpal';
  readonly asksWithoutCallback = true;

  constructor(private readonly account: ZarinpalAccount) {}

  async request({ orderId, amountRials, callbackUrl, description }: PaymentOrder): Promise<Requested> {
    const { code, data } = await this.call('request', {
      amount: amountRials,
      currency,
      callback_url: callbackUrl,
      description,
      metadata: { order_id: orderId },
    });
    const { authority } = data;
    return code === '100' && typeof authority === 'string' && authorityPattern.test(authority)
      ? { is: 'accepted', reference: authority }
      : { is: 'refused', code };
  }

  departure(reference: string): Departure {
    return { method: 'GET', url: `${this.account.baseUrl}/pg/StartPay/${reference}`, fields: {} };
  }

  readCallback({
    Authority: reference = '',
    Status: status,
  }: Readonly<Record<string, string>>): BankCallback | undefined {
    if (!authorityPattern.test(reference)) return undefined;
    if (status === 'OK') return { reference, claims: 'paid', code: 'OK' };
    return status === 'NOK' ? { reference, claims: 'cancelled', code: 'NOK' } : undefined;
  }

  async verify({ reference, amountRials }: BankPayment): Promise<Verdict> {
    const { code, data } = await this.call('verify', { authority: reference, amount: amountRials });
    const { ref_id: saleReference, card_pan: card } = data;
    const is = verifyVerdicts[code] ?? 'unknown';
    if (is !== 'done') return { is, code };
    // The payment's number is what the receipt shows.
    if (!/^\d{1,19}$/.test(String(saleReference))) return { is: 'unknown', code: 'noAnswer' };
    return {
      is,
      code,
      saleReference: String(saleReference),
      ...(typeof card === 'string' && { card: card.slice(0, 50) }),
    };
  }

  async settle(): Promise<Verdict> {
    return { is: 'done', code: '100' };
  }

  async reverse({ reference }: BankPayment): Promise<Verdict> {
    const { code } = await this.call('reverse', { authority: reference });
    return { is: code === '100' ? 'reversed' : 'unknown', code };
  }

  async inquire({ reference }: BankPayment): Promise<BankView> {
    const { code, data } = await this.call('inquiry', { authority: reference });
    return (code === '100' && views[String(data['status'])]) || 'unknown';
  }

  async lost(): Promise<readonly LostPayment[] | undefined> {
    const { code, data } = await this.call('unVerified', {});
    const { authorities } = data;
    if (code !== '100' || !Array.isArray(authorities)) return undefined;
    return (authorities as unknown[]).flatMap((entry) => {
      const { authority, amount } = (entry ?? {}) as Fields;
      return typeof authority === 'string' && authorityPattern.test(authority)
        ? [{ reference: authority, amountRials: Number(amount) || 0 }]
        : [];
    });
  }

  meaningOf(code: string): string | undefined {
    return zarinpalText(code);
  }

  /** `timeout` and `noAnswer` stand for codes where there was none. */
  private async call(operation: string, fields: object): Promise<Reply> {
    const { baseUrl, merchantId, timeoutMs = bankTimeoutMs } = this.account;
    try {
      const response = await fetch(`${baseUrl}/pg/v4/payment/${operation}.json`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'application/json' },
        body: JSON.stringify({ merchant_id: merchantId, ...fields }),
        redirect: 'error',
        signal: AbortSignal.timeout(timeoutMs),
      });
      return replyOf(await textOf(response));
    } catch (error: unknown) {
      const isLate = error instanceof Error && error.name === 'TimeoutError';
      return { code: isLate ? 'timeout' : 'noAnswer', data: {} };
    }
  }
}

/** `data` of a success and `errors` of a refusal are objects; each is an empty array where the other is. */
function replyOf(text: string): Reply {
  const { data, errors } = JSON.parse(text) as { data?: unknown; errors?: unknown };
  const answer = [data, errors].find(
    (part): part is Fields => typeof part === 'object' && part !== null && !Array.isArray(part),
  );
  const code = answer?.['code'];
  if (!Number.isInteger(code)) throw new Error('Zarinpal answered without a code');
  return { code: String(code), data: answer === data && answer ? answer : {} };
}

async function textOf(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    bytes += chunk.length;
    if (bytes > bankAnswerBytesMax) throw new Error('the answer is too long');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
