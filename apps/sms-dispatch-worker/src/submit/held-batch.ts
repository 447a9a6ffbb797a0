import { lanes } from '@peyk/contracts';
import type { DispatchBatchDto } from '@peyk/contracts/sms';
import type { SubmitTemplate } from './submit.template';

/** One batch in hand. Rows count from 0 here; in the protocol row i has the index `fromIndex + i`. */
export class HeldBatch {
  /** First row that has not been taken for starting. */
  next = 0;
  /** Rows before this one have their start confirmed. */
  confirmed = 0;
  /** Rows started whose outcome has not been confirmed. */
  open = 0;
  /** Rows from here on were given back; those of them already started are dropped when their start is confirmed. */
  returnedFrom = Infinity;
  readonly laneNo: number;
  /** For our TLV: the last 16 digits of the send id, which are the random ones (32 letters is what fits). */
  readonly referenceHead: string;

  constructor(
    readonly dto: DispatchBatchDto,
    readonly template: SubmitTemplate,
  ) {
    this.laneNo = lanes.indexOf(dto.lane);
    this.referenceHead = dto.sendId.replaceAll('-', '').slice(-16);
  }

  get rows(): number {
    return this.dto.seqs.length;
  }

  get parts(): number {
    return this.template.tails.length;
  }

  get isFinished(): boolean {
    return this.open === 0 && this.next >= Math.min(this.rows, this.returnedFrom);
  }
}

/** One started message. Parts are bits: a part is pending, in flight, taken, refused or in doubt. */
export class Message {
  pending: number;
  inFlight = 0;
  taken = 0;
  refused = 0;
  /** Written, and either unanswered for too long or its bind closed. */
  doubt = 0;
  /** command_status of the last refusal. */
  status = 0;
  tries = 0;
  /** A byte of it may have been written. */
  wasWritten = false;
  /** Its outcome was reported; from then on only a late answer is news. */
  isResolved = false;
  retryAt = 0;
  private ids: string | string[] | undefined;

  constructor(
    readonly batch: HeldBatch,
    readonly row: number,
    /** Concatenation reference, 0-255. */
    readonly udhReference: number,
  ) {
    this.pending = 2 ** batch.parts - 1;
  }

  get index(): number {
    return this.batch.dto.fromIndex + this.row;
  }

  get msisdn(): number {
    return this.batch.dto.msisdns[this.row] ?? 0;
  }

  get allParts(): number {
    return 2 ** this.batch.parts - 1;
  }

  /** The first part to be written. */
  get nextPart(): number {
    return 31 - Math.clz32(this.pending & -this.pending);
  }

  /** `<send>:<position>/<part from 1>` */
  reference(part: number): string {
    return `${this.batch.referenceHead}:${this.batch.dto.seqs[this.row] ?? 0}/${part + 1}`;
  }

  take(part: number, id: string): void {
    this.taken |= 1 << part;
    if (this.batch.parts === 1) this.ids = id;
    else {
      this.ids ??= [];
      (this.ids as string[])[part] = id;
    }
  }

  /** Operator's ids in part order, separated by spaces; '-' where there is none, '' where there is none at all. */
  idList(): string {
    if (this.ids === undefined) return '';
    if (typeof this.ids === 'string') return this.ids || '-';
    return Array.from({ length: this.batch.parts }, (_, part) => (this.ids as string[])[part] || '-').join(
      ' ',
    );
  }
}

export function bitCount(mask: number): number {
  let count = 0;
  for (let left = mask; left !== 0; left &= left - 1) count += 1;
  return count;
}
