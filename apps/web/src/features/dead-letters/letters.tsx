import { Button } from 'antd';
import { api, ok } from '../../api/client';
import type { Schemas } from '../../api/client';
import { dateTime, fill, number } from '../../ui/format';
import { DataList } from '../../ui/list';
import type { Column } from '../../ui/list';
import { useRedrive } from './use-redrive';
import fa from './fa.json';

type Letter = Schemas['DeadLetterDto'];
/** RabbitMQ shows the oldest; the next ones come up when these are gone. */
const shownMax = 100;

export function Letters({ queue }: { queue: string }) {
  const { ask, busy } = useRedrive(queue);
  const columns: readonly Column<Letter>[] = [
    { key: 'type', title: fa.type, main: true, render: ({ type }) => <bdi className="ltr">{type}</bdi> },
    {
      key: 'reason',
      title: fa.reason,
      render: ({ reason }) => <bdi style={{ overflowWrap: 'anywhere' }}>{reason.slice(0, 120)}</bdi>,
    },
    { key: 'diedAt', title: fa.diedAt, render: ({ diedAt }) => diedAt && dateTime(diedAt) },
    { key: 'attempts', title: fa.attempts, render: ({ attempts }) => number(attempts) },
    {
      key: 'deeds',
      title: '',
      // Without an id it cannot be distinguished from the others.
      render: ({ id }) =>
        id && (
          <Button aria-label={fill(fa.redriveOne, { id })} disabled={busy} onClick={() => void ask(id)}>
            {fa.redrive}
          </Button>
        ),
    },
  ];
  return (
    <DataList
      label={fa.deadLetters}
      queryKey={['deadLetters', queue]}
      load={async () => {
        const params = { path: { queue }, query: { limit: shownMax } };
        return { rows: (await ok(api.GET('/api/v1/dead-letters/{queue}', { params }))).letters };
      }}
      rowKey={({ id, diedAt, body }) => id || `${diedAt} ${body}`}
      columns={columns}
      empty={fa.noLetters}
      expand={({ id, reason, body }) => (
        <>
          <p className="ltr" style={{ overflowWrap: 'anywhere', margin: 0 }}>
            {fa.id}: {id}
          </p>
          <p className="ltr" style={{ overflowWrap: 'anywhere' }}>
            {reason}
          </p>
          <h3 className="card-title">{fa.body}</h3>
          <pre dir="ltr" tabIndex={0} style={{ overflowX: 'auto', maxHeight: 320 }}>
            {body}
          </pre>
        </>
      )}
    />
  );
}
