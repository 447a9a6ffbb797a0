import type { SubmitTemplate } from './submit.template';
import { Command, headerBytes, Status, Tlv } from '../smpp/protocol';

const slabBytes = 65_536;
/** A submit_sm of 140 octets with addresses and our TLV has less than 300. */
const writtenPduBytesMax = 512;

/** Gathers PDUs and hands them to the socket in one piece a turn; a piece handed over is never written to again. */
export class PduWriter {
  private slab = Buffer.allocUnsafeSlow(slabBytes);
  private flushedTo = 0;
  private end = 0;

  constructor(private readonly sink: (bytes: Buffer) => void) {}

  /** One part as submit_sm; the bytes are those that npm `smpp` would make. `reference`: our TLV, at most 32 letters. */
  submit(
    template: SubmitTemplate,
    part: number,
    msisdn: number,
    udhReference: number,
    sequence: number,
    reference: string | undefined,
  ): void {
    const start = this.begin(Command.submitSm, sequence);
    const { slab } = this;
    slab.set(template.head, this.end);
    this.end += template.head.length;
    this.end += slab.write(String(msisdn), this.end, 'latin1');
    slab[this.end++] = 0;
    const tail = template.tails[part];
    if (!tail) throw new RangeError(`no part ${part}`);
    slab.set(tail, this.end);
    if (template.udhReferenceAt > 0) slab[this.end + template.udhReferenceAt] = udhReference;
    this.end += tail.length;
    if (reference !== undefined) {
      this.end = slab.writeUInt16BE(Tlv.reference, this.end);
      this.end = slab.writeUInt16BE(reference.length, this.end);
      this.end += slab.write(reference, this.end, 'latin1');
    }
    slab.writeUInt32BE(this.end - start, start);
  }

  /** The answer to a deliver_sm, or with `isData` to a data_sm, with an empty message_id. */
  deliverResponse(sequence: number, isData = false, status: number = Status.ok): void {
    const start = this.begin(isData ? Command.dataSmResp : Command.deliverSmResp, sequence, status);
    this.slab[this.end++] = 0;
    this.slab.writeUInt32BE(this.end - start, start);
  }

  /** A PDU that is nothing but its header. */
  header(command: number, status: number, sequence: number): void {
    this.slab.writeUInt32BE(headerBytes, this.begin(command, sequence, status));
  }

  /** A PDU that was encoded elsewhere. */
  raw(bytes: Buffer): void {
    this.flush();
    this.sink(bytes);
  }

  flush(): void {
    if (this.end === this.flushedTo) return;
    const bytes = this.slab.subarray(this.flushedTo, this.end);
    this.flushedTo = this.end;
    this.sink(bytes);
  }

  private begin(command: number, sequence: number, status: number = Status.ok): number {
    if (slabBytes - this.end < writtenPduBytesMax) {
      this.flush();
      this.slab = Buffer.allocUnsafeSlow(slabBytes);
      this.flushedTo = this.end = 0;
    }
    const start = this.end;
    this.slab.writeUInt32BE(command, start + 4);
    this.slab.writeUInt32BE(status, start + 8);
    this.slab.writeUInt32BE(sequence, start + 12);
    this.end = start + headerBytes;
    return start;
  }
}
