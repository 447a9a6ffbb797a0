import { DomainError } from '@peyk/contracts';
import type { SliceDto } from '@peyk/contracts/targeting';
import type { List } from './list.entity';

/** Positions of a list, from 1. */
export interface Slice {
  readonly firstPosition: number;
  readonly recipients: number;
}

/**
 * What a row and a count mean in a list (SMS-011): the whole list, from `row` on, or `count` from `row` on.
 * Throws list.notReady, list.empty, list.sliceOutOfRange with `details.available` (TGT-205); of a deleted one
 * list.notFound, and while its deletion is being decided service.unavailable: then it is asked again.
 */
export function sliceOf(
  { state, valid }: Pick<List, 'state' | 'valid'>,
  { row = 1, count }: SliceDto,
): Slice {
  if (state === 'uploading' || state === 'reading') throw new DomainError('list.notReady');
  if (state === 'deleting') throw new DomainError('service.unavailable');
  if (state === 'deleted') throw new DomainError('list.notFound');
  if (valid === 0) throw new DomainError('list.empty');
  const available = Math.max(0, valid - row + 1);
  const recipients = count ?? available;
  if (recipients > available || available === 0) throw new DomainError('list.sliceOutOfRange', { available });
  return { firstPosition: row, recipients };
}
