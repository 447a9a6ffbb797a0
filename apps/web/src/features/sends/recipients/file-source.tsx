import { FileTextOutlined } from '@ant-design/icons';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Flex, Select, Typography } from 'antd';
import { useEffect } from 'react';
import { api, ok } from '../../../api/client';
import type { Schemas } from '../../../api/client';
import { dateTime, fill, number } from '../../../ui/format';
import { Failure } from '../../../ui/states';
import fa from '../fa.json';
import { FileState } from './file-state';
import { FileUpload } from './file-upload';
import type { RecipientSource, SourceProps } from './source';

type List = Schemas['RecipientListDto'];
const olderMax = 50;
const pollMs = 1_000;

/** Recipients of a file (SMS-215): a new one, or one that was uploaded before. `value`: id of the list. */
function FileRecipients({ value, onChange }: SourceProps) {
  const queries = useQueryClient();
  const {
    data: list,
    error,
    refetch,
  } = useQuery({
    queryKey: ['recipient-lists', value],
    queryFn: () => ok(api.GET('/api/v1/recipient-lists/{listId}', { params: { path: { listId: value } } })),
    enabled: value !== '',
    refetchInterval: ({ state }) => (state.data && isReading(state.data) ? pollMs : false),
  });
  const state = list?.state;
  useEffect(() => {
    // A price that was asked for before the list was read was refused.
    if (state === 'ready') void queries.invalidateQueries({ queryKey: ['quote'] });
  }, [state, queries]);
  if (value === '')
    return (
      <Flex vertical gap="middle">
        <FileUpload
          onDone={(uploaded) => {
            queries.setQueryData(['recipient-lists', uploaded.id], uploaded);
            onChange(uploaded.id);
          }}
        />
        <OlderFiles onChoose={onChange} />
      </Flex>
    );
  return (
    <Flex vertical gap="small">
      {error ? <Failure error={error} onRetry={() => void refetch()} /> : list && <FileState list={list} />}
      <div>
        <Button onClick={() => onChange('')}>{fa.otherFile}</Button>
      </div>
    </Flex>
  );
}

function isReading({ state }: List): boolean {
  return state === 'uploading' || state === 'reading';
}

/** A list that was read once is there for further sends. */
function OlderFiles({ onChoose }: { onChoose: (listId: string) => void }) {
  const { data } = useQuery({
    queryKey: ['recipient-lists', 'list'],
    queryFn: () => ok(api.GET('/api/v1/recipient-lists', { params: { query: { limit: olderMax } } })),
  });
  const lists = data?.lists.filter(({ state, source }) => state === 'ready' && source === 'file') ?? [];
  if (lists.length === 0) return null;
  return (
    <Flex vertical gap={4}>
      <Typography.Text type="secondary">{fa.olderFiles}</Typography.Text>
      <Select
        aria-label={fa.olderFiles}
        placeholder={fa.chooseOlder}
        showSearch={{ optionFilterProp: 'label' }}
        onChange={(listId: string) => onChoose(listId)}
        options={lists.map(({ id, title, valid, createdAt }) => ({
          value: id,
          label: fill(fa.olderFile, { title, count: number(valid), at: dateTime(createdAt) }),
        }))}
      />
    </Flex>
  );
}

export const fileSource: RecipientSource = {
  key: 'file',
  title: fa.sourceFile,
  icon: FileTextOutlined,
  Editor: FileRecipients,
  recipients: (value) => (value ? { listId: value } : undefined),
};
