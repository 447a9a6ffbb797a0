import { useQuery } from '@tanstack/react-query';
import { Button, Card, Tag, Typography } from 'antd';
import { useEffect, useState } from 'react';
import { api, ok } from '../../api/client';
import type { Schemas } from '../../api/client';
import { date, fill, time } from '../../ui/format';
import { Failure, isLost, Loading } from '../../ui/states';
import { useAction } from '../../ui/use-action';
import { useConfirm } from '../../ui/use-confirm';
import fa from './fa.json';
import './account.css';

const waitingMs = 3_000;

/** Linking a Bale chat, where codes to sign in come to (IDN-206). */
export function BaleCard() {
  const confirm = useConfirm();
  const [asked, setAsked] = useState<Schemas['BaleLinkDto']>();
  const link = useAction({
    act: async () => setAsked(await ok(api.POST('/api/v1/me/bale/link'))),
  });
  // A link that has run out is offered again instead of kept on the page.
  useEffect(() => {
    if (!asked) return;
    const left = new Date(asked.expiresAt).getTime() - Date.now();
    const timer = setTimeout(() => setAsked(undefined), left);
    return () => clearTimeout(timer);
  }, [asked]);
  const status = useQuery({
    queryKey: ['bale'],
    queryFn: () => ok(api.GET('/api/v1/me/bale')),
    // The person is in Bale now; the page follows by itself.
    refetchInterval: ({ state }) => (asked && !state.data?.linkedAt ? waitingMs : false),
  });
  const unlink = useAction({
    act: () => ok(api.DELETE('/api/v1/me/bale')),
    said: fa.baleUnlinked,
    refresh: [['bale']],
  });
  const askAndUnlink = async (): Promise<void> => {
    const sure = await confirm({
      title: fa.baleUnlinkSure,
      content: fa.baleUnlinkAbout,
      action: fa.baleUnlink,
      danger: true,
    });
    if (!sure) return;
    setAsked(undefined);
    unlink.mutate();
  };
  const { data, error, refetch } = status;
  return (
    <Card size="small" styles={{ body: { padding: 16 } }}>
      <Typography.Title level={2} style={{ fontSize: 16, marginBlockStart: 0 }}>
        {fa.bale}
      </Typography.Title>
      {isLost(error, data) ? (
        <Failure error={error} onRetry={() => void refetch()} />
      ) : !data ? (
        <Loading />
      ) : !data.available ? (
        <Typography.Text type="secondary">{fa.baleAbsent}</Typography.Text>
      ) : data.linkedAt ? (
        <>
          <Typography.Paragraph>
            <Tag color="success">{fa.baleLinked}</Tag> {fill(fa.since, { date: date(data.linkedAt) })}
          </Typography.Paragraph>
          <Button danger loading={unlink.isPending} onClick={() => void askAndUnlink()}>
            {fa.baleUnlink}
          </Button>
        </>
      ) : (
        <>
          <Typography.Paragraph type="secondary">{fa.baleAbout}</Typography.Paragraph>
          {asked ? (
            <ol className="numbered">
              <li>
                <Button type="primary" href={asked.url} target="_blank" rel="noopener noreferrer">
                  {fa.baleOpen}
                </Button>
                <div>{fill(fa.baleOpenUntil, { time: time(asked.expiresAt) })}</div>
              </li>
              <li>{fa.baleShare}</li>
              <li>{fa.baleBack}</li>
            </ol>
          ) : (
            <Button type="primary" loading={link.isPending} onClick={() => link.mutate()}>
              {fa.baleLink}
            </Button>
          )}
        </>
      )}
    </Card>
  );
}
