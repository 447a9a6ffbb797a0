import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Flex, Spin, Tag, Typography } from 'antd';
import { useState } from 'react';
import { api, ok } from '../../api/client';
import errors from '../../i18n/errors.fa.json';
import { DownloadButton } from '../../ui/download';
import { digits, fill, number } from '../../ui/format';
import { Failure, isLost, Loading } from '../../ui/states';
import { operatorTitles } from '../../ui/terms';
import fa from './fa.json';
import { rejectionText } from './rejections';
import { Table } from '../../ui/table';
import type { List } from './use-lists';

const shownMax = 100;

/** Lists that no file was read for have no name. */
const titles: Readonly<Partial<Record<List['source'], string>>> = {
  typed: fa.typedList,
  combined: fa.combinedList,
};

/** What was read from a file: how many by operator, and what was left out and why. */
export function FileState({ list }: { list: List }) {
  const title = titles[list.source] ?? list.title;
  const { state, refusal, rows, valid, duplicates, invalid, byOperator } = list;
  const [showsErrors, setShowsErrors] = useState(false);
  if (state === 'refused')
    return (
      <Alert
        type="error"
        showIcon
        role="alert"
        title={fill(fa.fileRefused, { title })}
        description={(errors as Readonly<Record<string, string>>)[refusal ?? ''] ?? refusal}
      />
    );
  if (state === 'deleted')
    return <Alert type="warning" showIcon role="alert" title={fill(fa.listDeleted, { title })} />;
  if (state !== 'ready')
    return (
      <Flex gap="small" align="center" aria-live="polite">
        <Spin size="small" /> {fill(fa.fileReading, { title, rows })}
      </Flex>
    );
  return (
    <Flex vertical gap="small">
      <Typography.Text strong>
        <bdi>{title}</bdi>
      </Typography.Text>
      <Flex gap="small" wrap>
        <Tag color="success">{fill(fa.validNumbers, { count: valid })}</Tag>
        {duplicates > 0 && <Tag>{fill(fa.duplicateNumbers, { count: duplicates })}</Tag>}
        {invalid > 0 && <Tag color="error">{fill(fa.invalidNumbers, { count: invalid })}</Tag>}
        {byOperator.map(({ operator, recipients }) => (
          <Tag key={operator}>
            {operatorTitles[operator]}: {number(recipients)}
          </Tag>
        ))}
      </Flex>
      {duplicates + invalid > 0 && list.source !== 'combined' && (
        <Flex gap="small" wrap>
          <Button aria-expanded={showsErrors} onClick={() => setShowsErrors(!showsErrors)}>
            {showsErrors ? fa.hideRows : fa.showRows}
          </Button>
          <DownloadButton
            path={`/recipient-lists/${list.id}/errors.csv`}
            name={fill(fa.rejectsFile, { name: stemOf(title) })}
          >
            {fa.rowsCsv}
          </DownloadButton>
        </Flex>
      )}
      {showsErrors && <RowErrors listId={list.id} />}
    </Flex>
  );
}

/** `مشتریان.xlsx` -> `مشتریان`. */
function stemOf(fileName: string): string {
  return fileName.replace(/\.\w{1,5}$/, '');
}

function RowErrors({ listId }: { listId: string }) {
  const { data, error, refetch } = useQuery({
    queryKey: ['recipient-lists', listId, 'errors'],
    queryFn: () =>
      ok(
        api.GET('/api/v1/recipient-lists/{listId}/errors', {
          params: { path: { listId }, query: { limit: shownMax } },
        }),
      ),
  });
  if (isLost(error, data)) return <Failure error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading />;
  return (
    <>
      <Table
        aria-label={fa.showRows}
        rowKey={({ row, reason }) => `${row} ${reason}`}
        maxHeight={280}
        dataSource={data.errors}
        columns={[
          { key: 'row', title: fa.row, width: 90, render: ({ row }) => number(row) },
          { key: 'value', title: fa.rowValue, render: ({ value }) => <bdi>{digits(value)}</bdi> },
          { key: 'reason', title: fa.rowReason, render: ({ reason }) => rejectionText(reason) },
          {
            key: 'firstRow',
            title: fa.firstRowOf,
            width: 110,
            render: ({ firstRow }) => (firstRow === undefined ? fa.none : number(firstRow)),
          },
        ]}
      />
      {data.nextCursor && <small>{fill(fa.rowsShownFirst, { count: shownMax })}</small>}
    </>
  );
}
