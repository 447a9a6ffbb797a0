import { encodeUcs2 } from '@peyk/persian';
import fc from 'fast-check';
import { assemble, textOf } from './assembly';
import type { OpenPart } from './assembly';

const minute = 60_000;
const hour = 60 * minute;
let keys = 0;

/** `A2` is part 2 of A; at ms. */
function came(total: number, ...named: readonly (readonly [name: string, at: number])[]): OpenPart[] {
  return named.map(([name, at]) => ({
    key: `k${(keys += 1)}`,
    part: Number(name.slice(-1)),
    total,
    octets: encodeUcs2(name),
    alphabet: 'ucs2',
    at,
  }));
}
const texts = (parts: readonly OpenPart[], now: number): string[] =>
  assemble(parts, now).messages.map(textOf);

describe('assemble', () => {
  it('parts in their order are a message at once', () => {
    expect(texts(came(3, ['A1', 0], ['A2', 5], ['A3', 900]), 900)).toEqual(['A1A2A3']);
  });

  it.each([
    [
      'first part is left over, the new one comes in order',
      [
        ['A1', 0],
        ['B1', 30],
        ['B2', 31],
      ],
    ],
    [
      'second part is left over, the new one comes in order',
      [
        ['A2', 0],
        ['B1', 30],
        ['B2', 31],
      ],
    ],
    [
      'first part is left over, the new one comes turned round',
      [
        ['A1', 0],
        ['B2', 3_000],
        ['B1', 3_001],
      ],
    ],
    [
      'second part is left over, the new one comes turned round',
      [
        ['A2', 0],
        ['B2', 3_000],
        ['B1', 3_001],
      ],
    ],
    [
      'first part is left over for hours',
      [
        ['A1', 0],
        ['B2', 5 * hour],
        ['B1', 5 * hour + 1],
      ],
    ],
  ] as const)('the %s: its parts are not joined with the old one', (_what, named) => {
    const parts = came(2, ...named);
    expect(texts(parts, (named.at(-1)?.[1] ?? 0) + 6_000)).toEqual(['B1B2']);
  });

  it('another order waits until nothing more comes', () => {
    const parts = came(3, ['A3', 0], ['A1', 10], ['A2', 20]);
    expect(assemble(parts, 100)).toEqual({ messages: [], lookAt: 5_020 });
    expect(texts(parts, 5_020)).toEqual(['A1A2A3']);
  });

  it('a part that comes late is joined, within an hour', () => {
    expect(texts(came(2, ['A1', 0], ['A2', 10 * minute]), 11 * minute)).toEqual(['A1A2']);
    expect(texts(came(2, ['A1', 0], ['A2', 2 * hour]), 3 * hour)).toEqual([]);
  });

  it('a part that comes twice is one part', () => {
    const parts = came(2, ['A1', 0], ['A1', 400], ['A2', 500], ['A2', 900]);
    const [message] = assemble(parts, 900).messages;
    expect(message && textOf(message)).toBe('A1A2');
    expect(message?.keys).toHaveLength(4);
  });

  it('what is left is stored after 24 hours, with its gap marked', () => {
    const parts = came(3, ['A1', 0], ['A3', 1]);
    expect(assemble(parts, hour)).toEqual({ messages: [], lookAt: 24 * hour + 1 });
    expect(texts(parts, 24 * hour + 1)).toEqual(['A1[…]A3']);
  });

  it('a letter cut between two parts is read', () => {
    const whole = encodeUcs2('ab😀');
    const parts = [whole.subarray(0, 5), whole.subarray(5)].map((octets, at): OpenPart => ({
      key: `e${at}`,
      part: at + 1,
      total: 2,
      octets,
      alphabet: 'ucs2',
      at,
    }));
    expect(texts(parts, 10)).toEqual(['ab😀']);
  });

  it('whatever comes in whatever order, each message in order is itself, and no part is in two', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 5 }),
        fc.array(fc.tuple(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 3 * hour })), {
          maxLength: 12,
        }),
        (total, noise) => {
          const left = came(
            total,
            ...noise
              .map(([part, at], no) => [`x${no}${(part % total) + 1}`, at] as const)
              .sort((a, b) => a[1] - b[1]),
          );
          const at = 4 * hour;
          const fresh = came(
            total,
            ...Array.from({ length: total }, (_, no) => [`N${no + 1}`, at + no] as const),
          );
          const { messages } = assemble([...left, ...fresh], at + total);
          const whole = Array.from({ length: total }, (_, no) => `N${no + 1}`).join('');
          expect(messages.map(textOf)).toContain(whole);
          const used = messages.flatMap((message) => message.keys);
          expect(new Set(used).size).toBe(used.length);
        },
      ),
    );
  });
});
