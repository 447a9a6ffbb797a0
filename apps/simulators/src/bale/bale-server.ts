import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Bale } from './bale';

const BODY_BYTES_MAX = 100_000;
const UPDATES_MAX = 100;
const POLL_SECONDS_MAX = 50;

interface Answer {
  status: number;
  body: object;
}

/** What our programs call: the bot API (`/bot<token>/<method>`) and Safir's OTP service v2, on one port. */
export class BaleServer {
  private readonly server: Server;

  constructor(private readonly bale: Bale) {
    this.server = createServer((request, response) => void this.serve(request, response));
  }

  /** Resolves with the port. */
  listen(port: number, host: string): Promise<number> {
    return new Promise((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(port, host, () => resolve((this.server.address() as AddressInfo).port));
    });
  }

  async stop(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve));
    this.bale.release();
    this.server.closeAllConnections();
    await closed;
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://bale');
    const isSafir = pathname.startsWith('/api/v2/');
    try {
      const body = { ...Object.fromEntries(searchParams), ...(await readBody(request)) };
      const fault = this.bale.meet(isSafir ? 'safir' : 'bot');
      if (fault?.kind === 'drop') {
        request.socket.destroy();
        return;
      }
      if (fault?.kind === 'slow') await sleep(fault.ms);
      const { status, body: answer } =
        fault?.kind === 'tooMany'
          ? tooMany(isSafir)
          : fault?.kind === 'notOk'
            ? notOk(isSafir)
            : isSafir
              ? this.safir(pathname, request, body)
              : await this.bot(pathname, body);
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
    } catch (error: unknown) {
      response.writeHead(400, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ ok: false, error_code: 400, description: String(error) }));
    }
  }

  private async bot(pathname: string, body: Record<string, unknown>): Promise<Answer> {
    const [, token, method] = /^\/bot([^/]+)\/(\w+)$/.exec(pathname) ?? [];
    if (token !== this.bale.settings.botToken) return refused(401, 'Unauthorized');
    switch (method) {
      case 'getMe':
        return accepted({ id: 1, is_bot: true, first_name: 'پیک', username: 'peyk_bot' });
      case 'getUpdates': {
        const number = (key: string, otherwise: number, max: number): number =>
          Math.min(max, Math.max(0, Number(body[key] ?? otherwise)));
        const limit = number('limit', UPDATES_MAX, UPDATES_MAX);
        const seconds = number('timeout', 0, POLL_SECONDS_MAX);
        const offset = number('offset', 0, Number.MAX_SAFE_INTEGER);
        return accepted(await this.bale.getUpdates(offset, limit, seconds));
      }
      case 'sendMessage': {
        const text = body['text'];
        if (typeof text !== 'string' || text === '')
          return refused(400, 'Bad Request: message text is empty');
        const sent = this.bale.sendMessage(Number(body['chat_id']), text, body['reply_markup']);
        return sent
          ? accepted({ message_id: 1, text })
          : refused(403, 'Forbidden: bot was blocked by the user');
      }
      default:
        return refused(404, 'Not Found');
    }
  }

  private safir(pathname: string, request: IncomingMessage, body: Record<string, unknown>): Answer {
    const { clientId, clientSecret } = this.bale.settings;
    if (pathname === '/api/v2/auth/token') {
      const isForm = request.headers['content-type']?.startsWith('application/x-www-form-urlencoded');
      if (!isForm || body['grant_type'] !== 'client_credentials' || body['scope'] !== 'read')
        return { status: 400, body: { error: 'invalid_request' } };
      if (body['client_id'] !== clientId || body['client_secret'] !== clientSecret)
        return { status: 401, body: { error: 'invalid_client' } };
      return { status: 200, body: this.bale.giveToken() };
    }
    if (pathname !== '/api/v2/send_otp') return { status: 404, body: {} };
    const bearer = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
    if (!this.bale.knows(bearer)) return { status: 401, body: { code: 16, message: 'unauthorized' } };
    return this.bale.sendOtp(body['phone'], body['otp']);
  }
}

function accepted(result: unknown): Answer {
  return { status: 200, body: { ok: true, result } };
}

function refused(status: number, description: string): Answer {
  return { status, body: { ok: false, error_code: status, description } };
}

function tooMany(isSafir: boolean): Answer {
  if (isSafir) return { status: 429, body: { code: 18, message: 'rate limit' } };
  const body = {
    ok: false,
    error_code: 429,
    description: 'Too Many Requests',
    parameters: { retry_after: 1 },
  };
  return { status: 429, body };
}

function notOk(isSafir: boolean): Answer {
  if (isSafir) return { status: 500, body: { code: 13, message: 'internal' } };
  return { status: 200, body: { ok: false, error_code: 500, description: 'Internal Server Error' } };
}

async function readBody(request: IncomingMessage): Promise<Record<string, unknown>> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > BODY_BYTES_MAX) throw new Error('body is too large');
    chunks.push(chunk);
  }
  const text = Buffer.concat(chunks).toString('utf8');
  if (text === '') return {};
  if (request.headers['content-type']?.startsWith('application/x-www-form-urlencoded'))
    return Object.fromEntries(new URLSearchParams(text));
  const value: unknown = JSON.parse(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Error('body is no object');
  return value as Record<string, unknown>;
}
