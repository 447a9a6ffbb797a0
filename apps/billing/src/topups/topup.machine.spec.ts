import { topupStates } from '@peyk/contracts/billing';
import type { TopupState } from '@peyk/contracts/billing';
import { askAfterMs, messageOf, moved, nextAsk, topupEvents } from './topup.machine';
import type { TopupEvent } from './topup.machine';

/** Every allowed move, written out once more: from, what happens, to. */
const allowed: readonly (readonly [TopupState, TopupEvent, TopupState])[] = [
  ['created', 'accepted', 'sent'],
  ['created', 'refused', 'failed'],
  ['created', 'lapsed', 'expired'],
  ['sent', 'returned', 'unknown'],
  ['sent', 'cancelled', 'cancelled'],
  ['sent', 'declined', 'failed'],
  ['sent', 'differed', 'reversed'],
  ['sent', 'lapsed', 'expired'],
  ['unknown', 'confirmed', 'verified'],
  ['unknown', 'denied', 'failed'],
  ['unknown', 'reversed', 'reversed'],
  ['unknown', 'differed', 'reversed'],
  ['unknown', 'givenUp', 'unresolved'],
  ['verified', 'credited', 'credited'],
  ['verified', 'reversed', 'reversed'],
  ['verified', 'givenUp', 'unresolved'],
  ['unresolved', 'askedAgain', 'unknown'],
  ['cancelled', 'returned', 'unknown'],
  ['cancelled', 'differed', 'reversed'],
  ['failed', 'returned', 'unknown'],
  ['failed', 'differed', 'reversed'],
  ['expired', 'returned', 'unknown'],
  ['expired', 'differed', 'reversed'],
];

describe('10.7 the states of a top-up', () => {
  it('BIL-203 allow these moves and no other', () => {
    for (const state of topupStates) {
      for (const event of topupEvents) {
        const to = allowed.find(([from, what]) => from === state && what === event)?.[2];
        expect([state, event, moved(state, event)]).toEqual([state, event, to]);
      }
    }
  });

  it('BIL-203 credit only what the bank has verified, and leave what is credited alone', () => {
    const before = topupStates.filter((state) => moved(state, 'credited') === 'credited');
    expect(before).toEqual(['verified']);
    expect(topupStates.filter((state) => moved(state, 'confirmed'))).toEqual(['unknown']);
    for (const final of ['credited', 'reversed'] as const)
      expect(topupEvents.filter((event) => moved(final, event))).toEqual([]);
  });

  it('never call what nobody knows a failure: a browser or the end of a schedule does not lead from unknown', () => {
    for (const event of ['cancelled', 'declined', 'lapsed', 'returned'] as const)
      expect(moved('unknown', event)).toBeUndefined();
    expect(moved('unknown', 'givenUp')).toBe('unresolved');
  });

  it('ask four times within the 20 minutes that Mellat gives, then after an hour, then five days', () => {
    const since = new Date('2026-11-22T08:00:00Z');
    const minutes = askAfterMs.map((_after, index) => {
      const due = nextAsk(since, index, since);
      return due && (due.getTime() - since.getTime()) / 60_000;
    });
    expect(minutes).toEqual([1, 3, 8, 15, 60, 1_440, 2_880, 4_320, 5_760, 7_200]);
    expect(nextAsk(since, askAfterMs.length, since)).toBeUndefined();
    // After a long absence not all at once.
    const late = new Date(since.getTime() + 10 * 24 * 3_600_000);
    expect(nextAsk(since, 1, late)).toEqual(new Date(late.getTime() + 60_000));
  });

  it('have a Persian text each, and say that nothing should be paid twice while the outcome is open', () => {
    for (const state of topupStates)
      expect(messageOf(state)).toMatch(/^[\p{Script=Arabic}\p{P}\s\u200c۰-۹]+$/u);
    expect(messageOf('unknown')).toContain('دوباره پرداخت نکنید');
    expect(messageOf('failed', 'موجودی کارت کافی نیست.')).toContain('موجودی کارت کافی نیست.');
  });
});
