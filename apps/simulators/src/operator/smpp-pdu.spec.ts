import * as fc from 'fast-check';
import * as smpp from 'smpp';
import './smpp-client.fixture';
import { HEADER_BYTES, PduWriter, Status, SubmitSm, writeDeliverSm } from './smpp-pdu';

function encode(fields: Record<string, unknown>): Buffer {
  return new smpp.PDU('submit_sm', {
    source_addr: '3000',
    destination_addr: '98912',
    short_message: Buffer.from('hello'),
    ...fields,
  }).toBuffer();
}

function read(pdu: Buffer): { status: number; submit: SubmitSm } {
  const submit = new SubmitSm();
  return { status: submit.read(pdu, HEADER_BYTES, pdu.length), submit };
}

function slice(submit: SubmitSm, start: number, end: number): string {
  return submit.buffer.toString('latin1', start, end);
}

describe(SubmitSm.name, () => {
  it('reads what npm smpp wrote', () => {
    const digits = fc.stringMatching(/^[0-9]{1,20}$/);
    const text = fc.uint8Array({ maxLength: 254 });
    const reference = fc.stringMatching(/^[0-9a-f/-]{1,32}$/);
    fc.assert(
      fc.property(
        digits,
        digits,
        text,
        reference,
        fc.integer({ min: 0, max: 255 }),
        (from, to, body, ref, dcs) => {
          const pdu = encode({
            source_addr: from,
            destination_addr: to,
            short_message: Buffer.from(body),
            data_coding: dcs,
            registered_delivery: 1,
            client_reference: Buffer.from(ref),
            schedule_delivery_time: '',
          });
          const { status, submit } = read(pdu);
          expect(status).toBe(Status.ok);
          expect(slice(submit, submit.sourceStart, submit.sourceEnd)).toBe(from);
          expect(slice(submit, submit.destinationStart, submit.destinationEnd)).toBe(to);
          expect(submit.buffer.subarray(submit.textStart, submit.textEnd).equals(Buffer.from(body))).toBe(
            true,
          );
          expect(slice(submit, submit.referenceStart, submit.referenceEnd)).toBe(ref);
          expect([submit.dataCoding, submit.registeredDelivery, submit.concatTotal]).toEqual([dcs, 1, 0]);
        },
      ),
    );
  });

  it('reads concatenation from an 8-bit and a 16-bit header and from the SAR TLVs', () => {
    const narrow = read(
      encode({
        esm_class: 0x40,
        short_message: { udh: Buffer.from([5, 0, 3, 200, 3, 2]), message: Buffer.from('x') },
      }),
    ).submit;
    expect([narrow.concatReference, narrow.concatTotal, narrow.concatPart]).toEqual([200, 3, 2]);
    expect(slice(narrow, narrow.textStart, narrow.textEnd)).toBe('x');
    const wide = read(
      encode({
        esm_class: 0x40,
        short_message: { udh: Buffer.from([6, 8, 4, 1, 2, 9, 8]), message: Buffer.from('x') },
      }),
    ).submit;
    expect([wide.concatReference, wide.concatTotal, wide.concatPart]).toEqual([258, 9, 8]);
    const sar = read(encode({ sar_msg_ref_num: 700, sar_total_segments: 4, sar_segment_seqnum: 1 })).submit;
    expect([sar.concatReference, sar.concatTotal, sar.concatPart]).toEqual([700, 4, 1]);
  });

  it('names the field that is wrong', () => {
    expect(read(encode({ destination_addr: '' })).status).toBe(Status.invalidDestination);
    expect(read(encode({ destination_addr: '1'.repeat(21) })).status).toBe(Status.invalidDestination);
    expect(read(encode({ source_addr: '1'.repeat(21) })).status).toBe(Status.invalidSource);
    expect(read(encode({ short_message: Buffer.alloc(255) })).status).toBe(Status.invalidMessageLength);
    expect(read(encode({ client_reference: Buffer.alloc(33) })).status).toBe(Status.invalidParameterLength);
    const empty = encode({ esm_class: 0x40, short_message: Buffer.alloc(0) });
    expect(read(empty).status).toBe(Status.invalidMessageLength);
    const whole = encode({ client_reference: Buffer.from('abc') });
    expect(read(whole.subarray(0, whole.length - 1)).status).toBe(Status.invalidOptionalStream);
  });

  it('never throws and never reads past the end, whatever the octets', () => {
    const whole = encode({
      client_reference: Buffer.from('abc'),
      esm_class: 0x40,
      short_message: Buffer.alloc(20, 3),
    });
    fc.assert(
      fc.property(
        fc.integer({ min: HEADER_BYTES, max: whole.length }),
        fc.array(
          fc.tuple(
            fc.integer({ min: HEADER_BYTES, max: whole.length - 1 }),
            fc.integer({ min: 0, max: 255 }),
          ),
        ),
        (length, edits) => {
          const bent = Buffer.from(whole);
          for (const [at, value] of edits) bent[at] = value;
          const submit = new SubmitSm();
          if (submit.read(bent, HEADER_BYTES, length) !== Status.ok) return;
          for (const end of [submit.sourceEnd, submit.destinationEnd, submit.textEnd, submit.referenceEnd]) {
            expect(end).toBeLessThanOrEqual(length);
          }
          expect(submit.textStart).toBeLessThanOrEqual(submit.textEnd);
        },
      ),
      { numRuns: 2_000 },
    );
  });
});

describe(PduWriter.name, () => {
  it('writes PDUs that stay as they were, past many slabs', () => {
    const pieces: Buffer[] = [];
    const writer = new PduWriter((bytes) => pieces.push(bytes));
    for (let sequence = 1; sequence <= 2_000; sequence++) {
      writeDeliverSm(writer, sequence, {
        source: '989121234567',
        destination: '3000',
        esmClass: 0,
        dataCoding: 0,
        body: `message ${sequence}`,
      });
      if (sequence % 7 === 0) writer.flush();
    }
    writer.flush();
    const all = Buffer.concat(pieces);
    let at = 0;
    for (let sequence = 1; sequence <= 2_000; sequence++) {
      const length = all.readUInt32BE(at);
      expect(all.readUInt32BE(at + 12)).toBe(sequence);
      expect(all.toString('latin1', at, at + length)).toContain(`message ${sequence}`);
      at += length;
    }
    expect(at).toBe(all.length);
  });
});
