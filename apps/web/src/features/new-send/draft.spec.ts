import { dropDraft, emptyDraft, hasContent, keepDraft, requestOf, storedDraft, usesUpKey } from './draft';

function storage(): Storage {
  const kept = new Map<string, string>();
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  } as unknown as Storage;
}

describe('the draft of a send', () => {
  it('WEB-204 comes back with its key, and only to whose it is', () => {
    const kept = storage();
    const draft = {
      ...{ ...emptyDraft(), text: 'hello', sources: { typed: '0912' } },
      entries: [{ source: 'file', value: 'list', row: 3 }],
      combined: { of: 'parts', listId: 'list' },
    };
    keepDraft('a', draft, kept);
    expect(storedDraft('a', kept)).toEqual(draft);
    expect(storedDraft('b', kept)).toBeUndefined();
    dropDraft('a', kept);
    expect(storedDraft('a', kept)).toBeUndefined();
  });

  it('is read as one source where an older panel kept it', () => {
    const kept = storage();
    const { entries: _entries, adding: _adding, ...old } = { ...emptyDraft(), sources: { typed: '0912' } };
    kept.setItem('peyk.send.a', JSON.stringify(old));
    expect(storedDraft('a', kept)).toEqual({ ...old, entries: [], adding: false });
  });

  it('is not read from what is no draft', () => {
    const kept = storage();
    const odd = [
      { entries: [null] },
      { entries: [{ source: 'typed' }] },
      { entries: {} },
      { sources: { a: 1 } },
    ];
    const odds = odd.map((each) => JSON.stringify({ ...emptyDraft(), ...each }));
    for (const text of ['', '{', '[]', '{"text":1}', '"x"', ...odds]) {
      kept.setItem('peyk.send.a', text);
      expect(storedDraft('a', kept)).toBeUndefined();
    }
  });

  it('has a key of its own each time', () => {
    expect(emptyDraft().key).not.toBe(emptyDraft().key);
    expect(emptyDraft().key).toMatch(/^[\w.:-]{8,100}$/);
    expect(hasContent(emptyDraft())).toBe(false);
    expect(hasContent({ ...emptyDraft(), entries: [{ source: 'file', value: 'list' }] })).toBe(true);
  });

  it('SMS-011 asks for the slice, and says nothing of what is empty', () => {
    const draft = { ...emptyDraft(), lineId: 'line', text: 'hello', title: ' ', row: 11, count: 10 };
    expect(requestOf(draft, { listId: 'list' })).toEqual({
      lineId: 'line',
      text: 'hello',
      recipients: { listId: 'list', row: 11, count: 10 },
    });
  });

  it('keeps the key while a send may already be there', () => {
    for (const code of ['network.offline', 'internal', 'idempotency.keyReused', 'input.invalid'])
      expect(usesUpKey(code)).toBe(false);
    expect(usesUpKey('wallet.insufficientCredit')).toBe(true);
  });
});
