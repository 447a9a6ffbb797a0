import { importStates } from '@peyk/contracts/identity';
import type { ImportState } from '@peyk/contracts/identity';

/** Every move that an import may make; the code that changes `imports.state` names the states that it comes from. */
export const importMoves: Readonly<Record<ImportState, readonly ImportState[]>> = {
  uploading: ['reading', 'cancelled'],
  reading: ['checked', 'failed', 'cancelled'],
  checked: ['applying', 'cancelled'],
  applying: ['done', 'failed', 'cancelled'],
  done: [],
  failed: [],
  cancelled: [],
};

/** States from which `to` can be reached in one move. */
export function statesBefore(to: ImportState): readonly ImportState[] {
  return importStates.filter((from) => importMoves[from].includes(to));
}
