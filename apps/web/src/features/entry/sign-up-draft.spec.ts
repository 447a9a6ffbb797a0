import { dropSignUp, keepSignUp, reachOf, storedSignUp } from './sign-up-draft';

const asked = {
  requestId: 'r',
  expiresAt: '2026-12-01T10:00:00.000Z',
  resendAfterSeconds: 60,
  at: 1,
  mobile: '0912',
};
const draft = { plan: 'start', name: 'فروشگاه', username: 'shop', mobile: '0912', terms: true, asked };

describe('draft of a sign-up', () => {
  const kept = new Map<string, string>();
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  };

  it('is there after a refresh, without password and code', () => {
    const typed = {
      ...draft,
      password: 'a long sentence 1405',
      repeat: 'a long sentence 1405',
      code: '123456',
    };
    keepSignUp(typed, storage);
    expect([...kept.values()].join()).not.toMatch(/a long sentence|123456/);
    expect(storedSignUp(storage)).toEqual(draft);
    dropSignUp(storage);
    expect(storedSignUp(storage)).toEqual({});
  });

  it('of which storage gives something else is none', () => {
    for (const stored of ['null', '[]', '{', '"x"', '{"plan":7,"asked":{"requestId":1}}']) {
      storage.setItem('peyk.sign-up', stored);
      expect(storedSignUp(storage)).toEqual({});
    }
  });

  it('opens no step whose steps before are not filled in', () => {
    expect(reachOf({})).toBe(0);
    expect(reachOf({ plan: 'start', name: ' ', username: 'shop' })).toBe(1);
    expect(reachOf({ plan: 'start', name: 'فروشگاه', username: 'shop', mobile: '0912', terms: true })).toBe(
      2,
    );
    expect(reachOf(draft)).toBe(3);
  });
});
