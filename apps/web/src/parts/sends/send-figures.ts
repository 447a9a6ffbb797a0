import type { Schemas } from '../../api/client';

type Send = Schemas['SendDto'];
type State = Send['state'];

const moving: readonly State[] = ['placing', 'queued', 'sending', 'cancelling'];
const final: readonly State[] = ['finished', 'cancelled', 'refused', 'missed'];

/** Messages leave, or are about to. */
export const isMoving = ({ state }: { readonly state: State }): boolean => moving.includes(state);
export const isFinal = ({ state }: { readonly state: State }): boolean => final.includes(state);

export const mayPause = ({ state }: { readonly state: State }): boolean =>
  state === 'scheduled' || state === 'queued' || state === 'sending';
export const mayResume = ({ state }: { readonly state: State }): boolean =>
  state === 'paused' || state === 'suspended';
/** Before its time: text, title, recipients and time may be changed. */
export const mayChange = ({ state }: { readonly state: State }): boolean =>
  state === 'scheduled' || state === 'suspended';
export const mayCancel = ({ state }: { readonly state: State }): boolean =>
  ['scheduled', 'suspended', 'queued', 'sending', 'paused'].includes(state);

/** By the pace of the last seconds; undefined where nothing leaves now. ms */
export function timeLeftMs(
  send: Pick<Send, 'state' | 'counts' | 'parts' | 'partsPerSecond'>,
): number | undefined {
  const { counts, parts, partsPerSecond } = send;
  if (send.state !== 'sending' || partsPerSecond <= 0 || counts.queued === 0) return undefined;
  return ((counts.queued * parts) / partsPerSecond) * 1_000;
}

/** Of the event `progress` of a send's stream. */
export type Progress = Pick<Send, 'state' | 'recipients' | 'counts' | 'partsPerSecond'> & {
  readonly chargedRials: number;
};

/** A live event is newer than what was read, but says less. */
export function withProgress(send: Send, progress: Progress): Send {
  const { state, recipients, counts, chargedRials, partsPerSecond } = progress;
  return { ...send, state, recipients, counts, partsPerSecond, money: { ...send.money, chargedRials } };
}
