import { ApiError, api, ok } from '../../api/client';
import type { Schemas } from '../../api/client';
import { emptyDraft } from './draft';
import type { SendDraft } from './draft';

/** What a new send begins with, as `/sends/new` is asked for it. */
export interface Beginning {
  /** Id of a send: its text, line and recipients. */
  readonly again?: string;
  /** Numbers, parted by commas. */
  readonly to?: string;
  readonly line?: string;
  /** Id of a template. */
  readonly template?: string;
}
export interface Begun {
  readonly draft: SendDraft;
  /** The list of the send that is copied is not kept any more. */
  readonly withoutRecipients: boolean;
}

const names = ['again', 'to', 'line', 'template'] as const;

export function beginningOf(params: URLSearchParams): Beginning | undefined {
  const said = names.flatMap((name) => {
    const value = params.get(name);
    return value ? [[name, value] as const] : [];
  });
  return said.length > 0 ? Object.fromEntries(said) : undefined;
}

/** Address of a new send that begins so. */
export function newSendPath(beginning: Beginning): string {
  return `/sends/new?${new URLSearchParams(beginning as Record<string, string>)}`;
}

export async function draftFrom({ again, to, line, template }: Beginning): Promise<Begun> {
  const draft = { ...emptyDraft(), ...(line && { lineId: line }), ...(to && { sources: { typed: to } }) };
  if (again) return copyOf(again, draft);
  if (!template) return { draft, withoutRecipients: false };
  const { text } = await ok(
    api.GET('/api/v1/templates/{templateId}', { params: { path: { templateId: template } } }),
  );
  return { draft: { ...draft, text }, withoutRecipients: false };
}

async function copyOf(sendId: string, draft: SendDraft): Promise<Begun> {
  const send = await ok(api.GET('/api/v1/sends/{sendId}', { params: { path: { sendId } } }));
  const { listId, row, recipients: count } = send;
  const copy = { ...draft, lineId: send.line.id, text: send.text, title: send.title };
  const list = await listOf(listId);
  if (!list) return { draft: copy, withoutRecipients: true };
  const isWhole = row === 1 && count === list.valid;
  return {
    draft: { ...copy, source: 'again', sources: { again: listId }, ...(!isWhole && { row, count }) },
    withoutRecipients: false,
  };
}

async function listOf(listId: string): Promise<Schemas['RecipientListDto'] | undefined> {
  try {
    return await ok(api.GET('/api/v1/recipient-lists/{listId}', { params: { path: { listId } } }));
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return undefined;
    throw error;
  }
}
