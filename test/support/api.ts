import type { QuoteDto, RecipientListDto, SendDto, SendRequestDto } from '@peyk/contracts';

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

/** A customer's program: signs in and talks to the gateway as anybody would. */
export class ApiClient {
  private token: string | undefined;

  constructor(readonly baseUrl: string) {}

  async signIn(username: string, password: string): Promise<this> {
    const session = await this.request<{ accessToken: string }>('POST', '/sessions', { username, password });
    this.token = session.accessToken;
    return this;
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
    return this.request('POST', '/recipient-files', form);
  }

  /** Uploads and waits until the file is read. */
  async uploadAndRead(fileName: string, content: Blob, timeoutMs = 60_000): Promise<RecipientListDto> {
    let list = await this.upload(fileName, content);
    const until = Date.now() + timeoutMs;
    while (list.state !== 'ready' && list.state !== 'refused') {
      if (Date.now() > until) throw new Error(`the file is still ${list.state}`);
      await new Promise((done) => setTimeout(done, 100));
      list = await this.request('GET', `/recipient-files/${list.id}`);
    }
    return list;
  }

  quote(request: Pick<SendRequestDto, 'lineId' | 'text' | 'recipients'>): Promise<QuoteDto> {
    return this.request('POST', '/sends/quote', request);
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

  async report(id: string): Promise<string> {
    const answer = await this.raw('GET', `/sends/${id}/report.csv`);
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
