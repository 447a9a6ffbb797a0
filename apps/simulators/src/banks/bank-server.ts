import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CUT } from './bank';
import type { Answer, Bank } from './bank';

const BODY_BYTES_MAX = 64 * 1_024;
const REQUEST_TIMEOUT_MS = 10_000;
const CONNECTIONS_MAX = 500;

/** A bank's port. It can go down - connections are refused, as when the bank is off - and come up again where it was. */
export class BankServer {
  private server: Server | undefined;
  private host = '';
  private boundPort = 0;

  constructor(readonly bank: Bank) {}

  get port(): number {
    return this.boundPort;
  }

  get isUp(): boolean {
    return this.server !== undefined;
  }

  /** Resolves with the port. */
  async listen(port: number, host: string): Promise<number> {
    const server = createServer({ requestTimeout: REQUEST_TIMEOUT_MS }, (request, response) => {
      void this.serve(request, response);
    });
    server.maxConnections = CONNECTIONS_MAX;
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, host, resolve);
    });
    this.server = server;
    this.host = host;
    this.boundPort = (server.address() as AddressInfo).port;
    return this.boundPort;
  }

  async down(): Promise<void> {
    const server = this.server;
    if (!server) return;
    this.server = undefined;
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
  }

  async up(): Promise<void> {
    if (!this.server) await this.listen(this.boundPort, this.host);
  }

  async stop(): Promise<void> {
    await this.bank.stop();
    await this.down();
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const body = await readBody(request);
      if (body === null) return;
      const url = new URL(request.url ?? '/', `http://${hostOf(request)}`);
      const { method = 'GET', headers } = request;
      const answer = await this.bank.handle({ method, url, headers, body });
      if (answer === CUT) request.socket.destroy();
      else send(response, answer);
    } catch (error: unknown) {
      const headers = { 'content-type': 'text/plain; charset=utf-8', connection: 'close' };
      send(response, { status: 500, headers, body: String(error) });
    }
  }
}

/** As the client names this server: behind a mapped port only it knows the right one. */
function hostOf({ headers: { host } }: IncomingMessage): string {
  return host !== undefined && /^[\w.:[\]-]{1,255}$/.test(host) ? host : 'localhost';
}

function send(response: ServerResponse, { status, headers, body }: Answer): void {
  response.writeHead(status, headers).end(body);
}

/** Null when it is too large: then the connection is closed. */
async function readBody(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > BODY_BYTES_MAX) {
      request.socket.destroy();
      return null;
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
