import type { SubmitSm } from './smpp-pdu';
import { ADDRESS_CHARS_MAX, CLIENT_REFERENCE_BYTES_MAX } from './smpp-pdu';
import { decodeText } from './text';

/** One accepted submit_sm part, as GET /messages shows it. */
export interface ReceivedPart {
  /** When its octets were read: ms since the epoch with fractions, from a clock that never goes back. */
  at: number;
  account: string;
  /** Number of the bind it came in on; never used twice in the life of the simulator. */
  bind: number;
  messageId: number;
  source: string;
  destination: string;
  dataCoding: number;
  concat: { reference: number; total: number; part: number } | null;
  /** 53 bits over the octets of the text without its user data header, in hex. */
  textHash: string;
  /** `null` once more distinct texts came than are kept. */
  text: string | null;
  /** Client's own reference, TLV 0x1400. */
  reference: string | null;
}

export interface PartFilter {
  account?: string;
  source?: string;
  destination?: string;
  reference?: string;
  /** Bounds of `at`, ms since the epoch: since <= at < until. */
  since?: number;
  until?: number;
}

export interface DuplicateReport {
  /** Accepted parts that carried a reference, and how many different references those were. */
  referenced: number;
  distinct: number;
  /** References accepted more than once, and the accepted parts beyond the first of each. */
  duplicated: number;
  extra: number;
  sample: { reference: string; times: number[] }[];
}

const TIME_ORIGIN = performance.timeOrigin;
const CHUNK_ROWS = 16_384;
const ARENA_BYTES_A_ROW = 2 * ADDRESS_CHARS_MAX + CLIENT_REFERENCE_BYTES_MAX;
const DISTINCT_TEXTS_MAX = 20_000;
const DUPLICATE_SAMPLE_MAX = 100;

class Chunk {
  rows = 0;
  arenaEnd = 0;
  readonly at = new Float64Array(CHUNK_ROWS);
  readonly messageId = new Float64Array(CHUNK_ROWS);
  readonly textHash = new Float64Array(CHUNK_ROWS);
  readonly bind = new Uint32Array(CHUNK_ROWS);
  readonly arenaStart = new Uint32Array(CHUNK_ROWS);
  readonly account = new Uint16Array(CHUNK_ROWS);
  readonly concatReference = new Uint16Array(CHUNK_ROWS);
  readonly concatTotal = new Uint8Array(CHUNK_ROWS);
  readonly concatPart = new Uint8Array(CHUNK_ROWS);
  readonly dataCoding = new Uint8Array(CHUNK_ROWS);
  readonly sourceChars = new Uint8Array(CHUNK_ROWS);
  readonly destinationChars = new Uint8Array(CHUNK_ROWS);
  readonly referenceBytes = new Uint8Array(CHUNK_ROWS);
  /** Source, destination, reference of each row, one after the other; untouched pages cost nothing. */
  readonly arena = Buffer.allocUnsafeSlow(CHUNK_ROWS * ARENA_BYTES_A_ROW);
}

/** Remembers accepted parts in columns, about 110 octets each; beyond `capacity` the oldest 16,384 are forgotten. */
export class ReceivedParts {
  private chunks: Chunk[] = [];
  private readonly accounts: string[] = [];
  private readonly texts = new Map<number, string>();
  private total = 0;
  forgotten = 0;

  constructor(private readonly capacity: number) {}

  /** Number to give to `append` for this account. */
  accountIndex(systemId: string): number {
    const known = this.accounts.indexOf(systemId);
    return known >= 0 ? known : this.accounts.push(systemId) - 1;
  }

  append(now: number, account: number, bind: number, messageId: number, part: SubmitSm): void {
    let chunk = this.chunks.at(-1);
    if (!chunk || chunk.rows === CHUNK_ROWS) {
      chunk = new Chunk();
      this.chunks.push(chunk);
    }
    const row = chunk.rows++;
    chunk.at[row] = now;
    chunk.account[row] = account;
    chunk.bind[row] = bind;
    chunk.messageId[row] = messageId;
    chunk.dataCoding[row] = part.dataCoding;
    chunk.concatReference[row] = part.concatReference;
    chunk.concatTotal[row] = part.concatTotal;
    chunk.concatPart[row] = part.concatPart;
    chunk.sourceChars[row] = part.sourceEnd - part.sourceStart;
    chunk.destinationChars[row] = part.destinationEnd - part.destinationStart;
    chunk.referenceBytes[row] = part.referenceEnd - part.referenceStart;
    const buffer = part.buffer;
    const arena = chunk.arena;
    let end = (chunk.arenaStart[row] = chunk.arenaEnd);
    for (let at = part.sourceStart; at < part.sourceEnd;) arena[end++] = buffer[at++] as number;
    for (let at = part.destinationStart; at < part.destinationEnd;) arena[end++] = buffer[at++] as number;
    for (let at = part.referenceStart; at < part.referenceEnd;) arena[end++] = buffer[at++] as number;
    chunk.arenaEnd = end;
    const hash = hash53(buffer, part.textStart, part.textEnd);
    chunk.textHash[row] = hash;
    if (!this.texts.has(hash) && this.texts.size < DISTINCT_TEXTS_MAX) {
      this.texts.set(hash, decodeText(buffer.subarray(part.textStart, part.textEnd), part.dataCoding));
    }
    this.total++;
    if (this.total > this.capacity && this.chunks.length > 1) {
      const oldest = this.chunks.shift() as Chunk;
      this.total -= oldest.rows;
      this.forgotten += oldest.rows;
    }
  }

  clear(): void {
    this.chunks = [];
    this.texts.clear();
    this.total = this.forgotten = 0;
  }

  /** Matches in the order they were accepted: how many there are, and the asked slice. */
  find(filter: PartFilter, offset: number, limit: number): { total: number; items: ReceivedPart[] } {
    const items: ReceivedPart[] = [];
    let total = 0;
    for (const { chunk, row } of this.matching(filter)) {
      if (total++ >= offset && items.length < limit) items.push(this.read(chunk, row));
    }
    return { total, items };
  }

  duplicates(account?: string): DuplicateReport {
    const hashes = new Float64Array(this.total);
    let referenced = 0;
    for (const { chunk, row } of this.matching({ account })) {
      const [start, end] = referenceRange(chunk, row);
      if (end > start) hashes[referenced++] = hash53(chunk.arena, start, end);
    }
    const sorted = hashes.subarray(0, referenced).sort();
    const suspects = new Set<number>();
    for (let i = 1; i < referenced; i++) if (sorted[i] === sorted[i - 1]) suspects.add(sorted[i] as number);
    // Two references may share a hash: only equal octets count.
    const times = new Map<string, number[]>();
    for (const { chunk, row } of suspects.size > 0 ? this.matching({ account }) : []) {
      const [start, end] = referenceRange(chunk, row);
      if (end === start || !suspects.has(hash53(chunk.arena, start, end))) continue;
      const reference = chunk.arena.toString('latin1', start, end);
      const seen = times.get(reference);
      if (seen) seen.push(epochMs(chunk.at[row] as number));
      else times.set(reference, [epochMs(chunk.at[row] as number)]);
    }
    const repeated = [...times].filter(([, seen]) => seen.length > 1);
    const extra = repeated.reduce((sum, [, seen]) => sum + seen.length - 1, 0);
    return {
      referenced,
      distinct: referenced - extra,
      duplicated: repeated.length,
      extra,
      sample: repeated
        .slice(0, DUPLICATE_SAMPLE_MAX)
        .map(([reference, seen]) => ({ reference, times: seen })),
    };
  }

  private *matching(filter: PartFilter): Generator<{ chunk: Chunk; row: number }> {
    const account = filter.account === undefined ? -1 : this.accounts.indexOf(filter.account);
    if (filter.account !== undefined && account < 0) return;
    const since = filter.since === undefined ? -Infinity : filter.since;
    const until = filter.until === undefined ? Infinity : filter.until;
    const found = { chunk: undefined as unknown as Chunk, row: 0 };
    for (const chunk of this.chunks) {
      found.chunk = chunk;
      for (let row = 0; row < chunk.rows; row++) {
        if (account >= 0 && chunk.account[row] !== account) continue;
        const at = epochMs(chunk.at[row] as number);
        if (at < since || at >= until) continue;
        const start = chunk.arenaStart[row] as number;
        const sourceEnd = start + (chunk.sourceChars[row] as number);
        const [destinationEnd, end] = referenceRange(chunk, row);
        if (filter.source !== undefined && !is(chunk.arena, start, sourceEnd, filter.source)) continue;
        if (
          filter.destination !== undefined &&
          !is(chunk.arena, sourceEnd, destinationEnd, filter.destination)
        )
          continue;
        if (filter.reference !== undefined && !is(chunk.arena, destinationEnd, end, filter.reference))
          continue;
        found.row = row;
        yield found;
      }
    }
  }

  private read(chunk: Chunk, row: number): ReceivedPart {
    const start = chunk.arenaStart[row] as number;
    const sourceEnd = start + (chunk.sourceChars[row] as number);
    const [destinationEnd, end] = referenceRange(chunk, row);
    const hash = chunk.textHash[row] as number;
    const total = chunk.concatTotal[row] as number;
    return {
      at: epochMs(chunk.at[row] as number),
      account: this.accounts[chunk.account[row] as number] as string,
      bind: chunk.bind[row] as number,
      messageId: chunk.messageId[row] as number,
      source: chunk.arena.toString('latin1', start, sourceEnd),
      destination: chunk.arena.toString('latin1', sourceEnd, destinationEnd),
      dataCoding: chunk.dataCoding[row] as number,
      concat:
        total === 0
          ? null
          : {
              reference: chunk.concatReference[row] as number,
              total,
              part: chunk.concatPart[row] as number,
            },
      textHash: hash.toString(16),
      text: this.texts.get(hash) ?? null,
      reference: end > destinationEnd ? chunk.arena.toString('latin1', destinationEnd, end) : null,
    };
  }
}

/** Milliseconds since the epoch of a `performance.now()`. */
export function epochMs(now: number): number {
  return TIME_ORIGIN + now;
}

function referenceRange(chunk: Chunk, row: number): [number, number] {
  const start =
    (chunk.arenaStart[row] as number) +
    (chunk.sourceChars[row] as number) +
    (chunk.destinationChars[row] as number);
  return [start, start + (chunk.referenceBytes[row] as number)];
}

function is(bytes: Buffer, start: number, end: number, text: string): boolean {
  return end - start === text.length && bytes.toString('latin1', start, end) === text;
}

/** Two FNV-1a style hashes in one pass, joined to the 53 bits that a number holds exactly. */
function hash53(bytes: Buffer, start: number, end: number): number {
  let low = 0x811c9dc5;
  let high = 0x9747b28c ^ (end - start);
  for (let at = start; at < end; at++) {
    const byte = bytes[at] as number;
    low = Math.imul(low ^ byte, 0x01000193);
    high = Math.imul(high ^ byte, 0x5bd1e995);
  }
  return (low >>> 0) * 0x200000 + ((high ^ (high >>> 15)) & 0x1fffff);
}
