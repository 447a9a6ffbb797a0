import { useQuery } from '@tanstack/react-query';
import { Alert, Card, Col, Flex, Progress, Row, Statistic } from 'antd';
import { useParams } from 'react-router';
import { api, ok } from '../../api/client';
import { bytes, dateTime, fill, number } from '../../ui/format';
import { Page } from '../../ui/page';
import { Failure, isLost, Loading } from '../../ui/states';
import errors from '../../i18n/errors.fa.json';
import { ImportDeeds } from './import-deeds';
import { ImportErrors } from './import-errors';
import { ImportState } from './import-state';
import { columnNames, importKinds, isMoving } from './kinds';
import type { Import } from './kinds';
import fa from './fa.json';
import words from '../../i18n/fa.json';

const refreshMs = 1_000;

/** One file: how far it is, what it would come to, and after the decision what came of it (IDN-203). */
export function ImportScreen() {
  const { importId = '' } = useParams();
  const { data, error, refetch } = useQuery({
    queryKey: ['imports', importId],
    queryFn: () => ok(api.GET('/api/v1/imports/{importId}', { params: { path: { importId } } })),
    refetchInterval: ({ state }) => (state.data && isMoving(state.data) ? refreshMs : false),
  });
  if (isLost(error, data)) return <Failure error={error} onRetry={() => void refetch()} />;
  if (!data)
    return (
      <Page title={fa.import}>
        <Loading />
      </Page>
    );
  return (
    <Page
      title={<bdi>{data.fileName}</bdi>}
      about={
        <Flex gap="small" wrap align="center">
          <ImportState state={data.state} />
          <span>{importKinds[data.kind].title}</span>
          <span>{bytes(data.bytes)}</span>
          <span>{dateTime(data.createdAt)}</span>
        </Flex>
      }
      extra={<ImportDeeds given={data} />}
    >
      <Flex vertical gap="middle">
        {data.state === 'failed' && <Refusal given={data} />}
        {isMoving(data) && <Moving given={data} />}
        {data.state !== 'failed' && <Counts given={data} />}
        {data.refused > 0 && <ImportErrors importId={data.id} moving={isMoving(data)} />}
      </Flex>
    </Page>
  );
}

function Refusal({ given: { refusal, missingColumns } }: { given: Import }) {
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      title={(errors as Readonly<Record<string, string>>)[refusal ?? ''] ?? refusal}
      description={
        missingColumns.length > 0
          ? `${fa.missing} ${missingColumns.map((column) => columnNames[column]).join(words.comma)}`
          : undefined
      }
    />
  );
}

function Moving({ given: { rows, rowsInAll, rowsPerSecond } }: { given: Import }) {
  return (
    <Card>
      <Progress
        percent={rowsInAll ? Math.floor((100 * rows) / rowsInAll) : 0}
        status="active"
        showInfo={rowsInAll !== undefined}
        aria-label={fa.progress}
      />
      <Flex gap="middle" role="status">
        <span>
          {number(rows)}
          {rowsInAll !== undefined && ` / ${number(rowsInAll)}`} {fa.rowsRead}
        </span>
        {rowsPerSecond > 0 && <span>{fill(fa.speed, { count: rowsPerSecond })}</span>}
      </Flex>
    </Card>
  );
}

function Counts({ given }: { given: Import }) {
  const counts = [
    [fa.created, given.created],
    [fa.updated, given.updated],
    [fa.unchanged, given.unchanged],
    [fa.refused, given.refused],
    ...(given.moved > 0 ? ([[fa.moved, given.moved]] as const) : []),
  ] as const;
  const isDryRun = given.state === 'reading' || given.state === 'checked';
  return (
    <Card title={<h2 className="card-title">{isDryRun ? fa.dryRun : fa.result}</h2>}>
      <Row gutter={[16, 16]}>
        {counts.map(([title, count]) => (
          <Col key={title} xs={12} md={6}>
            <Statistic title={title} value={count} formatter={() => number(count)} />
          </Col>
        ))}
      </Row>
    </Card>
  );
}
