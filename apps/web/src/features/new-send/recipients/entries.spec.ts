import { added, become, closed, isOpen, keyOf, leftOver, opened, partsOf, wholeOf, without } from './entries';
import type { RecipientsValue } from './entries';

/** Typed numbers as they are, lists by their id. */
const asks = (source: string, value: string) =>
  value === '' ? undefined : source === 'typed' ? { numbers: value.split(' ') } : { listId: value };
const one: RecipientsValue = { entries: [], adding: false, source: 'typed', sources: { typed: '0912 0935' } };
const twoOf = (): RecipientsValue => {
  const further = added(one, { next: 'file' });
  return added({ ...further, sources: { ...further.sources, file: 'list' } });
};

describe('the recipient list of a new send', () => {
  it('SMS-002 is the one open source, and nobody has to add it', () => {
    expect(isOpen(one)).toBe(true);
    expect(wholeOf(one, asks)).toEqual({ numbers: ['0912', '0935'] });
    expect(partsOf(one, asks)).toBeUndefined();
    expect(wholeOf({ ...one, sources: {} }, asks)).toBeUndefined();
  });

  it('SMS-003 TGT-206 keeps what was added in its order, and can be sent to once it is put together', () => {
    const both = twoOf();
    expect(both.entries).toEqual([
      { source: 'typed', value: '0912 0935' },
      { source: 'file', value: 'list' },
    ]);
    expect([isOpen(both), leftOver(both)]).toEqual([false, []]);
    const parts = partsOf(both, asks) ?? [];
    expect(parts).toEqual([{ numbers: ['0912', '0935'] }, { listId: 'list' }]);
    expect(wholeOf(both, asks)).toBeUndefined();
    const combined = { of: keyOf(parts), listId: 'both' };
    expect(wholeOf({ ...both, combined }, asks)).toEqual({ listId: 'both' });
    // Of other entries it is not the list.
    expect(wholeOf({ ...without(both, 0), combined }, asks)).toEqual({ listId: 'list' });
    const three = added({ ...opened({ ...both, combined }), sources: { file: 'other' }, source: 'file' });
    expect(wholeOf(three, asks)).toBeUndefined();
  });

  it('TGT-206 opens the last entry again when the others are removed', () => {
    expect(without(twoOf(), 1)).toMatchObject({ ...one, entries: [] });
    expect(without(without(twoOf(), 0), 0)).toMatchObject({ source: 'file', sources: { file: 'list' } });
    expect(closed(added(one, { next: 'file' }))).toMatchObject(one);
    expect(isOpen(without(twoOf(), 0))).toBe(true);
    // While a further one is written in, nothing moves away under the person's hands.
    const writing = { ...opened(twoOf()), sources: { typed: '0901' } };
    expect(without(writing, 0)).toMatchObject({ adding: true, sources: { typed: '0901' } });
    expect(without(without(writing, 0), 0)).toMatchObject({ entries: [], adding: false });
  });

  it('1,000 pasted numbers became a list: it stands in the place of what was typed, and beside a file that was there', () => {
    expect(become(one, 'file', 'made')).toMatchObject({
      entries: [],
      source: 'file',
      sources: { typed: '', file: 'made' },
    });
    const beside = become({ ...one, sources: { typed: 'many', file: 'list' } }, 'file', 'made');
    expect(beside.entries).toEqual([{ source: 'file', value: 'made' }]);
    expect(beside).toMatchObject({ adding: true, source: 'file', sources: { typed: '', file: 'list' } });
  });

  it('SMS-011 keeps row and count with the source that they were said of', () => {
    const further = added(one, { slice: { row: 2, count: 1 }, next: 'file' });
    expect(partsOf(further, asks)).toEqual([{ numbers: ['0912', '0935'], row: 2, count: 1 }]);
    // Row and count of the whole mean something else: the API cuts this part first.
    expect(wholeOf(further, asks)).toBeUndefined();
    expect(closed(further).entries).toHaveLength(1);
    expect(partsOf(added(one, { slice: { row: undefined }, next: 'file' }), asks)).toBeUndefined();
  });

  it('SMS-003 says what was written and not added', () => {
    expect(leftOver(one)).toEqual([]);
    expect(leftOver({ ...one, source: 'file' })).toEqual(['typed']);
    expect(leftOver({ ...opened(twoOf()), sources: { typed: ' ', file: 'list' } })).toEqual(['file']);
  });
});
