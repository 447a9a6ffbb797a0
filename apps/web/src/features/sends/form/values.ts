import type { SendDraft } from '../draft';
import { sliced } from '../draft';
import type { Recipients } from '../draft';
import { sourceOf } from '../recipients/source';

/** What the source field holds. */
export interface RecipientsValue {
  readonly source: string;
  readonly sources: Readonly<Record<string, string>>;
}

/** The form as antd keeps it: a draft with its recipients as one field and its time as a Date. */
export interface FormValues extends Omit<SendDraft, 'key' | 'source' | 'sources' | 'sendAt'> {
  readonly recipients: RecipientsValue;
  readonly sendAt?: Date | undefined;
}

export function valuesOf({ key: _key, source, sources, sendAt, ...rest }: SendDraft): FormValues {
  return { ...rest, recipients: { source, sources }, sendAt: sendAt ? new Date(sendAt) : undefined };
}

export function draftOf(key: string, { recipients, sendAt, ...rest }: FormValues): SendDraft {
  return { ...rest, ...recipients, key, sendAt: sendAt?.toISOString() };
}

/** What is asked for, with its slice; undefined while nobody is chosen. */
export function recipientsOf({
  recipients,
  row,
  count,
}: Pick<FormValues, 'recipients' | 'row' | 'count'>): Recipients | undefined {
  const chosen = sourceOf(recipients.source).recipients(recipients.sources[recipients.source] ?? '');
  return chosen && sliced(chosen, { row, count });
}
