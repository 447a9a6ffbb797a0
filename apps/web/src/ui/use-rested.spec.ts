import { restMs, useRested, useWhenRested } from './use-rested';

/** React, as far as a hook outside of a page needs it: one component, drawn again at each change of its state. */
const mount: { states: unknown[]; effects: { deps: readonly unknown[]; undo: () => void }[]; at: number } = {
  states: [],
  effects: [],
  at: 0,
};
jest.mock('react', () => ({
  useState: (first: unknown) => {
    const at = mount.at++;
    if (!(at in mount.states)) mount.states[at] = first;
    return [mount.states[at], (next: () => unknown) => (mount.states[at] = next())];
  },
  useEffect: (effect: () => () => void, deps: readonly unknown[]) => {
    const at = mount.at++;
    const before = mount.effects[at];
    if (before && deps.every((dep, index) => Object.is(dep, before.deps[index]))) return;
    before?.undo();
    mount.effects[at] = { deps, undo: effect() };
  },
  useEffectEvent: (act: unknown) => act,
}));

function draw<T>(component: () => T): T {
  mount.at = 0;
  return component();
}

describe('a value that rests', () => {
  beforeEach(() => {
    jest.useFakeTimers();
    Object.assign(mount, { states: [], effects: [] });
  });
  afterEach(() => jest.useRealTimers());

  it('is there at once, and later changes when they have rested', () => {
    const show = (text: string): string => draw(() => useRested(text));
    expect(show('')).toBe('');
    expect(show('س')).toBe('');
    jest.advanceTimersByTime(restMs - 1);
    expect(show('سل')).toBe('');
    jest.advanceTimersByTime(restMs - 1);
    expect(show('سل')).toBe('');
    jest.advanceTimersByTime(1);
    expect(show('سل')).toBe('سل');
  });

  it('takes a function for a value, not for a way to one', () => {
    const value = (): string => 'called';
    draw(() => useRested<unknown>(undefined));
    draw(() => useRested<unknown>(value));
    jest.advanceTimersByTime(restMs);
    expect(draw(() => useRested<unknown>(value))).toBe(value);
  });

  it('acts once for many keys, and not again while nothing changes', () => {
    const act = jest.fn();
    for (const text of ['s', 'sm', 'sms', 'sms']) draw(() => useWhenRested(text, act));
    jest.advanceTimersByTime(restMs);
    draw(() => useWhenRested('sms', act));
    jest.advanceTimersByTime(restMs * 10);
    expect(act.mock.calls).toEqual([['sms']]);
  });
});
