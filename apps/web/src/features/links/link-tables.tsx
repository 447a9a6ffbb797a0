import { Card, Empty } from 'antd';
import type { ReactNode } from 'react';
import { ago, dateTime, digits, number } from '../../ui/format';
import { statusName } from './link-figures';
import type { LinkDetail } from './link-figures';
import { BindTag } from './link-parts';
import fa from './fa.json';
import { Table } from '../../ui/table';

const shownMax = 30;
type Row<Of extends keyof LinkDetail> = LinkDetail[Of] extends (infer One)[] ? One : never;

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Card
      title={<h2 className="card-title">{title}</h2>}
      style={{ height: '100%' }}
      styles={{ body: { padding: 12 } }}
    >
      {children}
    </Card>
  );
}

export function Binds({ binds }: Pick<LinkDetail, 'binds'>) {
  return (
    <Section title={fa.binds}>
      <Table<Row<'binds'>>
        rowKey="no"
        aria-label={fa.binds}
        dataSource={binds}
        columns={[
          { title: fa.bindTitle, key: 'no', render: ({ no }) => digits(String(no)) },
          { title: fa.state, key: 'state', render: ({ state }) => <BindTag state={state} /> },
          {
            title: fa.worker,
            key: 'worker',
            render: ({ worker }) => (worker ? <bdi className="ltr">{worker}</bdi> : fa.noWorker),
          },
          { title: fa.since, key: 'since', render: ({ since }) => since && ago(since) },
        ]}
      />
    </Section>
  );
}

export function Throttles({ throttles }: Pick<LinkDetail, 'throttles'>) {
  return (
    <Section title={fa.throttles}>
      {throttles.length === 0 ? (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={fa.noThrottles} />
      ) : (
        <Table<Row<'throttles'>>
          rowKey={({ at, worker }) => `${at} ${worker}`}
          aria-label={fa.throttles}
          dataSource={throttles.slice(0, shownMax)}
          columns={[
            { title: fa.minute, key: 'at', render: ({ at }) => dateTime(at) },
            { title: fa.worker, key: 'worker', render: ({ worker }) => <bdi>{worker}</bdi> },
            { title: fa.answers, key: 'times', render: ({ times }) => number(times) },
          ]}
        />
      )}
    </Section>
  );
}

export function Errors({ errors }: Pick<LinkDetail, 'errors'>) {
  return (
    <Section title={fa.errors}>
      {errors.length === 0 ? (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={fa.noErrors} />
      ) : (
        <Table<Row<'errors'>>
          rowKey="status"
          aria-label={fa.errors}
          dataSource={errors}
          columns={[
            {
              title: <bdi>{fa.status}</bdi>,
              key: 'status',
              render: ({ status }) => <bdi className="ltr">{statusName(status)}</bdi>,
            },
            { title: fa.messages, key: 'messages', render: ({ messages }) => number(messages) },
          ]}
        />
      )}
    </Section>
  );
}
