import type { HeldBatch } from '../submit/held-batch';
import { SubmittedIds } from './submitted-ids';

const batch = (batchId: string): HeldBatch => ({ dto: { batchId } }) as unknown as HeldBatch;

describe('SubmittedIds', () => {
  it('finds batch, index and part, also the greatest', () => {
    const ids = new SubmittedIds();
    const [a, b] = [batch('a'), batch('b')];
    ids.remember('1', a, 0, 0);
    ids.remember('2', a, 100, 30);
    ids.remember('3', b, 99, 9);
    expect(ids.find('1')).toEqual({ batchId: 'a', index: 0, part: 0 });
    expect(ids.find('2')).toEqual({ batchId: 'a', index: 100, part: 30 });
    expect(ids.find('3')).toEqual({ batchId: 'b', index: 99, part: 9 });
    expect(ids.find('4')).toBeUndefined();
  });

  it('keeps the last 50,000 and forgets in time', () => {
    const ids = new SubmittedIds();
    const one = batch('one');
    for (let i = 0; i < 125_000; i += 1) ids.remember(String(i), one, i % 100, 0);
    expect(ids.find('75000')).toEqual({ batchId: 'one', index: 0, part: 0 });
    expect(ids.find('124999')).toEqual({ batchId: 'one', index: 99, part: 0 });
    expect(ids.find('49999')).toBeUndefined();
  });
});
