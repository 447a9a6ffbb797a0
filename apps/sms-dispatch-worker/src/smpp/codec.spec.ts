import { encodeGsm7, encodeUcs2, splitSms } from '@peyk/persian';
import fc from 'fast-check';
import { HeldBatch, Message } from '../submit/held-batch';
import { submitTemplate } from '../submit/submit.template';
import { PDU } from './library';
import { readDataSm, readDeliverSm, readSubmitResponse } from './pdu.reader';
import { PduWriter } from '../submit/pdu.writer';
import { MalformedPduError } from './protocol';

const address = fc.stringMatching(/^[0-9A-Za-z+]{1,20}$/);
const text = fc.oneof(
  fc.string({ minLength: 1, maxLength: 400 }),
  fc.string({ unit: fc.constantFrom(...'سلام دنیا\u200c۱۲۳😀é'), minLength: 1, maxLength: 400 }),
  fc.string({ unit: fc.constantFrom(...'Hello {}€[] 123'), minLength: 1, maxLength: 600 }),
);

describe('submit_sm', () => {
  it('SMS-204 has the very bytes that npm smpp makes, part by part', () => {
    fc.assert(
      fc.property(
        address,
        text.filter((value) => splitSms(value).length <= 10),
        fc.integer({ min: 1, max: 0x7fff_ffff }),
        fc.integer({ min: 0, max: 255 }),
        fc.integer({ min: 100, max: 999_999_999_999_999 }),
        fc.option(fc.stringMatching(/^[0-9a-f:/]{1,32}$/), { nil: undefined }),
        (source, body, sequence, reference, msisdn, tlv) => {
          const template = submitTemplate(source, body, false);
          const parts = splitSms(body);
          const gsm7 = template.tails[0]?.[7] === 0;
          parts.forEach((part, index) => {
            const bytes: Buffer[] = [];
            const writer = new PduWriter((piece) => bytes.push(piece));
            writer.submit(template, index, msisdn, reference, sequence, tlv);
            writer.flush();
            const encoded = gsm7 ? encodeGsm7(part) : encodeUcs2(part);
            const header = Buffer.from([5, 0, 3, reference, parts.length, index + 1]);
            const isLong = parts.length > 1;
            const digits = /^\d+$/.test(source);
            const expected = new PDU('submit_sm', {
              sequence_number: sequence,
              source_addr_ton: digits ? (source.startsWith('98') ? 1 : 0) : 5,
              source_addr_npi: digits ? 1 : 0,
              source_addr: source,
              dest_addr_ton: 1,
              dest_addr_npi: 1,
              destination_addr: String(msisdn),
              esm_class: isLong ? 0x40 : 0,
              registered_delivery: 1,
              data_coding: gsm7 ? 0 : 8,
              short_message: isLong ? Buffer.concat([header, encoded]) : encoded,
            }).toBuffer();
            const tail = Buffer.concat([
              Buffer.from([0x14, 0x00, 0, tlv?.length ?? 0]),
              Buffer.from(tlv ?? '', 'latin1'),
            ]);
            const whole = tlv === undefined ? expected : Buffer.concat([expected, tail]);
            whole.writeUInt32BE(whole.length, 0);
            expect(Buffer.concat(bytes).toString('hex')).toBe(whole.toString('hex'));
            expect(encoded.length + (isLong ? 6 : 0)).toBeLessThanOrEqual(gsm7 ? 160 : 140);
          });
        },
      ),
      { numRuns: 300 },
    );
  });

  it('many PDUs in one piece, over the end of a slab, stay whole', () => {
    const bytes: Buffer[] = [];
    const writer = new PduWriter((piece) => bytes.push(Buffer.from(piece)));
    const template = submitTemplate('982000001', 'سلام', false);
    for (let sequence = 1; sequence <= 2_000; sequence += 1) {
      writer.submit(template, 0, 989_120_000_000 + sequence, 0, sequence, undefined);
    }
    writer.flush();
    const all = Buffer.concat(bytes);
    let count = 0;
    for (let at = 0; at < all.length; at += all.readUInt32BE(at)) {
      count += 1;
      expect(all.readUInt32BE(at + 12)).toBe(count);
    }
    expect(count).toBe(2_000);
    expect(bytes.length).toBeLessThan(5);
  });

  it('refuses a text without parts, with too many, and a sender that is no address', () => {
    expect(() => submitTemplate('982000001', '', false)).toThrow(RangeError);
    expect(() => submitTemplate('982000001', 'ی'.repeat(671), false)).toThrow('11 parts');
    expect(() => submitTemplate('پیک', 'x', false)).toThrow('no address');
    expect(() => submitTemplate('1'.repeat(21), 'x', false)).toThrow('no address');
  });

  it('is66Char cuts shorter', () => {
    const long = 'ی'.repeat(67 * 2);
    expect(submitTemplate('982000001', long, false).tails).toHaveLength(2);
    expect(submitTemplate('982000001', long, true).tails).toHaveLength(3);
  });

  it('our reference fits the 32 letters that it may have', () => {
    const batch = new HeldBatch(
      {
        batchId: '0198f000-0000-7000-8000-000000000001',
        sendId: '0198f000-1234-7abc-8def-0123456789ab',
        customerId: '',
        linkId: '',
        lane: 'bulk',
        source: '982000001',
        text: 'x',
        is66Char: false,
        parts: 10,
        fromIndex: 0,
        seqs: [100_000_000],
        msisdns: [989_120_000_001],
      },
      submitTemplate('982000001', 'ی'.repeat(670), false),
    );
    const reference = new Message(batch, 0, 0).reference(9);
    expect(reference).toBe('8def0123456789ab:100000000/10');
  });
});

describe('answers and deliver_sm', () => {
  it('reads the message_id of a submit_sm_resp', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[!-~]{0,64}$/), (id) => {
        const bytes = new PDU('submit_sm_resp', { sequence_number: 5, message_id: id }).toBuffer();
        expect(readSubmitResponse(bytes, 0, bytes.length)).toEqual({ id, isMended: false });
      }),
    );
    const bare = Buffer.alloc(16);
    expect(readSubmitResponse(bare, 0, 16)).toEqual({ id: '', isMended: false });
  });

  it('reads of a deliver_sm what npm smpp wrote', () => {
    fc.assert(
      fc.property(
        fc.record({
          source_addr: address,
          destination_addr: address,
          esm_class: fc.constantFrom(0, 0x04, 0x20),
          data_coding: fc.constantFrom(0, 1, 3, 8),
          short_message: fc.uint8Array({ maxLength: 254 }).map((bytes) => Buffer.from(bytes)),
          service_type: fc.constantFrom('', 'CMT'),
          schedule_delivery_time: fc.constantFrom('', '261121103000028R'),
        }),
        fc.option(fc.stringMatching(/^[0-9a-f]{1,40}$/), { nil: undefined }),
        fc.option(fc.integer({ min: 0, max: 9 }), { nil: undefined }),
        fc.option(fc.uint8Array({ minLength: 255, maxLength: 900 }), { nil: undefined }),
        (fields, id, state, payload) => {
          const bytes = new PDU('deliver_sm', {
            ...fields,
            sequence_number: 77,
            ...(id === undefined ? {} : { receipted_message_id: id }),
            ...(state === undefined ? {} : { message_state: state }),
            ...(payload === undefined ? {} : { message_payload: Buffer.from(payload) }),
            sar_msg_ref_num: 515,
            sar_total_segments: 3,
            sar_segment_seqnum: 2,
          }).toBuffer();
          const shifted = Buffer.concat([Buffer.from('noise'), bytes, Buffer.from('noise')]);
          expect(readDeliverSm(shifted, 5, 5 + bytes.length)).toEqual({
            sequence: 77,
            source: fields.source_addr,
            destination: fields.destination_addr,
            esmClass: fields.esm_class,
            dataCoding: fields.data_coding,
            body: payload === undefined ? fields.short_message : Buffer.from(payload),
            receiptedMessageId: id,
            messageState: state,
            concat: { reference: 515, total: 3, part: 2 },
          });
        },
      ),
    );
  });

  it.each([
    ['without its closing zero', 'a1', 'a1'],
    ['with a second zero', 'a1\0\0', 'a1'],
    ['with a parameter cut off', 'a1\0\x04\x27\0\x04\x02', 'a1'],
    ['with blanks around it', ' a1 \0', 'a1'],
    ['longer than any', `${'9'.repeat(400)}\0`, '9'.repeat(70)],
  ])('a submit_sm_resp %s says that the part was taken', (_what, body, id) => {
    const bytes = Buffer.concat([Buffer.alloc(16), Buffer.from(body, 'latin1')]);
    expect(readSubmitResponse(bytes, 0, bytes.length).id).toBe(id);
  });

  describe('a deliver_sm whose body has octets too many or too few', () => {
    const fields = {
      sequence_number: 1,
      source_addr: '989120000001',
      destination_addr: '982000001',
      short_message: Buffer.from('id:1 stat:DELIVRD'),
    };
    const bare = new PDU('deliver_sm', fields).toBuffer();
    const tlvs = new PDU('deliver_sm', { ...fields, receipted_message_id: '1', message_state: 2 })
      .toBuffer()
      .subarray(bare.length);
    const lengthAt = bare.length - 'id:1 stat:DELIVRD'.length - 1;
    const read = (
      body: Buffer,
      said = 17,
    ): {
      readonly text: string;
      readonly id?: string;
      readonly state?: number;
      readonly mended?: boolean;
    } => {
      const bytes = Buffer.concat([bare.subarray(0, lengthAt), Buffer.from([said]), body]);
      const pdu = readDeliverSm(bytes, 0, bytes.length);
      return {
        text: pdu.body.toString('latin1'),
        id: pdu.receiptedMessageId,
        state: pdu.messageState,
        mended: pdu.isMended,
      };
    };
    const body = Buffer.from('id:1 stat:DELIVRD');
    const whole = { text: 'id:1 stat:DELIVRD', id: '1', state: 2, mended: true };

    it.each([
      ['a zero behind the text', Buffer.concat([body, Buffer.from([0]), tlvs]), 17],
      ['sm_length one too small', Buffer.concat([body, tlvs]), 16],
      ['sm_length one too great', Buffer.concat([body, tlvs]), 18],
      ['octets behind the last parameter', Buffer.concat([body, tlvs, Buffer.from([0, 0])]), 17],
    ])('%s: all of it is read', (_what, bytes, said) => {
      expect(read(bytes, said)).toEqual(whole);
    });

    it('a parameter that is cut off: those before it are read', () => {
      expect(read(Buffer.concat([body, tlvs.subarray(0, tlvs.length - 1)]))).toEqual({
        ...whole,
        state: undefined,
      });
      expect(read(Buffer.concat([body, tlvs.subarray(0, 5)]))).toMatchObject({
        text: whole.text,
        id: undefined,
      });
    });

    it('a text that ends with the PDU: what is there', () => {
      expect(read(body.subarray(0, 10))).toMatchObject({ text: 'id:1 stat:', mended: true });
      expect(read(body, 16)).toMatchObject({ text: 'id:1 stat:DELIVRD', mended: true });
    });

    it('cut before the text, it is refused', () => {
      for (let end = 16; end < lengthAt; end += 1)
        expect(() => readDeliverSm(bare, 0, end)).toThrow(MalformedPduError);
    });
  });

  it('whatever the octets are, a deliver_sm and a data_sm are read or refused, never past their end', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 16, maxLength: 300 }), (noise) => {
        for (const read of [readDeliverSm, readDataSm]) {
          try {
            expect(read(Buffer.from(noise), 0, noise.length).body.length).toBeLessThanOrEqual(noise.length);
          } catch (error) {
            expect(error).toBeInstanceOf(MalformedPduError);
          }
        }
        readSubmitResponse(Buffer.from(noise), 0, noise.length);
      }),
    );
  });

  it('reads of a data_sm what npm smpp wrote', () => {
    const bytes = new PDU('data_sm', {
      sequence_number: 7,
      source_addr: '989120000001',
      destination_addr: '982000001',
      esm_class: 4,
      data_coding: 8,
      message_payload: encodeUcs2('id:1 stat:DELIVRD'),
      receipted_message_id: '1',
    }).toBuffer();
    expect(readDataSm(bytes, 0, bytes.length)).toMatchObject({
      sequence: 7,
      source: '989120000001',
      destination: '982000001',
      esmClass: 4,
      dataCoding: 8,
      body: encodeUcs2('id:1 stat:DELIVRD'),
      receiptedMessageId: '1',
      isData: true,
    });
  });

  it('deliver_sm_resp has the bytes of npm smpp', () => {
    const bytes: Buffer[] = [];
    const writer = new PduWriter((piece) => bytes.push(piece));
    writer.deliverResponse(4_711);
    writer.flush();
    expect(Buffer.concat(bytes)).toEqual(new PDU('deliver_sm_resp', { sequence_number: 4_711 }).toBuffer());
  });
});
