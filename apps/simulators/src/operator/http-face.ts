import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { UnknownAccount } from './operator';
import type { Operator } from './operator';
import type { PartFilter } from './received-parts';
import { epochMs } from './received-parts';
import {
  AccountPatch,
  IdsRequest,
  InboundRequest,
  InvalidInput,
  KillRequest,
  RawRequest,
  parse,
  parseFaults,
} from './settings';

const BODY_BYTES_MAX = 16 * 1_024 * 1_024;
const PAGE_MAX = 10_000;
const PAGE_DEFAULT = 1_000;

interface Request {
  operator: Operator;
  query: URLSearchParams;
  /** The part of the path that stands for a system_id, or ''. */
  systemId: string;
  body: unknown;
}
type Handler = (request: Request) => unknown;

/** Routes of the other simulators that share this face, by `METHOD /noun` or `METHOD /noun/name`; a promise is awaited. */
export type ControlRoutes = Readonly<
  Record<string, (request: { readonly query: URLSearchParams; readonly body: unknown }) => unknown>
>;

/** An answer for a browser; every other one is JSON. */
export class HtmlPage {
  constructor(readonly html: string) {}
}

const health: Handler = () => ({ status: 'ok', now: epochMs(performance.now()) });

/** Path segments in order; `*` is a system_id. */
const ROUTES: Record<string, Handler> = {
  'GET /health': health,
  'GET /health/live': health,
  'GET /health/ready': health,
  'GET /accounts': ({ operator }) => operator.settings(),
  'PUT /accounts/*': ({ operator, systemId, body }) =>
    operator.putAccount(systemId, parse(AccountPatch, body)),
  'PUT /accounts/*/faults': ({ operator, systemId, body }) => {
    operator.putFaults(systemId, parseFaults(body));
    return { account: systemId, faults: operator.account(systemId).faults };
  },
  'GET /stats': ({ operator, query }) => {
    const account = query.get('account');
    return account === null
      ? Object.keys(operator.settings()).map((systemId) => operator.stats(systemId))
      : operator.stats(account);
  },
  'GET /messages': ({ operator, query }) => {
    const offset = integer(query, 'offset', 0, Number.MAX_SAFE_INTEGER);
    return {
      offset,
      ...operator.findParts(filter(query), offset, integer(query, 'limit', PAGE_DEFAULT, PAGE_MAX)),
    };
  },
  'GET /messages/count': ({ operator, query }) => ({
    count: operator.findParts(filter(query), 0, 0).total,
  }),
  'GET /duplicates': ({ operator, query }) => operator.duplicates(query.get('account') ?? undefined),
  'POST /inbound': ({ operator, body }) => {
    const { account, messages } = parse(InboundRequest, body);
    return { queued: operator.sendInbound(account, messages) };
  },
  'POST /raw': ({ operator, body }) => ({ sequences: operator.sendRaw(parse(RawRequest, body)) }),
  'POST /ids': ({ operator, body }) => {
    operator.beginIds(parse(IdsRequest, body).after);
    return { status: 'ok' };
  },
  'POST /binds/kill': ({ operator, body }) => ({
    killed: operator.killBinds(parse(KillRequest, body ?? {})),
  }),
  'POST /reset': ({ operator }) => {
    operator.reset();
    return { status: 'ok' };
  },
};

/** The simulators' control panel: JSON in, JSON out, and a page for people. Anyone who reaches it may do anything, so it belongs on loopback. */
export class HttpFace {
  private readonly server: Server;

  constructor(
    private readonly operator: Operator,
    private readonly others: ControlRoutes = {},
  ) {
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
    this.server.closeAllConnections();
    await closed;
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const url = new URL(request.url ?? '/', 'http://operator');
      const [noun = '', name = '', ...rest] = url.pathname.slice(1).split('/');
      const named = noun === 'accounts' && name !== '';
      const path = [noun, named ? '*' : name, ...rest].filter((segment) => segment !== '').join('/');
      const key = `${request.method} /${path}`;
      const handler = ROUTES[key] ?? this.others[key];
      if (!handler) {
        reply(response, 404, { code: 'not_found', message: `${request.method} ${url.pathname} is no route` });
        return;
      }
      const body = await readBody(request);
      const systemId = named ? decodeURIComponent(name) : '';
      const answer = await handler({ operator: this.operator, query: url.searchParams, systemId, body });
      reply(response, 200, answer);
    } catch (error: unknown) {
      if (error instanceof UnknownAccount) {
        reply(response, 404, { code: 'not_found', message: `no account ${error.message}` });
      } else if (error instanceof InvalidInput || error instanceof URIError || error instanceof RangeError) {
        reply(response, 400, { code: 'invalid_input', message: error.message });
      } else {
        reply(response, 500, { code: 'internal', message: String(error) });
      }
    }
  }
}

function reply(response: ServerResponse, status: number, body: unknown): void {
  if (body instanceof HtmlPage) {
    response.writeHead(status, { 'content-type': 'text/html; charset=utf-8' }).end(body.html);
    return;
  }
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

async function readBody(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > BODY_BYTES_MAX) throw new InvalidInput(`body is over ${BODY_BYTES_MAX} bytes`);
    chunks.push(chunk);
  }
  if (bytes === 0) return undefined;
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch {
    throw new InvalidInput('body is not JSON');
  }
}

function filter(query: URLSearchParams): PartFilter {
  const text = (key: string): string | undefined => query.get(key) ?? undefined;
  const time = (key: string): number | undefined => {
    const value = query.get(key);
    if (value === null) return undefined;
    if (value === '' || !Number.isFinite(Number(value)))
      throw new InvalidInput(`${key} must be ms since the epoch`);
    return Number(value);
  };
  return {
    account: text('account'),
    source: text('source'),
    destination: text('destination'),
    reference: text('reference'),
    since: time('since'),
    until: time('until'),
  };
}

function integer(query: URLSearchParams, key: string, otherwise: number, max: number): number {
  const value = query.get(key);
  if (value === null) return otherwise;
  if (!/^\d{1,15}$/.test(value) || Number(value) > max) throw new InvalidInput(`${key} must be 0 to ${max}`);
  return Number(value);
}
