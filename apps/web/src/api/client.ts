import createClient from 'openapi-fetch';
import type { Middleware } from 'openapi-fetch';
import { noteUnreachable } from './line';
import type { components, paths } from './schema';
import { session } from './session';
import fa from '../i18n/fa.json';

export type Schemas = components['schemas'];
export type Role = Schemas['AccountDto']['roles'][number];
export type FieldError = Schemas['FieldErrorDto'];

/** What the API refused, or why it could not be asked: its words are for people (`message`, Persian). */
export class ApiError extends Error {
  constructor(
    readonly code: string,
    message: string,
    /** HTTP status; 0: no answer came. */
    readonly status: number,
    readonly details: Readonly<Record<string, unknown>> = {},
    readonly requestId?: string,
    readonly retryAfterSeconds?: number,
  ) {
    super(message);
    this.name = 'ApiError';
  }

  /** The refused fields of `input.invalid`, or the one that another refusal names. */
  get fields(): readonly FieldError[] {
    const { fields, field } = this.details;
    if (Array.isArray(fields)) return fields as FieldError[];
    return typeof field === 'string' ? [{ field, rule: this.code, message: this.message }] : [];
  }
}

export const offline = (): ApiError => new ApiError('network.offline', fa.networkFailed, 0);

const withSession: Middleware = {
  async onRequest({ request, schemaPath }) {
    request.headers.set('accept-language', 'fa');
    // What a cookie opens, and what a form of another site cannot send.
    request.headers.set('x-requested-with', 'peyk-panel');
    if (!schemaPath.startsWith('/api/v1/sessions')) {
      const token = await session.token();
      if (token) request.headers.set('authorization', `Bearer ${token}`);
    }
    return request;
  },
};

/**
 * Fetches, and once more with a new access token where the one that it was sent with is refused: the session may have
 * got new roles, or a key was changed.
 */
async function fetchAgain(request: Request): Promise<Response> {
  const again = request.clone();
  const response = await fetchOrOffline(request);
  const sent = request.headers.get('authorization');
  if (response.status !== 401 || !sent) return response;
  const token = await session.renewed(sent.slice('Bearer '.length));
  if (!token) return response;
  again.headers.set('authorization', `Bearer ${token}`);
  return fetchOrOffline(again);
}

async function fetchOrOffline(request: Request): Promise<Response> {
  try {
    return await fetch(request);
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    noteUnreachable();
    throw offline();
  }
}

/** Typed by docs/openapi.json. Take the answer with {@link ok}. */
export const api = createClient<paths>({ baseUrl: window.location.origin, fetch: fetchAgain });
api.use(withSession);

/** The body of a successful answer. Throws {@link ApiError}. */
export async function ok<T>(call: Promise<{ data?: T; error?: unknown; response: Response }>): Promise<T> {
  const { data, error, response } = await call;
  if (response.ok) return data as T;
  throw errorOf(error, response);
}

export function errorOf(body: unknown, response: Response): ApiError {
  const { code, message, details, requestId } = (body ?? {}) as Partial<Schemas['ErrorDto']>;
  const retryAfter = Number(response.headers.get('retry-after'));
  return new ApiError(
    code ?? 'internal',
    message ?? fa.badAnswer,
    response.status,
    details,
    requestId ?? response.headers.get('x-request-id') ?? undefined,
    retryAfter > 0 ? retryAfter : undefined,
  );
}

/**
 * A request outside of the generated client: files that go up or come down, and event streams.
 * @param path below /api/v1, with its slash
 */
export async function fetchApi(path: string, init: RequestInit = {}): Promise<Response> {
  const headers = new Headers(init.headers);
  headers.set('accept-language', 'fa');
  headers.set('x-requested-with', 'peyk-panel');
  const token = await session.token();
  if (token) headers.set('authorization', `Bearer ${token}`);
  const response = await fetchAgain(new Request(`/api/v1${path}`, { ...init, headers }));
  if (response.ok) return response;
  throw errorOf(await response.json().catch(() => undefined), response);
}
