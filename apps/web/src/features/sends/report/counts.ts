import type { Schemas } from '../../../api/client';
import type { MessageState } from '../../../parts/sends/words';

type Counts = Schemas['SendCountsDto'];
type Rows = readonly Pick<Schemas['BreakdownDto']['rows'][number], 'state' | 'messages'>[];

const fields: readonly (readonly [MessageState, keyof Counts])[] = [
  ['delivered', 'delivered'],
  ['sent', 'sent'],
  ['unreported', 'unreported'],
  ['undelivered', 'undelivered'],
  ['failed', 'failed'],
  ['in_doubt', 'inDoubt'],
  ['blocked', 'blocked'],
  ['cancelled', 'cancelled'],
  ['queued', 'queued'],
];

/** Of a send by state, those that there are: the same figures as its bar. */
export function shownStates(counts: Counts): readonly (readonly [MessageState, number])[] {
  return fields.flatMap(([state, field]) => (counts[field] > 0 ? [[state, counts[field]] as const] : []));
}

export function allOf(counts: Counts): number {
  return fields.reduce((all, [, field]) => all + counts[field], 0);
}

export function sum(rows: Rows): number {
  return rows.reduce((all, { messages }) => all + messages, 0);
}

/** Whether a breakdown was counted before or after these counts. Recipients that are not written yet wait. */
export function isBehind(rows: Rows, counts: Counts): boolean {
  if (rows.length === 0) return false;
  const counted = (state: MessageState): number => sum(rows.filter((row) => row.state === state));
  return fields.some(([state, field]) =>
    state === 'queued' ? counted(state) > counts.queued : counted(state) !== counts[field],
  );
}
