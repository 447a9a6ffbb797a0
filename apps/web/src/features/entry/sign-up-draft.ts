import type { Asked } from './code-entry';
import { lastStep } from './sign-up-steps';

/** What of a sign-up this tab keeps until it is done: never the password or a code. */
export interface SignUpDraft {
  readonly plan?: string;
  readonly name?: string;
  readonly username?: string;
  readonly email?: string;
  readonly referralCode?: string;
  readonly mobile?: string;
  readonly terms?: boolean;
  readonly asked?: Asked & { readonly mobile: string };
}

type Storage = Pick<globalThis.Storage, 'getItem' | 'setItem' | 'removeItem'>;
const storageKey = 'peyk.sign-up';
const texts = ['plan', 'name', 'username', 'email', 'referralCode', 'mobile'] as const;

export function storedSignUp(storage: Storage = sessionStorage): SignUpDraft {
  try {
    const stored: unknown = JSON.parse(storage.getItem(storageKey) ?? '{}');
    return typeof stored === 'object' && stored !== null ? picked(stored) : {};
  } catch {
    return {};
  }
}

export function keepSignUp(draft: SignUpDraft, storage: Storage = sessionStorage): void {
  try {
    storage.setItem(storageKey, JSON.stringify(picked(draft)));
  } catch {
    // Storage is full or closed: the draft lives as long as the page.
  }
}

export function dropSignUp(storage: Storage = sessionStorage): void {
  try {
    storage.removeItem(storageKey);
  } catch {
    // As above.
  }
}

/** The last step that may be opened: all before it are filled in. */
export function reachOf({ plan, name, username, mobile, terms, asked }: SignUpDraft): number {
  if (!plan) return 0;
  if (!name?.trim() || !username?.trim()) return 1;
  return mobile && terms && asked ? lastStep : lastStep - 1;
}

/** Only what is named here is stored, whatever else a form holds. */
function picked(draft: SignUpDraft): SignUpDraft {
  const { terms, asked } = draft;
  const typed = texts.flatMap((key) => (typeof draft[key] === 'string' ? [[key, draft[key]]] : []));
  return {
    ...(Object.fromEntries(typed) as SignUpDraft),
    ...(terms === true && { terms }),
    ...(isAsked(asked) && { asked }),
  };
}

function isAsked(asked: Partial<Record<keyof Asked | 'mobile', unknown>> | undefined | null): boolean {
  const { requestId, expiresAt, resendAfterSeconds, at, mobile } = asked ?? {};
  return (
    [requestId, expiresAt, mobile].every((each) => typeof each === 'string') &&
    [resendAfterSeconds, at].every((each) => typeof each === 'number')
  );
}
