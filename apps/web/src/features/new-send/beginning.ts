import { ApiError, api, ok } from '../../api/client';
import type { Schemas } from '../../api/client';
import type { Beginning } from '../../parts/sends/new-send-path';
import { emptyDraft } from './draft';
import type { SendDraft } from './draft';
import { typedMax } from './recipients/typed-numbers';

export interface Begun {
  readonly draft: SendDraft;
  /** The list of the send that is copied is not kept any more. */
  readonly withoutRecipients: boolean;
}

const pageMax = 200;
const names = ['again', 'to', 'line', 'template'] as const;

export function beginningOf(params: URLSearchParams): Beginning | undefined {
  const said = names.flatMap((name) => {
    const value = params.get(name);
    return value ? [[name, value] as const] : [];
  });
  return said.length > 0 ? Object.fromEntries(said) : undefined;
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
  // A code is shown to nobody, and the next one is another.
  const text = send.lane === 'otp' ? '' : send.text;
  const copy = { ...draft, lineId: send.line.id, text, title: send.title };
  const list = await listOf(listId);
  if (!list || list.state === 'deleted') return { draft: copy, withoutRecipients: true };
  // What was typed can be seen and changed number by number (SMS-003).
  const typed = list.source === 'typed' ? await numbersOf(sendId) : [];
  if (typed.length === count)
    return { draft: { ...copy, sources: { typed: typed.join('\n') } }, withoutRecipients: false };
  const isWhole = row === 1 && count === list.valid;
  return {
    draft: { ...copy, source: 'again', sources: { again: listId }, ...(!isWhole && { row, count }) },
    withoutRecipients: false,
  };
}

async function numbersOf(sendId: string): Promise<string[]> {
  const numbers: string[] = [];
  let cursor: string | undefined;
  do {
    const query = { limit: pageMax, ...(cursor && { cursor }) };
    const page = await ok(
      api.GET('/api/v1/sends/{sendId}/recipients', { params: { path: { sendId }, query } }),
    );
    numbers.push(...page.recipients.map(({ msisdn }) => msisdn.replace(/^98/, '0')));
    cursor = page.nextCursor;
  } while (cursor && numbers.length < typedMax);
  return numbers;
}

async function listOf(listId: string): Promise<Schemas['RecipientListDto'] | undefined> {
  try {
    return await ok(api.GET('/api/v1/recipient-lists/{listId}', { params: { path: { listId } } }));
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return undefined;
    throw error;
  }
}
