import { allOf, isBehind, shownStates } from './counts';

const none = {
  ...{ queued: 0, sent: 0, delivered: 0, undelivered: 0, failed: 0 },
  ...{ blocked: 0, cancelled: 0, inDoubt: 0, unreported: 0 },
};

describe('figures of the page of a send', () => {
  it('the whole of the chart is everybody, also who is not written yet', () => {
    const counts = { ...none, queued: 39_000, sent: 600, delivered: 400 };
    expect(allOf(counts)).toBe(40_000);
    expect(shownStates(counts)).toEqual([
      ['delivered', 400],
      ['sent', 600],
      ['queued', 39_000],
    ]);
  });

  it('a breakdown of one delivered is behind a bar of three, and no more when it says three', () => {
    const counts = { ...none, delivered: 3 };
    const of = (delivered: number, queued: number) =>
      isBehind(
        [
          { state: 'delivered', messages: delivered },
          { state: 'queued', messages: queued },
        ],
        counts,
      );
    expect(of(1, 2)).toBe(true);
    expect(of(3, 0)).toBe(false);
    // 1,000 of 39,000 that wait are written.
    expect(isBehind([{ state: 'queued', messages: 1_000 }], { ...none, queued: 39_000 })).toBe(false);
    expect(isBehind([], { ...none, cancelled: 10 })).toBe(false);
  });
});
