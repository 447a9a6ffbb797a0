import { DomainError } from '@peyk/contracts';
import type { SendState } from '@peyk/contracts';
import type { SendDto, SendProgressedDto } from '@peyk/contracts/sms';
import type { ProgressHub } from './progress.hub';

export interface ProgressTimes {
  /** Without a live event for so long the send is read again: live events may be lost, the last state may not. */
  readonly quietMs: number;
  /** A comment after so long without an event, so that no proxy cuts the line. */
  readonly heartbeatMs: number;
  /** Receipts of a settled send are waited for while one came within so long; the rest may take days. */
  readonly receiptsMs: number;
}
export const progressTimes: ProgressTimes = { quietMs: 2_000, heartbeatMs: 15_000, receiptsMs: 10_000 };

const finalStates: readonly SendState[] = ['finished', 'cancelled', 'refused', 'missed'];

/** Final and settled: no message leaves and no Rial moves any more, but refunds. A refused send never held money. */
function isSettled({ state, money }: SendDto): boolean {
  return finalStates.includes(state) && (money.settled || state === 'refused');
}

/**
 * Server-sent events of one send: `snapshot` (SendDto) first and whenever a quiet reading shows something new,
 * `progress` (SendProgressedDto) live, `unavailable` ({ code }) once when the send cannot be read for now (the next
 * `snapshot` says that it can be again), `refused` ({ code }) when it may be read no more (the token ended), `end` (SendDto)
 * last. A slow client gets the newest progress only. `read` reads the send anew, with the caller's own rights; `gone` aborts
 * when the client went away, `refused` with the refusal as its reason when the caller's token is accepted no more.
 */
export async function* progressEvents(
  first: SendDto,
  read: () => Promise<SendDto>,
  hub: ProgressHub,
  { gone, refused }: { readonly gone: AbortSignal; readonly refused: AbortSignal },
  times: ProgressTimes = progressTimes,
): AsyncGenerator<string, void, undefined> {
  let newest: SendProgressedDto | undefined;
  let wake = (): void => undefined;
  const unwatch = hub.watch(first.id, (progress) => {
    newest = progress;
    wake();
  });
  const ends = [hub.stopping, gone, refused];
  const isEnding = (): boolean => ends.some(({ aborted }) => aborted);
  const onEnd = (): void => wake();
  for (const end of ends) end.addEventListener('abort', onEnd);
  try {
    let shown = JSON.stringify(first);
    let toldAtMs = performance.now();
    let changedAtMs = toldAtMs;
    let isAway = false;
    yield `retry: 2000\n\n${event('snapshot', shown)}`;
    if (isSettled(first) && first.counts.sent === 0) {
      yield event('end', shown);
      return;
    }
    while (!isEnding()) {
      if (!newest) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, times.quietMs);
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      }
      if (isEnding()) break;
      if (newest) {
        const progress = newest;
        newest = undefined;
        changedAtMs = toldAtMs = performance.now();
        yield event('progress', JSON.stringify(progress));
        continue;
      }
      const now = await readAgain(read);
      if (isEnding()) break;
      if (now instanceof DomainError) {
        yield event('refused', JSON.stringify({ code: now.code }));
        return;
      }
      if (!now && !isAway) {
        isAway = true;
        toldAtMs = performance.now();
        yield event('unavailable', JSON.stringify({ code: 'service.unavailable' }));
      }
      const text = now ? JSON.stringify(now) : shown;
      if (text !== shown || (now && isAway)) {
        if (text !== shown) changedAtMs = performance.now();
        isAway = false;
        shown = text;
        toldAtMs = performance.now();
        yield event('snapshot', text);
      }
      const receiptsStopped = performance.now() - changedAtMs >= times.receiptsMs;
      if (now && isSettled(now) && (now.counts.sent === 0 || receiptsStopped)) {
        yield event('end', text);
        return;
      }
      if (performance.now() - toldAtMs >= times.heartbeatMs) {
        toldAtMs = performance.now();
        yield ':\n\n';
      }
    }
    if (refused.aborted && !gone.aborted) yield event('refused', JSON.stringify({ code: codeOf(refused) }));
  } finally {
    for (const end of ends) end.removeEventListener('abort', onEnd);
    unwatch();
  }
}

/** Undefined: nobody answers now; it is asked again later. A DomainError: it will not be answered any more. */
async function readAgain(read: () => Promise<SendDto>): Promise<SendDto | DomainError | undefined> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof DomainError)) return new DomainError('internal', undefined, error);
    return error.kind === 'unavailable' ? undefined : error;
  }
}

function codeOf({ reason }: AbortSignal): string {
  return reason instanceof DomainError ? reason.code : 'access.tokenInvalid';
}

/** JSON holds no line break, so one `data` line is enough. */
function event(name: string, json: string): string {
  return `event: ${name}\ndata: ${json}\n\n`;
}
