import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Card, Flex, Tag, Typography } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { api, ok } from '../../api/client';
import type { Schemas } from '../../api/client';
import { session } from '../../api/session';
import { ago, dateTime, fill } from '../../ui/format';
import { DataList } from '../../ui/list';
import { Page } from '../../ui/page';
import { Failure, isLost, Loading } from '../../ui/states';
import { useAction } from '../../ui/use-action';
import { useConfirm } from '../../ui/use-confirm';
import { deviceOf } from '../../ui/device';
import { signInMethods, signInOutcomes } from './words';
import fa from './fa.json';

/** The ones used last; a browser that was closed leaves its session until it runs out. */
const shownFirst = 5;

type OwnSession = Schemas['OwnSessionDto'];

/** Own sessions, and who tried to sign in (IDN-210, IDN-211). */
export function SessionsScreen() {
  const confirm = useConfirm();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [all, setAll] = useState(false);
  const { data, error, refetch } = useQuery({
    queryKey: ['sessions'],
    queryFn: async () => (await ok(api.GET('/api/v1/me/sessions'))).sessions,
  });
  const endOthers = useAction({
    act: () => ok(api.POST('/api/v1/me/sessions/end-others')),
    said: fa.othersEnded,
    refresh: [['sessions']],
  });
  const endAll = useAction({
    act: async () => {
      await ok(api.POST('/api/v1/me/sessions/end-all'));
      queries.clear();
      session.close();
      await navigate('/sign-in');
    },
  });
  const sure = async (title: string, content: string, action: string): Promise<boolean> =>
    await confirm({ title, content, action, danger: true });
  return (
    <Page
      title={fa.sessions}
      about={fa.sessionsAbout}
      extra={
        <>
          <Button
            disabled={!data || data.length < 2}
            loading={endOthers.isPending}
            onClick={() =>
              void sure(fa.endOthersSure, fa.endOthersAbout, fa.endOthers).then(
                (yes) => yes && endOthers.mutate(),
              )
            }
          >
            {fa.endOthers}
          </Button>
          <Button
            danger
            loading={endAll.isPending}
            onClick={() =>
              void sure(fa.endAllSure, fa.endAllAbout, fa.endAll).then((yes) => yes && endAll.mutate())
            }
          >
            {fa.endAll}
          </Button>
        </>
      }
    >
      {isLost(error, data) ? (
        <Failure error={error} onRetry={() => void refetch()} />
      ) : data ? (
        <Flex
          vertical
          gap="small"
          component="ul"
          aria-label={fa.sessions}
          style={{ listStyle: 'none', padding: 0, marginBlock: '0 24px' }}
        >
          {data.slice(0, all ? undefined : shownFirst).map((each) => (
            <SessionCard key={each.id} session={each} />
          ))}
          {!all && data.length > shownFirst && (
            <li>
              <Button block onClick={() => setAll(true)}>
                {fill(fa.moreSessions, { count: data.length - shownFirst })}
              </Button>
            </li>
          )}
        </Flex>
      ) : (
        <Loading />
      )}
      <Typography.Title level={2} style={{ fontSize: 16 }}>
        {fa.history}
      </Typography.Title>
      <SignIns />
    </Page>
  );
}

function SessionCard({
  session: { id, current, persistent, device, address, ...at },
}: {
  session: OwnSession;
}) {
  const end = useAction({
    act: () => ok(api.DELETE('/api/v1/me/sessions/{sessionId}', { params: { path: { sessionId: id } } })),
    said: fa.ended,
    refresh: [['sessions']],
  });
  return (
    <li>
      <Card size="small">
        <Flex justify="space-between" align="center" gap="small" wrap>
          <div style={{ minWidth: 0 }}>
            <strong title={device}>{deviceOf(device)}</strong>{' '}
            {current && <Tag color="success">{fa.thisOne}</Tag>}
            {persistent && <Tag>{fa.remembered}</Tag>}
            <div>
              <Typography.Text type="secondary">
                <bdi className="ltr">{address}</bdi>
                {fill(fa.sessionTimes, {
                  started: dateTime(at.startedAt),
                  used: ago(at.lastUsedAt),
                  until: dateTime(at.expiresAt),
                })}
              </Typography.Text>
            </div>
          </div>
          {!current && (
            <Button
              danger
              loading={end.isPending}
              onClick={() => end.mutate()}
              aria-label={fill(fa.endNamed, { device: deviceOf(device) })}
            >
              {fa.end}
            </Button>
          )}
        </Flex>
      </Card>
    </li>
  );
}

function SignIns() {
  return (
    <DataList<Schemas['SignInRecordDto']>
      label={fa.history}
      queryKey={['sessions', 'sign-ins']}
      load={async ({ cursor, limit }) => {
        const page = await ok(api.GET('/api/v1/me/sign-ins', { params: { query: { cursor, limit } } }));
        return { rows: page.signIns, nextCursor: page.nextCursor };
      }}
      rowKey={({ id }) => id}
      empty={fa.noHistory}
      columns={[
        { key: 'at', title: fa.at, main: true, render: ({ at }) => dateTime(at) },
        {
          key: 'outcome',
          title: fa.outcome,
          render: ({ outcome }) => (
            <Tag color={signInOutcomes[outcome].tone}>{signInOutcomes[outcome].text}</Tag>
          ),
        },
        { key: 'method', title: fa.method, render: ({ method }) => signInMethods[method] },
        {
          key: 'device',
          title: fa.device,
          render: ({ device, newDevice }) => (
            <>
              <span title={device}>{deviceOf(device)}</span>{' '}
              {newDevice && <Tag color="warning">{fa.newDevice}</Tag>}
            </>
          ),
        },
        { key: 'address', title: fa.address, render: ({ address }) => <bdi className="ltr">{address}</bdi> },
      ]}
    />
  );
}
