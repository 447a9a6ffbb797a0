import { decodeSms, smsAlphabet } from './data-coding';
import { encodeGsm7, encodeUcs2 } from './gsm7';

describe('smsAlphabet', () => {
  it.each([
    ['gsm7', [0x00, 0x10, 0x11, 0x12, 0x13, 0x20, 0x40, 0x50, 0xc0, 0xc8, 0xd0, 0xdf, 0xf0, 0xf1, 0xf3]],
    ['ucs2', [0x08, 0x18, 0x19, 0x1a, 0x1b, 0x28, 0x38, 0x48, 0x58, 0xe0, 0xe8, 0xef]],
    ['octets', [0x01, 0x02, 0x03, 0x04, 0x14, 0x15, 0x17, 0x1c, 0xf4, 0xf5]],
  ] as const)('%s by its alphabet bits, whatever class and group it has', (alphabet, codings) => {
    expect(codings.map(smsAlphabet)).toEqual(codings.map(() => alphabet));
  });

  it('«لغو۱۱» is read in every coding that can say it', () => {
    for (const coding of [0x08, 0x18, 0x19, 0xe0, 0x28])
      expect(decodeSms(encodeUcs2('لغو۱۱'), smsAlphabet(coding))).toBe('لغو۱۱');
    for (const coding of [0x00, 0x10, 0xf1, 0xc0])
      expect(decodeSms(encodeGsm7('11'), smsAlphabet(coding))).toBe('11');
  });

  it('answers for every octet', () => {
    for (let coding = 0; coding < 256; coding += 1)
      expect(['gsm7', 'ucs2', 'octets']).toContain(smsAlphabet(coding));
  });
});
