import { DomainError, laneMaxRecipients } from '@peyk/contracts';
import type { Lane } from '@peyk/contracts';
import { isSeen } from '@peyk/persian';
import type { Line } from '../lines/line.entity';
import type { TextMeasure } from '../quotes/quote';
import type { Send } from './send.entity';

/** Clocks of programs and of the database are closer than that. */
export const clockToleranceMs = 60_000;
/** A send is planned at most so many days ahead. */
export const farthestDays = 366;

export type Terms = Pick<Send, 'linkId' | 'refundPolicy' | 'is66Char' | 'language' | 'parts'>;

/** Throws send.laneNotAllowed. */
export function laneOf(wanted: Lane | undefined, recipients: number): Lane {
  const lane = wanted ?? (recipients <= laneMaxRecipients.transactional ? 'transactional' : 'bulk');
  const maximum = laneMaxRecipients[lane];
  if (recipients > maximum)
    throw new DomainError('send.laneNotAllowed', { field: 'lane', lane, maximum, recipients });
  return lane;
}

/** A changed send keeps its lane while it may; one that grew too large for it is bulk. Throws send.laneNotAllowed. */
export function changedLane(send: Pick<Send, 'lane'>, recipients: number): Lane {
  if (send.lane === 'transactional' && recipients > laneMaxRecipients.transactional) return 'bulk';
  return laneOf(send.lane, recipients);
}

/** One of nothing that can be seen is none. */
export function titleOf(title = ''): string {
  return isSeen(title) ? title : '';
}

/** What a send takes from its line and from its text. */
export function termsOf(line: Line, measure: TextMeasure): Terms {
  return {
    linkId: line.linkId,
    refundPolicy: line.refundPolicy,
    is66Char: line.is66Char,
    language: measure.language,
    parts: measure.parts,
  };
}

/** When a send begins, as asked for; null: at once. Throws send.timePast, send.timeTooFar. */
export function checkedTime(sendAt: string | undefined): Date | null {
  if (sendAt === undefined) return null;
  const time = new Date(sendAt);
  if (time.getTime() < Date.now() - clockToleranceMs)
    throw new DomainError('send.timePast', { field: 'sendAt' });
  if (time.getTime() > Date.now() + farthestDays * 86_400_000) {
    throw new DomainError('send.timeTooFar', { field: 'sendAt', days: farthestDays });
  }
  return time;
}
