import { session } from './session';

type Kind = 'render' | 'script' | 'promise' | 'code';

const reportsMax = 10;
const reloadedKey = 'peyk.reloadedFor';
/** Reported once a page: what breaks at every move of the mouse says the same. */
const reported = new Map<string, string>();

/**
 * Tells the platform's log what broke here, and answers the id under which it stands there. No more than ten a page; a
 * platform that is away receives nothing.
 * @param parts which parts of the page React was drawing
 */
export function tellBroken(kind: Kind, error: unknown, parts?: string): string {
  const { message, stack } = error instanceof Error ? error : { message: String(error), stack: undefined };
  const known = reported.get(message);
  if (known) return known;
  const id = newId();
  if (reported.size >= reportsMax) return id;
  reported.set(message, id);
  void send({
    id,
    kind,
    message: message.slice(0, 500),
    stack: stack?.slice(0, 4_000),
    parts: parts?.slice(0, 2_000),
    page: window.location.pathname.slice(0, 200),
    release: release(document).slice(0, 100),
  });
  return id;
}

async function send(body: object): Promise<void> {
  // A token that is still good says who it was; to ask for a new one could break in its turn.
  const token = session.goodToken();
  await fetch('/api/v1/client-errors', {
    method: 'POST',
    keepalive: true,
    headers: {
      'content-type': 'application/json',
      'x-requested-with': 'peyk-panel',
      ...(token && { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify(body),
  }).catch(() => undefined);
}

/** Errors that reach no page: of timers, of events, of promises that nobody waits for. */
export function hearBroken(): void {
  window.addEventListener('error', ({ error, message }) => {
    // A resize observer that was not done in one frame is no fault.
    if (!message.startsWith('ResizeObserver')) tellBroken('script', (error as unknown) ?? message);
  });
  window.addEventListener('unhandledrejection', ({ reason }: PromiseRejectionEvent) => {
    // What the API refused is said where it was asked for, and logged there.
    if (!isExpected(reason)) tellBroken('promise', reason);
  });
}

function isExpected(reason: unknown): boolean {
  return reason instanceof Error && (reason.name === 'ApiError' || reason.name === 'AbortError');
}

/** The file of script that a page begins with: it has another name in each release. */
function release(page: Document): string {
  const script = page.querySelector<HTMLScriptElement>('script[type="module"][src]');
  return script?.getAttribute('src')?.split('/').pop() ?? 'unknown';
}

/**
 * Code of a page did not come. After a release the old page asks for files that are gone: the new one is loaded at
 * `address`, once for each release. Of a line that is down, or code that is broken, it is reported and the page says so.
 */
export async function codeFailed(
  error: unknown,
  address = window.location.pathname + window.location.search,
): Promise<never> {
  const newest = await newestRelease();
  if (newest && newest !== release(document) && rememberReload(newest)) {
    window.location.assign(address);
    // The page is going; nothing more is drawn.
    return new Promise<never>(() => undefined);
  }
  tellBroken('code', error);
  throw error;
}

async function newestRelease(): Promise<string | undefined> {
  try {
    const response = await fetch('/', { cache: 'no-store' });
    if (!response.ok) return undefined;
    return release(new DOMParser().parseFromString(await response.text(), 'text/html'));
  } catch {
    return undefined;
  }
}

/** False: it was loaded for this release already, or that cannot be remembered. */
function rememberReload(newest: string): boolean {
  try {
    if (sessionStorage.getItem(reloadedKey) === newest) return false;
    sessionStorage.setItem(reloadedKey, newest);
    return true;
  } catch {
    return false;
  }
}

/** Short enough to be read out on the telephone: `k3x9-2m7q`. */
function newId(): string {
  const letters = 'abcdefghjkmnpqrstuvwxyz23456789';
  const drawn = [...crypto.getRandomValues(new Uint8Array(8))].map((byte) => letters[byte % letters.length]);
  return `${drawn.slice(0, 4).join('')}-${drawn.slice(4).join('')}`;
}
