import { setTimeout as sleep } from 'node:timers/promises';
import type { StatementDto, StatementEntryDto, WalletDto } from '@peyk/contracts/billing';
import type { SignedInDto } from '@peyk/contracts/identity';
import type { QuoteDto, SendDto, SendProgressedDto, SendRequestDto } from '@peyk/contracts/sms';
import type { ListErrorsDto, RecipientListDto, RowErrorDto } from '@peyk/contracts/targeting';

export interface ApiError {
  readonly code: string;
  readonly message: string;
  readonly details?: { readonly fields?: readonly { readonly field: string }[] } & Record<string, unknown>;
  readonly requestId: string;
}

/** A refused request, with what the gateway said. */
export class RefusedError extends Error {
  constructor(
    readonly status: number,
    readonly body: ApiError,
  ) {
    super(`${status} ${body.code}: ${body.message}`);
  }
}

/** One server-sent event of a send's progress. */
export type ProgressEvent =
  | { readonly name: 'snapshot' | 'end'; readonly send: SendDto }
  | { readonly name: 'progress'; readonly progress: SendProgressedDto }
  | { readonly name: 'refused'; readonly code: string };

/** A customer's program: signs in and talks to the gateway as anybody would. */
export class ApiClient {
  private token: string | undefined;

  constructor(readonly baseUrl: string) {}

  async signIn(username: string, password: string): Promise<this> {
    const { session } = await this.request<SignedInDto>('POST', '/sessions', { username, password });
    if (!session) throw new Error(`${username} has to set a password first`);
    this.token = session.accessToken;
    return this;
  }

  /** Comes with this token from now on. */
  withToken(token: string): this {
    this.token = token;
    return this;
  }

  get accessToken(): string {
    if (!this.token) throw new Error('not signed in');
    return this.token;
  }

  async raw(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Response> {
    return fetch(`${this.baseUrl}${path}`, {
      method,
      headers: {
        'accept-language': 'en',
        ...(this.token ? { authorization: `Bearer ${this.token}` } : {}),
        ...(body === undefined || body instanceof FormData ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      body: body === undefined ? undefined : body instanceof FormData ? body : JSON.stringify(body),
      signal: AbortSignal.timeout(120_000),
    });
  }

  async request<T>(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<T> {
    const answer = await this.raw(method, path, body, headers);
    const text = await answer.text();
    if (!answer.ok) throw new RefusedError(answer.status, JSON.parse(text) as ApiError);
    return (text === '' ? undefined : JSON.parse(text)) as T;
  }

  async upload(fileName: string, content: Blob): Promise<RecipientListDto> {
    const form = new FormData();
    form.append('file', content, fileName);
    return this.request('POST', '/recipient-lists/file', form);
  }

  /** Uploads and waits until the file is read. */
  async uploadAndRead(fileName: string, content: Blob, timeoutMs = 60_000): Promise<RecipientListDto> {
    let list = await this.upload(fileName, content);
    const until = Date.now() + timeoutMs;
    while (list.state !== 'ready' && list.state !== 'refused') {
      if (Date.now() > until) throw new Error(`the file is still ${list.state}`);
      await new Promise((done) => setTimeout(done, 100));
      list = await this.request('GET', `/recipient-lists/${list.id}`);
    }
    return list;
  }

  /** Of a whole request only what a quote is asked with. */
  quote({
    lineId,
    text,
    recipients,
  }: Pick<SendRequestDto, 'lineId' | 'text' | 'recipients'>): Promise<QuoteDto> {
    return this.request('POST', '/sends/quote', { lineId, text, recipients });
  }
  createSend(request: SendRequestDto): Promise<SendDto> {
    return this.request('POST', '/sends', request);
  }
  readSend(id: string): Promise<SendDto> {
    return this.request('GET', `/sends/${id}`);
  }
  act(id: string, action: 'pause' | 'resume' | 'cancel'): Promise<SendDto> {
    return this.request('POST', `/sends/${id}/${action}`);
  }

  /** Reads the send until `done` says so. */
  async until(
    id: string,
    done: (send: SendDto) => boolean,
    timeoutMs = 60_000,
    everyMs = 100,
  ): Promise<SendDto> {
    const end = Date.now() + timeoutMs;
    for (;;) {
      const send = await this.readSend(id);
      if (done(send)) return send;
      if (Date.now() > end) throw new Error(`the send is still ${JSON.stringify(send)}`);
      await new Promise((resolve) => setTimeout(resolve, everyMs));
    }
  }

  /** Server-sent events until the gateway ends them or `signal` aborts. Throws RefusedError. */
  async *progress(id: string, signal?: AbortSignal): AsyncGenerator<ProgressEvent, void, undefined> {
    const answer = await fetch(`${this.baseUrl}/sends/${id}/progress`, {
      headers: { accept: 'text/event-stream', authorization: `Bearer ${this.token}` },
      signal,
    });
    if (!answer.ok || !answer.body) throw new RefusedError(answer.status, (await answer.json()) as ApiError);
    const decoder = new TextDecoder();
    let rest = '';
    for await (const chunk of answer.body) {
      const blocks = (rest + decoder.decode(chunk as Uint8Array, { stream: true })).split('\n\n');
      rest = blocks.pop() ?? '';
      for (const block of blocks) {
        const event = readEvent(block);
        if (event) yield event;
      }
    }
  }

  wallet(): Promise<WalletDto> {
    return this.request('GET', '/wallet');
  }

  /** Own ledger entries of one send. */
  async statementOf(sendId: string): Promise<StatementEntryDto[]> {
    const entries: StatementEntryDto[] = [];
    let cursor: string | undefined;
    do {
      const page = await this.request<StatementDto>(
        'GET',
        `/wallet/statement?limit=200&holdId=${sendId}${after(cursor)}`,
      );
      entries.push(...page.entries);
      cursor = page.nextCursor;
    } while (cursor);
    return entries;
  }

  /** Rows of a file that were not usable, in row order. */
  async rowErrors(listId: string): Promise<RowErrorDto[]> {
    const errors: RowErrorDto[] = [];
    let cursor: string | undefined;
    do {
      const page = await this.request<ListErrorsDto>(
        'GET',
        `/recipient-lists/${listId}/errors?limit=200${after(cursor)}`,
      );
      errors.push(...page.errors);
      cursor = page.nextCursor;
    } while (cursor);
    return errors;
  }

  async report(id: string): Promise<string> {
    let answer = await this.raw('GET', `/sends/${id}/report.csv`);
    // Four downloads at once are allowed; more suites than that may want theirs now.
    for (let again = 0; answer.status === 429 && again < 30; again++) {
      await answer.arrayBuffer();
      await sleep(1_000);
      answer = await this.raw('GET', `/sends/${id}/report.csv`);
    }
    if (!answer.ok) throw new Error(`report: ${answer.status} ${await answer.text()}`);
    return answer.text();
  }
}

/** Nothing of the send can move any more: messages final, money settled. */
export function isComplete(send: SendDto): boolean {
  const { counts } = send;
  return (
    (send.state === 'finished' || send.state === 'cancelled') &&
    send.money.settled &&
    counts.queued + counts.sent + counts.inDoubt === 0
  );
}

/** Status and code of a request that must be refused. Throws when it is not. */
export async function refusal(request: Promise<unknown>): Promise<[status: number, code: string]> {
  const error: unknown = await request.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof RefusedError)) throw new Error(`not refused: ${String(error)}`);
  return [error.status, error.body.code];
}

/** The field that a refusal names, without the place in an array. */
export function fieldOf({ details }: ApiError): unknown {
  return details?.fields?.[0]?.field.replace(/\[\d+\]$/, '') ?? details?.['field'];
}

function after(cursor: string | undefined): string {
  return cursor ? `&cursor=${encodeURIComponent(cursor)}` : '';
}

/** Undefined for a comment or a block that only sets the time of a new try. */
function readEvent(block: string): ProgressEvent | undefined {
  const field = (name: string): string | undefined =>
    block
      .split('\n')
      .find((line) => line.startsWith(`${name}: `))
      ?.slice(name.length + 2);
  const name = field('event');
  const data = field('data') ?? '';
  switch (name) {
    case 'snapshot':
    case 'end':
      return { name, send: JSON.parse(data) as SendDto };
    case 'progress':
      return { name, progress: JSON.parse(data) as SendProgressedDto };
    case 'refused':
      return { name, code: (JSON.parse(data) as { code: string }).code };
    default:
      return undefined;
  }
}
