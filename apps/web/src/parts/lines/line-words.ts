import { nextTehranOpening } from '@peyk/persian';
import type { Schemas } from '../../api/client';
import { fill } from '../../ui/format';
import { lineClassTitles } from '../../ui/terms';
import fa from './fa.json';

type Line = Schemas['LineDto'];

export const isAlwaysOpen = ({ hoursFrom, hoursTo }: Line): boolean => hoursFrom === 0 && hoursTo === 24;

export function hoursText(line: Line): string {
  return isAlwaysOpen(line) ? fa.allDay : fill(fa.hours, { from: line.hoursFrom, to: line.hoursTo });
}

export function lineText(line: Line): string {
  return fill(fa.lineOption, { number: line.number, kind: lineClassTitles[line.lineClass] });
}

/** When what is due at `at` leaves: then, or when the line's hours begin. */
export function leavesAt(line: Line, at: Date): Date {
  return isAlwaysOpen(line) ? at : nextTehranOpening(at, { from: line.hoursFrom, to: line.hoursTo });
}
