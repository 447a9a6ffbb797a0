import type { HeldBatch } from '../submit/held-batch';
import { SubmittedIds } from './submitted-ids';

const batch = (batchId: string): HeldBatch => ({ dto: { batchId } }) as unknown as HeldBatch;
const [sara, ali] = [989_120_000_001, 989_120_000_002];

describe('SubmittedIds', () => {
  it('finds batch, index and part, also the greatest', () => {
    const ids = new SubmittedIds();
    const [a, b] = [batch('a'), batch('b')];
    ids.remember('1', sara, a, 0, 0);
    ids.remember('2', sara, a, 100, 30);
    ids.remember('3', sara, b, 99, 9);
    expect(ids.find('1', sara)).toEqual({ batchId: 'a', index: 0, part: 0 });
    expect(ids.find('2', sara)).toEqual({ batchId: 'a', index: 100, part: 30 });
    expect(ids.find('3', sara)).toEqual({ batchId: 'b', index: 99, part: 9 });
    expect(ids.find('4', sara)).toBeUndefined();
  });

  it('an id that two recipients have belongs to each of them', () => {
    const ids = new SubmittedIds();
    ids.remember('1', sara, batch('a'), 0, 0);
    ids.remember('1', ali, batch('b'), 7, 0);
    expect(ids.find('1', sara)).toEqual({ batchId: 'a', index: 0, part: 0 });
    expect(ids.find('1', ali)).toEqual({ batchId: 'b', index: 7, part: 0 });
    expect(ids.find('1', 989_120_000_003)).toBeUndefined();
  });

  it('an id that one recipient has twice is known and names no part', () => {
    const ids = new SubmittedIds();
    for (const part of [0, 1, 2]) ids.remember('1', sara, batch('a'), 0, part);
    expect(ids.find('1', sara)).toBeUndefined();
    expect(ids.isKnown('1', sara)).toBe(true);
    expect(ids.isKnown('1', ali)).toBe(false);
  });

  it('keeps the last 50,000 and forgets in time', () => {
    const ids = new SubmittedIds();
    const one = batch('one');
    for (let i = 0; i < 125_000; i += 1) ids.remember(String(i), sara, one, i % 100, 0);
    expect(ids.find('75000', sara)).toEqual({ batchId: 'one', index: 0, part: 0 });
    expect(ids.find('124999', sara)).toEqual({ batchId: 'one', index: 99, part: 0 });
    expect(ids.find('49999', sara)).toBeUndefined();
  });
});
