import type { DeliverSm } from '../smpp/pdu.reader';
import { isReceipt, msisdnOf, parseReceipt } from './receipt.parser';

const receipt = (text: string, fields: Partial<DeliverSm> = {}): DeliverSm => ({
  sequence: 1,
  source: '989121234567',
  destination: '982000001',
  esmClass: 0x04,
  dataCoding: 0,
  body: Buffer.from(text, 'latin1'),
  ...fields,
});

const standard =
  'id:0123456789 sub:001 dlvrd:001 submit date:2611211030 done date:2611211031 stat:DELIVRD err:000 text:hello';

describe('parseReceipt', () => {
  it('SMS-203 reads the text of SMPP 3.4 appendix B', () => {
    expect(parseReceipt(receipt(standard))).toEqual({
      id: '0123456789',
      state: 'delivered',
      error: '000',
      msisdn: 989_121_234_567,
    });
  });

  it.each([
    ['DELIVRD', 'delivered'],
    ['delivered', 'delivered'],
    ['EXPIRED', 'expired'],
    ['DELETED', 'deleted'],
    ['UNDELIV', 'undelivered'],
    ['UNDELIVERABLE', 'undelivered'],
    ['ACCEPTD', 'accepted'],
    ['ENROUTE', 'accepted'],
    ['UNKNOWN', 'unknown'],
    ['REJECTD', 'rejected'],
    ['SOMETHING', 'unknown'],
  ])('stat:%s is %s', (word, state) => {
    expect(parseReceipt(receipt(`id:7 stat:${word} err:0`))?.state).toBe(state);
  });

  it.each([
    [1, 'accepted'],
    [2, 'delivered'],
    [3, 'expired'],
    [4, 'deleted'],
    [5, 'undelivered'],
    [6, 'accepted'],
    [7, 'unknown'],
    [8, 'rejected'],
    [99, 'unknown'],
  ])('message_state %i is %s', (messageState, state) => {
    expect(parseReceipt(receipt('', { receiptedMessageId: 'A1', messageState }))).toMatchObject({
      id: 'A1',
      state,
    });
  });

  it('is tolerant of letter case, blanks, order and missing fields', () => {
    expect(parseReceipt(receipt('ID: AbC-9  Stat: undeliv  Err: 12A'))).toMatchObject({
      id: 'AbC-9',
      state: 'undelivered',
      error: '12A',
    });
    expect(parseReceipt(receipt('stat:EXPIRED id:5'))).toMatchObject({
      id: '5',
      state: 'expired',
      error: '',
    });
    expect(parseReceipt(receipt('sub:001 dlvrd:001'))).toBeUndefined();
    expect(parseReceipt(receipt(''))).toBeUndefined();
  });

  it('prefers the TLV id, keeps leading zeros, bounds what it takes', () => {
    expect(parseReceipt(receipt(standard, { receiptedMessageId: '00ff' }))?.id).toBe('00ff');
    const long = parseReceipt(receipt(`id:${'9'.repeat(500)} stat:DELIVRD err:${'1'.repeat(50)}`));
    expect(long?.id).toHaveLength(70);
    expect(long?.error).toHaveLength(10);
  });

  it('skips a user data header', () => {
    const body = Buffer.concat([Buffer.from([5, 0, 3, 1, 2, 1]), Buffer.from('id:8 stat:DELIVRD')]);
    expect(parseReceipt(receipt('', { esmClass: 0x44, body }))).toMatchObject({
      id: '8',
      state: 'delivered',
    });
  });

  it('a text that only looks like a receipt is none', () => {
    expect(isReceipt(receipt(standard, { esmClass: 0 }))).toBe(false);
    expect(isReceipt(receipt('', { esmClass: 0, receiptedMessageId: '1' }))).toBe(true);
    expect(isReceipt(receipt('', { esmClass: 0x20 }))).toBe(true);
    expect(isReceipt(receipt('', { esmClass: 0x40 }))).toBe(false);
  });

  it.each([
    ['989121234567', 989_121_234_567],
    ['+989121234567', 989_121_234_567],
    ['00989121234567', 989_121_234_567],
    ['09121234567', 989_121_234_567],
    ['9121234567', 989_121_234_567],
    ['447700900123', 447_700_900_123],
    ['Operator', 0],
    ['', 0],
    ['1'.repeat(16), 0],
  ])('address %s is %i', (source, msisdn) => {
    expect(msisdnOf(source)).toBe(msisdn);
  });
});
