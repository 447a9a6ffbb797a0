import { encodeUcs2 } from '@peyk/persian';
import type { DeliverSm } from '../smpp/pdu.reader';
import { kindOf, msisdnOf, parseReceipt } from './receipt.parser';

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
      ids: ['0123456789'],
      state: 'delivered',
      error: '000',
      msisdns: [989_121_234_567, 982_000_001],
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
      ids: ['A1'],
      state,
    });
  });

  it('is tolerant of letter case, blanks, order and missing fields', () => {
    expect(parseReceipt(receipt('ID: AbC-9  Stat: undeliv  Err: 12A'))).toMatchObject({
      ids: ['AbC-9'],
      state: 'undelivered',
      error: '12A',
    });
    expect(parseReceipt(receipt('stat:EXPIRED id:5'))).toMatchObject({
      ids: ['5'],
      state: 'expired',
      error: '',
    });
    expect(parseReceipt(receipt('sub:001 dlvrd:001'))).toBeUndefined();
    expect(parseReceipt(receipt(''))).toBeUndefined();
  });

  it('takes the TLV id before the one of the text, keeps leading zeros, bounds what it takes', () => {
    expect(parseReceipt(receipt(standard, { receiptedMessageId: '00ff' }))?.ids).toEqual([
      '00ff',
      '0123456789',
    ]);
    const long = parseReceipt(receipt(`id:${'9'.repeat(500)} stat:DELIVRD err:${'1'.repeat(50)}`));
    expect(long?.ids[0]).toHaveLength(70);
    expect(long?.error).toHaveLength(10);
  });

  it('skips a user data header', () => {
    const body = Buffer.concat([Buffer.from([5, 0, 3, 1, 2, 1]), Buffer.from('id:8 stat:DELIVRD')]);
    expect(parseReceipt(receipt('', { esmClass: 0x44, body }))).toMatchObject({
      ids: ['8'],
      state: 'delivered',
    });
  });

  it('the type in esm_class says what it is; a text that only looks like a receipt is none', () => {
    expect(kindOf(receipt(standard, { esmClass: 0 }))).toBe('message');
    expect(kindOf(receipt('', { esmClass: 0, receiptedMessageId: '1' }))).toBe('receipt');
    expect(kindOf(receipt('', { esmClass: 0x20 }))).toBe('receipt');
    expect(kindOf(receipt('', { esmClass: 0x44 }))).toBe('receipt');
    expect(kindOf(receipt('', { esmClass: 0x40 }))).toBe('message');
  });

  it.each([0x08, 0x10, 0x18, 0x24, 0x48])(
    'esm_class %i is an acknowledgement, whatever it carries',
    (esmClass) => {
      expect(kindOf(receipt(standard, { esmClass, receiptedMessageId: '1' }))).toBe('acknowledgement');
    },
  );

  it('a notification on the way is no final state', () => {
    expect(parseReceipt(receipt('id:7 stat:UNDELIV', { esmClass: 0x20 }))?.state).toBe('accepted');
    expect(parseReceipt(receipt('id:7 stat:DELIVRD', { esmClass: 0x20 }))?.state).toBe('delivered');
  });

  it.each([8, 0x18, 0xe0, 0])('reads a text in UCS-2, said by data_coding %i or not at all', (dataCoding) => {
    expect(parseReceipt(receipt('', { dataCoding, body: encodeUcs2(standard) }))).toMatchObject({
      ids: ['0123456789'],
      state: 'delivered',
    });
  });

  it('addresses that are not turned round: the mobile is the recipient', () => {
    const fields = { source: '982000001', destination: '+989121234567' };
    expect(parseReceipt(receipt(standard, fields))?.msisdns).toEqual([989_121_234_567, 982_000_001]);
    expect(parseReceipt(receipt(standard, { source: 'PEYK', destination: '' }))?.msisdns).toEqual([]);
  });

  it.each([
    ['989121234567', 989_121_234_567],
    ['+989121234567', 989_121_234_567],
    ['00989121234567', 989_121_234_567],
    ['09121234567', 989_121_234_567],
    ['9121234567', 989_121_234_567],
    ['980912 123 4567', 989_121_234_567],
    ['447700900123', 447_700_900_123],
    ['Operator', 0],
    ['', 0],
    ['1'.repeat(16), 0],
  ])('address %s is %i', (source, msisdn) => {
    expect(msisdnOf(source)).toBe(msisdn);
  });
});
