import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createClientAsync } from 'soap';
import type { Client } from 'soap';
import { bankAccounts } from './bank-desk.fixture';
import type { TestBanks } from './bank-desk.fixture';

export const { terminalId, userName, userPassword } = bankAccounts.mellat;
export const { merchantId } = bankAccounts.zarinpal;

/** What a merchant's web server received. */
export interface Received {
  method: string;
  path: string;
  fields: Record<string, string>;
}

/** A merchant that remembers its callbacks, in the order they came, and sends the browser on. */
export class Merchant {
  readonly received: Received[] = [];
  /** Most callbacks that were under way at once. */
  atOnce = 0;
  /** Answers wait until so many callbacks are under way. */
  answersAfter = 1;
  url = '';
  private waiting: (() => void)[] = [];
  private readonly server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { pathname, searchParams } = new URL(request.url ?? '', 'http://merchant');
      const form = new URLSearchParams(Buffer.concat(chunks).toString());
      this.received.push({
        method: request.method ?? '',
        path: pathname,
        fields: Object.fromEntries([...searchParams, ...form]),
      });
      this.waiting.push(() => response.writeHead(303, { location: '/receipt' }).end('a page'));
      this.atOnce = Math.max(this.atOnce, this.waiting.length);
      if (this.waiting.length < this.answersAfter) return;
      for (const answer of this.waiting.splice(0)) answer();
    });
  });

  async listen(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    this.url = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  forget(): void {
    this.received.length = 0;
    this.atOnce = 0;
    this.answersAfter = 1;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

/** Bank Mellat's web service as a merchant calls it: npm soap on the bank's own WSDL. */
export class MellatClient {
  private constructor(
    private readonly client: Client,
    private readonly callbackUrl: string,
  ) {}

  static async open(banks: TestBanks, callbackUrl: string): Promise<MellatClient> {
    return new MellatClient(
      await createClientAsync(banks.mellat.wsdlUrl, { disableCache: true }),
      callbackUrl,
    );
  }

  get operations(): string[] {
    const services = this.client.describe() as {
      PaymentGatewayImplService: { PaymentGatewayImplPort: Record<string, unknown> };
    };
    return Object.keys(services.PaymentGatewayImplService.PaymentGatewayImplPort);
  }

  /** The message that was sent last. */
  get lastRequest(): string {
    return this.client.lastRequest ?? '';
  }

  /** The answer's code; rejects on a SOAP fault and on no answer. */
  async call(operation: string, fields: object, timeoutMs = 20_000): Promise<string> {
    const method = this.client[`${operation}Async`] as (
      fields: object,
      options: object,
    ) => Promise<[{ return: string }]>;
    const [result] = await method.call(this.client, fields, { timeout: timeoutMs });
    return result.return;
  }

  pay(orderId: string, changed: object = {}): Promise<string> {
    return this.call('bpPayRequest', {
      terminalId,
      userName,
      userPassword,
      orderId,
      amount: '250000',
      localDate: '20261122',
      localTime: '093015',
      additionalData: 'شارژ حساب <پیک> & دوستان',
      callBackUrl: this.callbackUrl,
      payerId: '0',
      ...changed,
    });
  }

  /** `verify`, `settle`, ...: the six fields that they share. */
  about(
    operation: 'Verify' | 'Settle' | 'VerifySettle' | 'Inquiry' | 'Reversal',
    saleOrderId: string,
    saleReferenceId: string,
    changed: object = {},
    timeoutMs?: number,
  ): Promise<string> {
    const fields = {
      terminalId,
      userName,
      userPassword,
      orderId: saleOrderId,
      saleOrderId,
      saleReferenceId,
      ...changed,
    };
    return this.call(`bp${operation}Request`, fields, timeoutMs);
  }
}
