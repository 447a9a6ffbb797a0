import { FileTextOutlined } from '@ant-design/icons';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Flex, Select, Spin, Typography } from 'antd';
import { useEffect } from 'react';
import { api, ok } from '../../../api/client';
import { dateTime, fill, number } from '../../../ui/format';
import { Failure, isLost } from '../../../ui/states';
import fa from '../fa.json';
import { DeleteList } from './delete-list';
import { FileState } from '../../../parts/recipients/file-state';
import { FileUpload } from './file-upload';
import type { RecipientSource, SourceProps } from './source';
import { listQuery, useList } from '../../../parts/recipients/use-lists';

const olderMax = 50;

/** Recipients of a file (SMS-215): a new one, or one that was uploaded before. `value`: id of the list. */
function FileRecipients({ value, onChange }: SourceProps) {
  const queries = useQueryClient();
  if (value === '')
    return (
      <Flex vertical gap="middle">
        <FileUpload
          onDone={(uploaded) => {
            queries.setQueryData(listQuery(uploaded.id).queryKey, uploaded);
            onChange(uploaded.id);
          }}
        />
        <OlderFiles onChoose={onChange} />
      </Flex>
    );
  return (
    <Flex vertical gap="small">
      <ListState value={value} />
      <Flex gap="small" wrap>
        <Button onClick={() => onChange('')}>{fa.otherFile}</Button>
        <DeleteList listId={value} onDeleted={() => onChange('')} />
      </Flex>
    </Flex>
  );
}

/** How far a list is read, and what was found in it. `value`: its id. */
export function ListState({ value }: { readonly value: string }) {
  const queries = useQueryClient();
  const { data: list, error, refetch } = useList(value);
  const state = list?.state;
  useEffect(() => {
    // A price that was asked for before the list was read was refused.
    if (state === 'ready') void queries.invalidateQueries({ queryKey: ['quote'] });
  }, [state, queries]);
  if (isLost(error, list)) return <Failure error={error} onRetry={() => void refetch()} />;
  return list ? <FileState list={list} /> : <Spin size="small" />;
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
  Added: ListState,
  recipients: (value) => (value ? { listId: value } : undefined),
};
