import type { SendDraft, Slice } from '../draft';
import { sliced } from '../draft';
import type { Recipients } from '../draft';
import { leftOver, wholeOf } from '../recipients/entries';
import type { RecipientsValue } from '../recipients/entries';
import { fill } from '../../../ui/format';
import fa from '../fa.json';
import { asks, sourceOf } from '../recipients/source';

/** The form as antd keeps it: a draft with its recipients as one field and its time as a Date. */
export interface FormValues extends Omit<SendDraft, 'key' | 'sendAt' | keyof RecipientsValue> {
  readonly recipients: RecipientsValue;
  readonly sendAt?: Date | undefined;
}

export function valuesOf({
  key: _key,
  entries,
  adding,
  source,
  sources,
  combined,
  sendAt,
  ...rest
}: SendDraft): FormValues {
  const recipients = { entries, adding, source, sources, combined };
  return { ...rest, recipients, sendAt: sendAt ? new Date(sendAt) : undefined };
}

export function draftOf(key: string, { recipients, sendAt, ...rest }: FormValues): SendDraft {
  return { ...rest, ...recipients, key, sendAt: sendAt?.toISOString() };
}

/** What is asked for, with its slice; undefined while nobody is chosen, or the list is not put together yet. */
export function recipientsOf({
  recipients,
  row,
  count,
}: Slice & Pick<FormValues, 'recipients'>): Recipients | undefined {
  const chosen = wholeOf(recipients, asks);
  return chosen && sliced(chosen, { row, count });
}

/** Why this list cannot be sent to now, though somebody is in it. */
export function faultOf(recipients: RecipientsValue): string | undefined {
  const [left] = leftOver(recipients);
  if (left) return fill(fa.notAdded, { source: sourceOf(left).title });
  return recipients.entries.length > 0 && !recipientsOf({ recipients }) ? fa.notCombined : undefined;
}
