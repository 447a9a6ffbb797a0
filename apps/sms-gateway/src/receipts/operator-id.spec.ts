import { assert, bigInt, property } from 'fast-check';
import { canonicalId, idForms } from './operator-id';

/** Known under what the answer said; asked for by what the receipt says. */
const finds = (answer: string, receipt: string): boolean => idForms(receipt).includes(canonicalId(answer));

describe('ids of operators', () => {
  it('SMS-203 are the same in either case, with blanks and leading zeros', () => {
    expect(canonicalId(' 00AbC1 ')).toBe('abc1');
    expect(canonicalId('0')).toBe('0');
    expect(canonicalId('000')).toBe('0');
    expect(finds('0000ABCD', 'abcd')).toBe(true);
  });

  it('SMS-203 are the same in decimal and hex, whichever side says which', () => {
    expect(finds('1A2B', '6699')).toBe(true);
    expect(finds('6699', '1a2b')).toBe(true);
    expect(finds('00006699', '1A2B')).toBe(true);
    expect(finds('ffffffffffffffff', '18446744073709551615')).toBe(true);
    assert(
      property(bigInt({ min: 1n, max: 2n ** 63n }), (id) => {
        expect(finds(id.toString(10), id.toString(16).toUpperCase().padStart(16, '0'))).toBe(true);
        expect(finds(id.toString(16), id.toString(10))).toBe(true);
      }),
    );
  });

  it('SMS-203 try the id as it stands first', () => {
    expect(idForms('100')[0]).toBe('100');
    expect(idForms('100')).toEqual(['100', '64', '256']);
  });

  it('leave other ids alone, and bound them', () => {
    expect(idForms('a1b2-77-xyz')).toEqual(['a1b2-77-xyz']);
    expect(idForms('x'.repeat(200))[0]).toHaveLength(70);
    expect(idForms('9'.repeat(30))).toEqual(['9'.repeat(30)]);
    expect(idForms('')).toEqual(['']);
  });
});
