import { readBarcode, writeBarcode } from './barcode';

const key = Buffer.alloc(32, 7);
const id = '0198f000-0000-7000-8000-0000000000e1';
const end = new Date('2026-11-22T20:30:00Z');
const before = new Date(end.getTime() - 1);

describe(writeBarcode, () => {
  const text = writeBarcode(key, id, end);

  it('IDN-214 is read until its end, and not from then on', () => {
    expect(text).toHaveLength(50);
    expect(readBarcode(key, text, before)).toBe(id);
    expect(readBarcode(key, text, end)).toBeUndefined();
  });

  it('IDN-214 is refused with any bit changed, under another key, and in another spelling', () => {
    const bytes = Buffer.from(text, 'base64url');
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const forged = Buffer.from(bytes);
      forged.writeUInt8(forged.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
      expect(readBarcode(key, forged.toString('base64url'), before)).toBeUndefined();
    }
    expect(readBarcode(Buffer.alloc(32, 8), text, before)).toBeUndefined();
    const last = text.at(-1) ?? '';
    for (const other of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_')
      if (other !== last) expect(readBarcode(key, text.slice(0, -1) + other, before)).toBeUndefined();
    for (const other of ['', `${text}=`, ` ${text}`, text.slice(1), 'x'.repeat(10_000)])
      expect(readBarcode(key, other, before)).toBeUndefined();
  });

  it('holds nothing that another account could be guessed with', () => {
    const next = writeBarcode(key, id.replace(/1$/, '2'), end);
    const mac = (of: string): string => Buffer.from(of, 'base64url').toString('hex', 21);
    expect(mac(next)).not.toBe(mac(text));
    expect(mac(writeBarcode(key, id, before))).not.toBe(mac(text));
  });
});
