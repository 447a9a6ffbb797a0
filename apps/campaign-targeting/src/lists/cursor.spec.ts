import { DomainError } from '@peyk/contracts';
import { decodeCursor, encodeCursor, idCursor, rowCursor } from './cursor';

describe('cursors', () => {
  it('come back as they were given out', () => {
    const id = '0198f000-0000-7000-8000-00000000000a';
    expect(decodeCursor(encodeCursor(id), idCursor)).toBe(id);
    expect(decodeCursor(encodeCursor(1_048_576), rowCursor)).toBe('1048576');
    expect(decodeCursor(undefined, rowCursor)).toBeUndefined();
  });

  it.each(['', '-1', '1 OR 1=1', '9999999999', '۱', '1\n'])('are refused when they say %p', (text) => {
    expect(() => decodeCursor(encodeCursor(text), rowCursor)).toThrow(DomainError);
  });
});
