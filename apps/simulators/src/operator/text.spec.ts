import * as fc from 'fast-check';
import { decodeText, encodeInbound } from './text';

function join(text: string, wide: boolean): { text: string; bodies: Buffer[] } {
  const parts = encodeInbound(text, wide);
  const pieces = parts.map(({ body, esmClass, dataCoding }) => {
    const header = esmClass === 0x40 ? (body[0] as number) + 1 : 0;
    return decodeText(body.subarray(header), dataCoding);
  });
  return { text: pieces.join(''), bodies: parts.map(({ body }) => body) };
}

describe('encodeInbound', () => {
  const anyText = fc.string({
    unit: fc.constantFrom('a', 'Z', '@', '£', '\n', 'س', 'ی', '۱', '😀', '👨‍👩‍👧', '\u200c', '€'),
    maxLength: 600,
  });

  it('SMS-204 loses no character in any cut', () => {
    fc.assert(
      fc.property(anyText, fc.boolean(), (text, wide) => {
        expect(join(text, wide).text).toBe(text);
      }),
    );
  });

  it('SMS-204 keeps UCS-2 parts within 140 octets and whole characters', () => {
    const text = '😀'.repeat(100);
    for (const wide of [false, true]) {
      const parts = encodeInbound(text, wide);
      for (const { body, dataCoding } of parts) {
        expect(dataCoding).toBe(8);
        expect(body.length).toBeLessThanOrEqual(140);
        const piece = decodeText(body.subarray((body[0] as number) + 1), 8);
        expect(piece).not.toMatch(/\p{Surrogate}/u);
      }
    }
  });

  it.each([
    ['س'.repeat(70), 1],
    ['س'.repeat(71), 2],
    ['س'.repeat(134), 2],
    ['س'.repeat(135), 3],
    ['a'.repeat(160), 1],
    ['a'.repeat(161), 2],
    ['a'.repeat(307), 3],
  ])('SMS-204 cuts %# into the right number of parts', (text, count) => {
    const parts = encodeInbound(text, false);
    expect(parts).toHaveLength(count);
    if (count === 1) return;
    const references = new Set(parts.map(({ body }) => body[3]));
    expect(references.size).toBe(1);
    expect(parts.map(({ body }) => [body[4], body[5]])).toEqual(parts.map((_, index) => [count, index + 1]));
  });

  it('refuses a text of more than 255 parts', () => {
    expect(() => encodeInbound('س'.repeat(67 * 255 + 1), false)).toThrow(RangeError);
  });

  it('reads GSM-7 with its extension table', () => {
    expect(decodeText(Buffer.from([0x00, 0x02, 0x1b, 0x65, 0x1b, 0x28, 0x24, 0x61]), 0)).toBe('@$€{¤a');
  });
});
