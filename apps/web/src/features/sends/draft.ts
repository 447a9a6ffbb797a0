import type { Schemas } from '../../api/client';

export interface SendDraft {
  /** Chosen once for what is sent once: repeats of the request give the same send back. */
  readonly key: string;
  readonly title: string;
  /** Key of the source that is chosen, and what each source keeps. */
  readonly source: string;
  readonly sources: Readonly<Record<string, string>>;
  readonly row?: number | undefined;
  readonly count?: number | undefined;
  readonly lineId?: string | undefined;
  readonly text: string;
  /** ISO instant; absent: now. */
  readonly sendAt?: string | undefined;
  readonly repeat?: Schemas['RepeatDto'] | undefined;
}

type Storage = Pick<globalThis.Storage, 'getItem' | 'setItem' | 'removeItem'>;
const storageKey = (accountId: string): string => `peyk.send.${accountId}`;

export function emptyDraft(): SendDraft {
  return { key: newKey(), title: '', source: 'typed', sources: {}, text: '' };
}

export function newKey(): string {
  return `panel-${crypto.randomUUID()}`;
}

/** What was being written in this tab: a reload or a session that ended loses nothing (WEB-204). */
export function storedDraft(accountId: string, storage: Storage = sessionStorage): SendDraft | undefined {
  try {
    const stored: unknown = JSON.parse(storage.getItem(storageKey(accountId)) ?? 'null');
    return isDraft(stored) ? stored : undefined;
  } catch {
    return undefined;
  }
}

export function keepDraft(accountId: string, draft: SendDraft, storage: Storage = sessionStorage): void {
  try {
    storage.setItem(storageKey(accountId), JSON.stringify(draft));
  } catch {
    // Storage is full or closed: the draft lives as long as the page.
  }
}

export function dropDraft(accountId: string, storage: Storage = sessionStorage): void {
  try {
    storage.removeItem(storageKey(accountId));
  } catch {
    // As above.
  }
}

function isDraft(stored: unknown): stored is SendDraft {
  if (typeof stored !== 'object' || stored === null) return false;
  const { key, source, sources, text, title } = stored as Partial<Record<keyof SendDraft, unknown>>;
  return (
    [key, source, text, title].every((each) => typeof each === 'string') &&
    typeof sources === 'object' &&
    sources !== null
  );
}

/** Something that would be missed. */
export function hasContent({ text, title, sources }: SendDraft): boolean {
  return [text, title, ...Object.values(sources)].some((each) => each.trim() !== '');
}

export type Recipients = Schemas['RecipientsDto'];

/** The request of a draft. `recipients`: what its source asks for. */
export function requestOf(
  draft: SendDraft & { readonly lineId: string },
  recipients: Recipients,
): Schemas['SendRequestBodyDto'] {
  const { title, lineId, text, sendAt, repeat } = draft;
  return {
    lineId,
    text,
    recipients: sliced(recipients, draft),
    ...(title.trim() && { title: title.trim() }),
    ...(sendAt && { sendAt }),
    ...(repeat && { repeat }),
  };
}

/** Row and count pick a part of the list (SMS-011). */
export function sliced(recipients: Recipients, { row, count }: Pick<SendDraft, 'row' | 'count'>): Recipients {
  return { ...recipients, ...(row && { row }), ...(count && { count }) };
}

/**
 * Whether the key was used up without a send. Only those refusals are final for a key: with every other one the request
 * may come again, and an answer that was lost on the way is found by it.
 */
export function usesUpKey(code: string): boolean {
  return code === 'wallet.insufficientCredit' || code === 'account.disabled';
}
