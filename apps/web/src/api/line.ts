import { onlineManager } from '@tanstack/react-query';

/**
 * Whether the platform can be reached: the browser's own word, and what requests found. While it cannot, readings wait
 * where they are and the page keeps what it shows; when it can again, they and the streams go on by themselves.
 */
const firstPauseMs = 1_000;
const longestPauseMs = 10_000;
let asking = false;

export const isOnline = (): boolean => onlineManager.isOnline();

export function onLineChange(listener: () => void): () => void {
  return onlineManager.subscribe(listener);
}

/** No answer came to a request, whatever the browser thinks of its line: asked for until one comes. */
export function noteUnreachable(): void {
  onlineManager.setOnline(false);
  if (asking) return;
  asking = true;
  void askUntilAnswered();
}

async function askUntilAnswered(): Promise<void> {
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(2 * pauseMs, longestPauseMs)) {
    await pause(pauseMs);
    if (await answers()) break;
  }
  asking = false;
  onlineManager.setOnline(true);
}

/** Any answer is one. */
async function answers(): Promise<boolean> {
  try {
    await fetch('/', { method: 'HEAD', cache: 'no-store' });
    return true;
  } catch {
    return false;
  }
}

/** Resolves when the platform can be reached, at once where it can, or when nobody waits any more. */
export function untilOnline(signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (isOnline() || signal?.aborted) return resolve();
    const done = (): void => {
      if (!isOnline() && !signal?.aborted) return;
      unsubscribe();
      signal?.removeEventListener('abort', done);
      resolve();
    };
    const unsubscribe = onLineChange(done);
    signal?.addEventListener('abort', done);
  });
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
