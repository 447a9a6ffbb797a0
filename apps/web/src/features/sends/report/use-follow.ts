import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { Schemas } from '../../../api/client';

type Send = Schemas['SendDto'];
/** While it moves the rest of its page is read again as often, and once more after it last moved. */
const everyMs = 5_000;
const soonMs = 300;
/** More pages of messages than these are not read again one by one: the list begins again. */
const pagesMax = 10;

/** All that the page of a send shows follows its own counts: breakdown, messages, and the one that is looked at. */
export function useFollow(send: Send | undefined): void {
  const queries = useQueryClient();
  const stands = send && JSON.stringify([send.id, send.state, send.counts, send.money]);
  const sendId = send?.id;
  const read = useRef({ stands, atMs: 0 });
  useEffect(() => {
    if (stands === undefined || sendId === undefined) return;
    // What is there was read with the send itself.
    if (read.current.stands === undefined) read.current = { stands, atMs: Date.now() };
    if (read.current.stands === stands) return;
    const waitMs = Math.max(soonMs, read.current.atMs + everyMs - Date.now());
    const timer = setTimeout(() => {
      read.current = { stands, atMs: Date.now() };
      const messages = ['messages', sendId];
      const isLong = queries
        .getQueriesData<{ pages?: readonly unknown[] }>({ queryKey: messages })
        .some(([, data]) => (data?.pages?.length ?? 0) > pagesMax);
      void (isLong
        ? queries.resetQueries({ queryKey: messages })
        : queries.invalidateQueries({ queryKey: messages }));
      void queries.invalidateQueries({ queryKey: ['sends', sendId, 'breakdown'] });
      void queries.invalidateQueries({ queryKey: ['message', sendId] });
    }, waitMs);
    return () => clearTimeout(timer);
  }, [stands, sendId, queries]);
}
