import { importStates } from '@peyk/contracts/identity';
import { importMoves, statesBefore } from './import-state';

describe('importMoves', () => {
  it('IDN-203 leads from upload to an end, and nowhere from an end', () => {
    const reached = new Set(['uploading']);
    for (const from of importStates)
      if (reached.has(from)) importMoves[from].forEach((to) => reached.add(to));
    expect([...reached].sort()).toEqual([...importStates].sort());
    for (const end of ['done', 'failed', 'cancelled'] as const) expect(importMoves[end]).toEqual([]);
  });

  it('IDN-203 never writes a file that was not checked first', () => {
    expect(statesBefore('applying')).toEqual(['checked']);
    expect(statesBefore('done')).toEqual(['applying']);
    expect(statesBefore('cancelled')).toEqual(['uploading', 'reading', 'checked', 'applying']);
  });
});
