import type { Schemas } from '../../api/client';
import fa from './fa.json';

type Send = Schemas['SendDto'];
type Message = Schemas['MessageDto'];
export type SendState = Send['state'];
export type MessageState = Message['state'];

/** Colour names of antd's Tag; the word stands beside it always (WEB-206). */
export type Tone = 'default' | 'processing' | 'success' | 'warning' | 'error';

export const sendStates: Readonly<Record<SendState, { readonly text: string; readonly tone: Tone }>> = {
  scheduled: { text: fa.sendScheduled, tone: 'default' },
  suspended: { text: fa.sendSuspended, tone: 'warning' },
  placing: { text: fa.sendPlacing, tone: 'processing' },
  queued: { text: fa.sendQueued, tone: 'processing' },
  sending: { text: fa.sendSending, tone: 'processing' },
  paused: { text: fa.sendPaused, tone: 'warning' },
  cancelling: { text: fa.sendCancelling, tone: 'warning' },
  cancelled: { text: fa.sendCancelled, tone: 'default' },
  finished: { text: fa.sendFinished, tone: 'success' },
  refused: { text: fa.sendRefused, tone: 'error' },
  missed: { text: fa.sendMissed, tone: 'error' },
};

export const messageStates: Readonly<Record<MessageState, { readonly text: string; readonly tone: Tone }>> = {
  queued: { text: fa.messageQueued, tone: 'default' },
  sent: { text: fa.messageSent, tone: 'processing' },
  delivered: { text: fa.messageDelivered, tone: 'success' },
  undelivered: { text: fa.messageUndelivered, tone: 'warning' },
  failed: { text: fa.messageFailed, tone: 'error' },
  in_doubt: { text: fa.messageInDoubt, tone: 'warning' },
  unreported: { text: fa.messageUnreported, tone: 'default' },
  blocked: { text: fa.messageBlocked, tone: 'error' },
  cancelled: { text: fa.messageCancelled, tone: 'default' },
};

export const kinds: Readonly<Record<Send['kind'], string>> = { single: fa.kindSingle, group: fa.kindGroup };

export const repeats: Readonly<Record<Schemas['RepeatDto']['every'], string>> = {
  daily: fa.repeatDaily,
  weekly: fa.repeatWeekly,
  monthly: fa.repeatMonthly,
};

/** Options of a filter by state. */
export function stateOptions<State extends string>(
  states: Readonly<Record<State, { readonly text: string }>>,
): { value: State; label: string }[] {
  return (Object.keys(states) as State[]).map((value) => ({ value, label: states[value].text }));
}
