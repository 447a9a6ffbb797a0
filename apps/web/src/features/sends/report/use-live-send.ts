import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { api, ApiError, fetchApi, ok } from '../../../api/client';
import type { Schemas } from '../../../api/client';
import { isOnline, onLineChange, untilOnline } from '../../../api/line';
import { serverEvents } from '../event-stream';
import { isFinal, withProgress } from '../../../parts/sends/send-figures';
import type { Progress } from '../../../parts/sends/send-figures';

type Send = Schemas['SendDto'];
const pollMs = 3_000;
const againMs = { least: 1_000, most: 15_000 };

/** A send as it runs: the stream of its progress, and readings in between while the stream is away. */
export function useLiveSend(sendId: string) {
  const queries = useQueryClient();
  /** Undefined until the first stream has begun or failed. */
  const [isLive, setLive] = useState<boolean>();
  const query = useQuery({
    queryKey: ['sends', sendId],
    queryFn: () => ok(api.GET('/api/v1/sends/{sendId}', { params: { path: { sendId } } })),
    refetchInterval: ({ state }) => (!isLive && state.data && !isSettled(state.data) ? pollMs : false),
  });
  const runs = query.data !== undefined && !isSettled(query.data);
  useEffect(() => {
    if (!runs) return;
    const abort = new AbortController();
    const change = (next: (send: Send | undefined) => Send | undefined): void => {
      queries.setQueryData<Send>(['sends', sendId], next);
    };
    void follow(sendId, change, setLive, abort.signal);
    return () => abort.abort();
  }, [runs, sendId, queries]);
  return { ...query, isLive };
}

/** No message leaves and no Rial moves any more, but for late receipts. */
function isSettled(send: Send): boolean {
  return isFinal(send) && (send.money.settled || send.state === 'refused') && send.counts.sent === 0;
}

type Change = (next: (send: Send | undefined) => Send | undefined) => void;

/** Reads the stream, and again when it breaks, until the send ends or nobody watches. */
async function follow(
  sendId: string,
  change: Change,
  setLive: (isLive: boolean) => void,
  signal: AbortSignal,
): Promise<void> {
  for (let waitMs = againMs.least; !signal.aborted; waitMs = Math.min(2 * waitMs, againMs.most)) {
    await untilOnline(signal);
    // A line that is cut ends no stream by itself: nothing comes any more, and nobody says so.
    const stream = new AbortController();
    const cut = (): void => {
      if (!isOnline() || signal.aborted) stream.abort();
    };
    const unsubscribe = onLineChange(cut);
    signal.addEventListener('abort', cut);
    try {
      const { body } = await fetchApi(`/sends/${sendId}/progress`, { signal: stream.signal });
      if (!body) return;
      for await (const { event, data } of serverEvents(body)) {
        if (signal.aborted) return;
        setLive(event !== 'unavailable');
        waitMs = againMs.least;
        if (event === 'snapshot' || event === 'end') change(() => JSON.parse(data) as Send);
        if (event === 'progress') change((send) => send && withProgress(send, JSON.parse(data) as Progress));
        if (event === 'end') return setLive(false);
      }
    } catch (error) {
      // Asking again does not open what is closed; the page shows why from its own reading.
      if (error instanceof ApiError && error.status >= 400 && error.status < 500 && error.status !== 429)
        return;
    } finally {
      unsubscribe();
      signal.removeEventListener('abort', cut);
      if (!signal.aborted) setLive(false);
    }
    // When the line is back there is nothing to wait for.
    if (isOnline()) await new Promise((resolve) => setTimeout(resolve, waitMs));
  }
}
