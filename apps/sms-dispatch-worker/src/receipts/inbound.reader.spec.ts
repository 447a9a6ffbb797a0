import { encodeGsm7, encodeUcs2 } from '@peyk/persian';
import fc from 'fast-check';
import type { DeliverSm } from '../smpp/pdu.reader';
import { InboundKeys, readInbound } from './inbound.reader';

const inbound = (body: Buffer, fields: Partial<DeliverSm> = {}): DeliverSm => ({
  sequence: 1,
  source: '989121234567',
  destination: '982000001',
  esmClass: 0,
  dataCoding: 0,
  body,
  ...fields,
});

describe('readInbound', () => {
  it('SMS-210 reads GSM-7 with its extension table, Latin-1 and UCS-2', () => {
    expect(readInbound(inbound(encodeGsm7('a@{€}'))).text).toBe('a@{€}');
    expect(readInbound(inbound(Buffer.from('é', 'latin1'), { dataCoding: 3 })).text).toBe('é');
    expect(readInbound(inbound(encodeUcs2('سلام'), { dataCoding: 8 })).text).toBe('سلام');
  });

  it.each([
    ['8-bit', [5, 0x00, 3, 0xab, 3, 2], 0xab],
    ['16-bit', [6, 0x08, 4, 0x12, 0x34, 3, 2], 0x1234],
    ['behind another element', [9, 0x05, 2, 1, 2, 0x00, 3, 0x07, 3, 2], 7],
  ])('reads a concatenation header with %s reference', (_form, header, reference) => {
    const body = Buffer.concat([Buffer.from(header), encodeUcs2('بخش')]);
    expect(readInbound(inbound(body, { esmClass: 0x40, dataCoding: 8 }))).toMatchObject({
      text: 'بخش',
      reference,
      total: 3,
      part: 2,
    });
  });

  it('reads SAR TLVs; a whole message has no reference and is part 1 of 1', () => {
    const concat = { reference: 9, total: 2, part: 1 };
    expect(readInbound(inbound(Buffer.from('x'), { concat }))).toMatchObject(concat);
    expect(readInbound(inbound(Buffer.from('x')))).toMatchObject({ reference: undefined, total: 1, part: 1 });
  });

  it('keeps the octets of a part, so that a letter cut between two is read once they are joined', () => {
    const [, half = Buffer.alloc(0)] = [0, 1].map((at) => encodeUcs2('😀').subarray(at * 2, at * 2 + 2));
    const concat = { reference: 9, total: 2, part: 2 };
    expect(readInbound(inbound(half, { concat, dataCoding: 0x19 }))).toMatchObject({
      alphabet: 'ucs2',
      octets: half.toString('base64'),
    });
  });

  it('whatever the bytes are, some text within the bounds comes out', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 3_000 }),
        fc.constantFrom(0, 0x40),
        fc.integer({ min: 0, max: 255 }),
        (body, esmClass, dataCoding) => {
          const part = readInbound(inbound(Buffer.from(body), { esmClass, dataCoding }));
          expect(part.text.length).toBeLessThanOrEqual(2_000);
          expect(part.text).not.toContain('\0');
          expect(part.part).toBeGreaterThanOrEqual(1);
          expect(part.part).toBeLessThanOrEqual(part.total);
        },
      ),
    );
  });
});

describe('InboundKeys', () => {
  const part = readInbound(inbound(encodeGsm7('1')));

  it('the same content before all its copies are answered has the same key, however late', () => {
    const keys = new InboundKeys('link');
    const first = keys.keyOf(part, 0);
    const second = keys.keyOf(part, 600_000);
    first.answered();
    const third = keys.keyOf(part, 600_001);
    expect(second.key).toBe(first.key);
    expect(third.key).toBe(first.key);
  });

  it('the same content after the answer is another message, also in the same minute', () => {
    const keys = new InboundKeys('link');
    const seen = [0, 1, 2, 60_000, 60_001].map((at) => {
      const { key, answered } = keys.keyOf(part, at);
      answered();
      return key;
    });
    expect(new Set(seen).size).toBe(5);
  });

  it('another worker gives it the same key within the minute', () => {
    expect(new InboundKeys('link').keyOf(part, 1_000).key).toBe(
      new InboundKeys('link').keyOf(part, 50_000).key,
    );
    expect(new InboundKeys('link').keyOf(part, 1_000).key).not.toBe(
      new InboundKeys('other').keyOf(part, 1_000).key,
    );
  });

  it('remembers at most 10,000, and keys fit their column', () => {
    const keys = new InboundKeys('link');
    for (let i = 0; i < 10_001; i += 1) keys.keyOf({ ...part, text: String(i) }, 0);
    expect(keys.keyOf({ ...part, text: '10000' }, 9e12).key).toMatch(/^[\da-f]{40}\.0\.0$/);
    expect(keys.keyOf({ ...part, text: '0' }, 9e12).key).not.toMatch(/\.0\.0$/);
    expect(keys.keyOf({ ...part, text: 'new' }, 9e12).key.length).toBeLessThanOrEqual(80);
  });
});
