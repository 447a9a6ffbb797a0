import type { components } from './schema';

export type Account = components['schemas']['AccountDto'];
type SessionDto = components['schemas']['SessionDto'];

/**
 * - `starting`: the cookie is being asked
 * - `expired`: somebody was signed in here; the page stays as it is until they sign in again, so that nothing typed is lost
 */
export type SessionState =
  | { readonly kind: 'starting' }
  /** `left`: by choice, so the page that was open is not the next person's to go back to. */
  | { readonly kind: 'signedOut'; readonly left?: true }
  | { readonly kind: 'signedIn'; readonly account: Account }
  | { readonly kind: 'expired'; readonly account: Account };

/** Says only that it pays to ask for a session: the cookie itself is out of reach. */
const hintKey = 'peyk.signedIn';
const refreshBeforeMs = 30_000;

/** The one session of this page. The access token stays in memory; the refresh token is an httpOnly cookie. */
class Session {
  private state: SessionState = { kind: 'starting' };
  private accessToken: string | undefined;
  private expiresAt = 0;
  private refreshing: Promise<void> | undefined;
  private readonly listeners = new Set<() => void>();

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };
  readonly current = (): SessionState => this.state;

  /** Takes up the session of the cookie, if there is one. */
  async start(): Promise<void> {
    if (!hint.get()) return this.set({ kind: 'signedOut' });
    await this.refresh();
    if (this.state.kind === 'starting') this.set({ kind: 'signedOut' });
  }

  /** After a sign-in, a first password or a sign-up. */
  open(granted: SessionDto): void {
    const before = this.state;
    this.keep(granted);
    // Another person took the place: nothing of the one before may stay on the screen.
    if (before.kind === 'expired' && before.account.id !== granted.account.id)
      window.location.assign('/home');
  }

  /** Undefined when nobody is signed in. */
  async token(): Promise<string | undefined> {
    if (this.accessToken && Date.now() > this.expiresAt - refreshBeforeMs) await this.refresh();
    return this.accessToken;
  }

  /** The token where it needs no asking for. */
  goodToken(): string | undefined {
    return Date.now() < this.expiresAt ? this.accessToken : undefined;
  }

  /** A token other than the refused one; undefined when the session is over. */
  async renewed(refused: string): Promise<string | undefined> {
    if (this.accessToken === refused) await this.refresh();
    return this.accessToken;
  }

  /** The server ended it already, or the caller says so. */
  close(): void {
    this.forget();
    this.set({ kind: 'signedOut', left: true });
  }

  /** Changes what is shown of the own account, after the profile was changed. */
  rename(name: string): void {
    if (this.state.kind === 'signedIn') this.set({ ...this.state, account: { ...this.state.account, name } });
  }

  private refresh(): Promise<void> {
    this.refreshing ??= this.askForSession().finally(() => (this.refreshing = undefined));
    return this.refreshing;
  }

  private async askForSession(): Promise<void> {
    const headers = { 'accept-language': 'fa', 'x-requested-with': 'peyk-panel' };
    const response = await fetch('/api/v1/sessions/refresh', { method: 'POST', headers }).catch(
      () => undefined,
    );
    // Not an answer about the session: it may still be good, and the caller sees the failure of their own request.
    if (!response || response.status >= 500 || response.status === 429) return;
    if (response.ok) return this.keep((await response.json()) as SessionDto);
    const { state } = this;
    this.forget();
    if (state.kind === 'signedIn' || state.kind === 'expired')
      this.set({ kind: 'expired', account: state.account });
    else this.set({ kind: 'signedOut' });
  }

  private keep({ accessToken, accessExpiresAt, account }: SessionDto): void {
    this.accessToken = accessToken;
    this.expiresAt = new Date(accessExpiresAt).getTime();
    hint.set(true);
    this.set({ kind: 'signedIn', account });
  }

  private forget(): void {
    this.accessToken = undefined;
    hint.set(false);
  }

  private set(state: SessionState): void {
    this.state = state;
    for (const listener of this.listeners) listener();
  }
}

/** Storage may be closed to the page; then each visit asks the cookie. */
const hint = {
  get(): boolean {
    try {
      return localStorage.getItem(hintKey) !== null;
    } catch {
      return true;
    }
  },
  set(signedIn: boolean): void {
    try {
      if (signedIn) localStorage.setItem(hintKey, '1');
      else localStorage.removeItem(hintKey);
    } catch {
      // As above.
    }
  },
};

export const session = new Session();
