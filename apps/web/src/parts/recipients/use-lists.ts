import { queryOptions, useQuery } from '@tanstack/react-query';
import { api, ok } from '../../api/client';
import type { Schemas } from '../../api/client';

export type List = Schemas['RecipientListDto'];

const pollMs = 1_000;
/** A short list is read at once: nobody waits a second for it. */
const firstPolls = 5;
const firstPollMs = 200;

/** It becomes another state by itself. */
export function isPassing({ state }: List): boolean {
  return state === 'uploading' || state === 'reading' || state === 'deleting';
}

/** A list by its id, asked for until it is read. */
export const listQuery = (listId: string) =>
  queryOptions({
    queryKey: ['recipient-lists', listId],
    queryFn: () => ok(api.GET('/api/v1/recipient-lists/{listId}', { params: { path: { listId } } })),
    enabled: listId !== '',
    refetchInterval: ({ state: { data, dataUpdateCount } }) => {
      if (!data || !isPassing(data)) return false;
      return dataUpdateCount <= firstPolls ? firstPollMs : pollMs;
    },
  });

export const useList = (listId: string) => useQuery(listQuery(listId));
