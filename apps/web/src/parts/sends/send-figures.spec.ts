import { mayCancel, mayPause, mayResume, timeLeftMs } from './send-figures';

const counts = {
  queued: 1_000,
  sent: 0,
  delivered: 0,
  undelivered: 0,
  failed: 0,
  blocked: 0,
  cancelled: 0,
  inDoubt: 0,
  unreported: 0,
};

describe('figures of a send', () => {
  it('says the time left in parts, not in messages', () => {
    expect(timeLeftMs({ state: 'sending', counts, parts: 2, partsPerSecond: 100 })).toBe(20_000);
  });

  it('says no time where nothing leaves', () => {
    expect(timeLeftMs({ state: 'paused', counts, parts: 2, partsPerSecond: 100 })).toBeUndefined();
    expect(timeLeftMs({ state: 'sending', counts, parts: 2, partsPerSecond: 0 })).toBeUndefined();
    expect(
      timeLeftMs({ state: 'sending', counts: { ...counts, queued: 0 }, parts: 1, partsPerSecond: 9 }),
    ).toBeUndefined();
  });

  it('offers what the state allows', () => {
    expect([mayPause({ state: 'sending' }), mayResume({ state: 'sending' })]).toEqual([true, false]);
    expect([mayPause({ state: 'paused' }), mayResume({ state: 'paused' })]).toEqual([false, true]);
    expect([mayPause({ state: 'suspended' }), mayResume({ state: 'suspended' })]).toEqual([false, true]);
    expect(mayPause({ state: 'scheduled' })).toBe(true);
    for (const state of ['finished', 'cancelled', 'refused', 'missed', 'cancelling'] as const)
      expect(mayCancel({ state })).toBe(false);
    expect(mayCancel({ state: 'scheduled' })).toBe(true);
  });
});
