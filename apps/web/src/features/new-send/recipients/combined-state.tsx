import { useQueries, useQuery } from '@tanstack/react-query';
import { Alert, Button, Flex, Spin, Tag } from 'antd';
import { useEffect, useEffectEvent } from 'react';
import { ApiError, api, ok } from '../../../api/client';
import errors from '../../../i18n/errors.fa.json';
import shell from '../../../i18n/fa.json';
import { fill } from '../../../ui/format';
import type { Recipients } from '../draft';
import fa from '../fa.json';
import { keyOf } from './entries';
import { listQuery, useList } from '../../../parts/recipients/use-lists';

interface Props {
  readonly parts: readonly Recipients[];
  /** The list is there and can be sent to. `of`: the key of its parts. */
  readonly onReady: (combined: { of: string; listId: string }) => void;
}

/** Has the entries put together as one list (TGT-206) and says how many remain. The same entries give the same list. */
export function CombinedState({ parts, onReady }: Props) {
  const of = keyOf(parts);
  const ids = [...new Set(parts.flatMap(({ listId }) => listId ?? []))];
  const { areReady, isBroken } = useQueries({
    queries: ids.map((id) => listQuery(id)),
    combine: (lists) => ({
      areReady: lists.every(({ data }) => data?.state === 'ready'),
      isBroken: lists.some(
        ({ data, error }) => error ?? (data?.state === 'refused' || data?.state === 'deleted'),
      ),
    }),
  });
  const made = useQuery({
    queryKey: ['recipient-lists', 'combined', of],
    queryFn: () => ok(api.POST('/api/v1/recipient-lists', { body: { sources: [...parts] } })),
    enabled: areReady,
    staleTime: Infinity,
    refetchOnReconnect: false,
  });
  const read = useList(made.data?.id ?? '');
  const list = read.data ?? made.data;
  const state = list?.state;
  const ready = useEffectEvent(onReady);
  useEffect(() => {
    if (state === 'ready' && list) ready({ of, listId: list.id });
  }, [state, list, of]);

  const error = made.error ?? read.error;
  const refusal = state === 'refused' ? (list?.refusal ?? 'internal') : undefined;
  if (error || refusal)
    return (
      <Alert
        type="error"
        showIcon
        role="alert"
        title={error instanceof ApiError ? error.message : errorText(refusal)}
        action={<Button onClick={() => void made.refetch()}>{shell.retry}</Button>}
      />
    );
  if (isBroken) return <Alert type="warning" showIcon title={fa.entryBroken} />;
  return (
    <Flex gap="small" align="center" wrap aria-live="polite" className="recipient-total">
      {list && state === 'ready' ? (
        <>
          <b>{fill(fa.inAll, { count: list.valid })}</b>
          {list.duplicates > 0 && <Tag>{fill(fa.leftOutBetween, { count: list.duplicates })}</Tag>}
        </>
      ) : (
        <>
          <Spin size="small" /> {list ? fill(fa.combining, { count: list.rows }) : fa.combiningLater}
        </>
      )}
    </Flex>
  );
}

function errorText(code = 'internal'): string {
  return (errors as Readonly<Record<string, string>>)[code] ?? code;
}
