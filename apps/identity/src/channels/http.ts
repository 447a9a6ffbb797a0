const timeoutMs = 10_000;
const bodyCharsMax = 100_000;

/** What a service of Bale answered; `body` is `{}` when it was no JSON object. */
export interface HttpAnswer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

/**
 * One POST. The errors of fetch name no address, and this adds none: tokens stand in some.
 * @throws when nothing answered within `timeoutMs`
 */
export async function post(
  url: string,
  body: object | URLSearchParams,
  options: { readonly token?: string; readonly signal?: AbortSignal; readonly timeoutMs?: number } = {},
): Promise<HttpAnswer> {
  const timeout = AbortSignal.timeout(options.timeoutMs ?? timeoutMs);
  const isForm = body instanceof URLSearchParams;
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': isForm ? 'application/x-www-form-urlencoded' : 'application/json',
      ...(options.token && { authorization: `Bearer ${options.token}` }),
    },
    body: isForm ? body.toString() : JSON.stringify(body),
    signal: options.signal ? AbortSignal.any([timeout, options.signal]) : timeout,
    redirect: 'error',
  });
  const text = (await response.text()).slice(0, bodyCharsMax);
  return { status: response.status, body: objectOf(text) };
}

function objectOf(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
