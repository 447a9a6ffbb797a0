import type { Schemas } from '../../api/client';
import type { RecipientsValue } from './recipients/entries';

/** A part of a list: first position from 1, and how many (SMS-011). */
export interface Slice {
  readonly row?: number | undefined;
  readonly count?: number | undefined;
}

export interface SendDraft extends Slice, RecipientsValue {
  /** Chosen once for what is sent once: repeats of the request give the same send back. */
  readonly key: string;
  readonly title: string;
  readonly lineId?: string | undefined;
  readonly text: string;
  /** ISO instant; absent: now. */
  readonly sendAt?: string | undefined;
  readonly repeat?: Schemas['RepeatDto'] | undefined;
}

type Storage = Pick<globalThis.Storage, 'getItem' | 'setItem' | 'removeItem'>;
const storageKey = (accountId: string): string => `peyk.send.${accountId}`;

export function emptyDraft(): SendDraft {
  return { key: newKey(), title: '', entries: [], adding: false, source: 'typed', sources: {}, text: '' };
}

export function newKey(): string {
  return `panel-${crypto.randomUUID()}`;
}

/** What was being written in this tab: a reload or a session that ended loses nothing (WEB-204). */
export function storedDraft(accountId: string, storage: Storage = sessionStorage): SendDraft | undefined {
  try {
    const stored: unknown = JSON.parse(storage.getItem(storageKey(accountId)) ?? 'null');
    // One that an older panel kept knows a single source.
    const draft = { entries: [], adding: false, ...(stored as object | null) };
    return isDraft(draft) ? draft : undefined;
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

function isDraft(stored: Partial<Record<keyof SendDraft, unknown>>): stored is SendDraft {
  const { key, source, sources, text, title, entries } = stored;
  return (
    areTexts([key, source, text, title]) &&
    typeof sources === 'object' &&
    sources !== null &&
    areTexts(Object.values(sources)) &&
    Array.isArray(entries) &&
    entries.every((entry: Partial<RecipientsValue['entries'][0]> | null) =>
      areTexts([entry?.source, entry?.value]),
    )
  );
}

function areTexts(values: readonly unknown[]): boolean {
  return values.every((each) => typeof each === 'string');
}

/** Something that would be missed. */
export function hasContent({ text, title, sources, entries }: SendDraft): boolean {
  return entries.length > 0 || [text, title, ...Object.values(sources)].some((each) => each.trim() !== '');
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
export function sliced(recipients: Recipients, { row, count }: Slice): Recipients {
  return { ...recipients, ...(row && { row }), ...(count && { count }) };
}

/**
 * Whether the key was used up without a send. Only those refusals are final for a key: with every other one the request
 * may come again, and an answer that was lost on the way is found by it.
 */
export function usesUpKey(code: string): boolean {
  return code === 'wallet.insufficientCredit' || code === 'account.disabled';
}
