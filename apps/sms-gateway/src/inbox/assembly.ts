import type { SmsAlphabet } from '@peyk/persian';
import { decodeSms } from '@peyk/persian';

/** One part of a long message that has none yet. All of one sender, line, reference and number of parts belong together. */
export interface OpenPart {
  readonly key: string;
  /** Its number, from 1. */
  readonly part: number;
  readonly total: number;
  readonly octets: Buffer;
  readonly alphabet: SmsAlphabet;
  /** When the worker had it, ms since 1970. */
  readonly at: number;
}

export interface Joined {
  /** One of each number, in their order; fewer than `total` where the rest never came. */
  readonly parts: readonly OpenPart[];
  /** Those and their repetitions: none of them is looked at again. */
  readonly keys: readonly string[];
}

export interface Assembly {
  readonly messages: readonly Joined[];
  /** When to look again although nothing comes, ms since 1970; undefined: nothing is left. */
  readonly lookAt: number | undefined;
}

/** An SMSC sends the parts of a message one behind the other. */
const tightMs = 2_000;
/** After so long without a further one, parts that came in another order or with pauses are joined. */
const quietMs = 5_000;
/** A later part is not of the same message: references are used again (8 bits have 256). */
const lateMs = 3_600_000;
/** Whatever is whole by then or not is stored. A part that comes again within it is a repetition. */
export const assemblyMs = 24 * 3_600_000;

interface Run {
  readonly parts: Map<number, OpenPart>;
  readonly keys: string[];
  readonly firstAt: number;
  lastAt: number;
  lastPart: number;
}

/**
 * Which messages the parts make, by what came when. A reference says little: it is used again, and what is left over of
 * an older message (its partner was lost) has the same. So:
 * - Parts that come one behind the other in their order are of one message, and whole it is a message at once.
 * - The same number with the same content is a repetition; with another content a new message begins.
 * - What came in another order waits until nothing more came for 5 s; then what is nearest in time is joined, up to an
 *   hour apart.
 * - What is not whole after 24 h is a message without its missing parts.
 *
 * `parts` in the order in which they came.
 */
export function assemble(parts: readonly OpenPart[], now: number): Assembly {
  const total = parts[0]?.total ?? 0;
  const messages: Joined[] = [];
  let runs = runsOf(parts);
  const take = (isOver: (run: Run) => boolean): void => {
    messages.push(...runs.filter(isOver).map(joined));
    runs = runs.filter((run) => !isOver(run));
  };
  take((run) => run.parts.size === total);
  const quietAt = Math.max(...runs.map(({ lastAt }) => lastAt)) + quietMs;
  if (runs.length > 0 && now < quietAt) return { messages, lookAt: quietAt };
  for (let pair = nearest(runs); pair; pair = nearest(runs)) {
    const [one, other] = pair;
    const both = merge(one, other);
    runs = runs.flatMap((run) => (run === one ? [both] : run === other ? [] : [run]));
    if (both.parts.size < total) continue;
    take((run) => run === both);
  }
  take(({ lastAt }) => now - lastAt >= assemblyMs);
  const lookAt = runs.length > 0 ? Math.min(...runs.map(({ lastAt }) => lastAt)) + assemblyMs : undefined;
  return { messages, lookAt };
}

/** The text of a message: octets are joined first, so that a letter cut between two parts is read. */
export function textOf({ parts }: Pick<Joined, 'parts'>): string {
  const total = parts[0]?.total ?? 0;
  let text = '';
  let pending: OpenPart[] = [];
  const flush = (): void => {
    const [first] = pending;
    if (first) text += decodeSms(Buffer.concat(pending.map(({ octets }) => octets)), first.alphabet);
    pending = [];
  };
  for (let no = 1; no <= total; no += 1) {
    const part = parts.find((one) => one.part === no);
    if (!part || part.alphabet !== pending[0]?.alphabet) flush();
    if (part) pending.push(part);
    else if (!text.endsWith(gap)) text += gap;
  }
  flush();
  // PostgreSQL stores no U+0000.
  return text.replaceAll('\0', '');
}

/** Stands where parts are missing. */
const gap = '[…]';

function runsOf(parts: readonly OpenPart[]): Run[] {
  const runs: Run[] = [];
  let last: Run | undefined;
  for (const part of parts) {
    const repeated = runs.findLast((run) => {
      const known = run.parts.get(part.part);
      return known?.octets.equals(part.octets) === true && part.at - known.at < assemblyMs;
    });
    const isNext = last && part.part > last.lastPart && part.at - last.lastAt <= tightMs;
    const run = repeated ?? (isNext ? last : undefined);
    if (run) {
      run.keys.push(part.key);
      if (!repeated) run.parts.set(part.part, part);
      run.lastAt = Math.max(run.lastAt, part.at);
      run.lastPart = part.part;
      last = run;
    } else {
      last = {
        parts: new Map([[part.part, part]]),
        keys: [part.key],
        firstAt: part.at,
        lastAt: part.at,
        lastPart: part.part,
      };
      runs.push(last);
    }
  }
  return runs;
}

/** The two runs nearest in time that have no number in common. */
function nearest(runs: readonly Run[]): readonly [Run, Run] | undefined {
  let best: readonly [Run, Run] | undefined;
  let bestMs = lateMs;
  for (const [at, one] of runs.entries()) {
    for (const other of runs.slice(at + 1)) {
      const apartMs = Math.max(0, other.firstAt - one.lastAt, one.firstAt - other.lastAt);
      if (apartMs > bestMs || (best && apartMs === bestMs)) continue;
      if ([...one.parts.keys()].some((part) => other.parts.has(part))) continue;
      best = [one, other];
      bestMs = apartMs;
    }
  }
  return best;
}

function merge(one: Run, other: Run): Run {
  return {
    parts: new Map([...one.parts, ...other.parts]),
    keys: [...one.keys, ...other.keys],
    firstAt: Math.min(one.firstAt, other.firstAt),
    lastAt: Math.max(one.lastAt, other.lastAt),
    lastPart: other.lastPart,
  };
}

function joined({ parts, keys }: Run): Joined {
  return { parts: [...parts.values()].sort((a, b) => a.part - b.part), keys };
}
