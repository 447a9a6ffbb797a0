import { CopyOutlined } from '@ant-design/icons';
import { useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Card, Flex } from 'antd';
import { useParams } from 'react-router';
import errors from '../../i18n/errors.fa.json';
import { DownloadButton } from '../../ui/download';
import { dateTime, fill, toman } from '../../ui/format';
import { LinkButton } from '../../ui/link-button';
import { Page } from '../../ui/page';
import { PrintButton } from '../../ui/print-button';
import { Failure, Loading } from '../../ui/states';
import { newSendPath } from './beginning';
import { MessageList } from './report/message-list';
import { SendActions } from './report/send-actions';
import { SendCharts } from './report/send-charts';
import { Heading, SendDetails, SendMoney, SendText } from './report/send-details';
import { useFollow } from './report/use-follow';
import { useLiveSend } from './report/use-live-send';
import { isMoving } from './send-figures';
import { SendBar, SendStateTag } from './send-progress';
import fa from './fa.json';

/** One send: running live, then its report (SMS-014..SMS-018). */
export function SendScreen() {
  const { sendId = '' } = useParams();
  const { data: send, error, refetch, isLive } = useLiveSend(sendId);
  const queries = useQueryClient();
  const moving = send !== undefined && isMoving(send);
  useFollow(send);
  if (!send) return error ? <Failure error={error} onRetry={() => void refetch()} /> : <Loading />;
  return (
    <Page
      title={send.title || fa.untitled}
      about={
        <>
          <SendStateTag state={send.state} /> {dateTime(send.sendAt ?? send.createdAt)}
        </>
      }
      extra={
        <>
          <SendActions send={send} />
          <LinkButton icon={<CopyOutlined />} to={newSendPath({ again: send.id })}>
            {fa.sendAgain}
          </LinkButton>
          <DownloadButton path={`/sends/${send.id}/report.csv`} name={`send-${send.id}.csv`}>
            {fa.csv}
          </DownloadButton>
          <PrintButton />
        </>
      }
    >
      <Flex vertical gap="middle">
        {send.refusal && (
          <Alert
            type="error"
            showIcon
            title={send.state === 'missed' ? fa.missedWhy : fa.refusedWhy}
            description={(errors as Readonly<Record<string, string>>)[send.refusal] ?? send.refusal}
          />
        )}
        {send.state === 'suspended' && <Alert type="warning" showIcon title={fa.suspendedAbout} />}
        {typeof send.money.plannedRials === 'number' && (
          <Alert
            type="warning"
            showIcon
            title={fill(fa.dearerAbout, {
              now: toman(send.money.quotedRials),
              planned: toman(send.money.plannedRials),
            })}
          />
        )}
        {send.waitsUntil && (
          <Alert type="info" showIcon title={fill(fa.waitsUntil, { at: dateTime(send.waitsUntil) })} />
        )}
        {send.counts.inDoubt > 0 && !moving && (
          <Alert type="warning" showIcon title={fill(fa.doubtAbout, { count: send.counts.inDoubt })} />
        )}
        <Card size="small">
          <SendBar send={send} />
          {moving && isLive === false && <small aria-live="polite">{fa.notLive}</small>}
        </Card>
        <div className="send-cards">
          <SendText text={send.text} />
          <SendDetails send={send} />
          <SendMoney money={send.money} />
        </div>
        {!send.messagesRemovedAt && <SendCharts sendId={send.id} counts={send.counts} />}
        <section>
          <Flex justify="space-between" align="center" gap="small">
            <Heading>{fa.messages}</Heading>
            <Button
              className="no-print"
              onClick={() => void queries.resetQueries({ queryKey: ['messages', send.id] })}
            >
              {fa.refresh}
            </Button>
          </Flex>
          {send.messagesRemovedAt ? (
            <Alert
              type="info"
              showIcon
              title={fill(fa.messagesRemoved, { at: dateTime(send.messagesRemovedAt) })}
            />
          ) : (
            <MessageList sendId={send.id} />
          )}
        </section>
      </Flex>
    </Page>
  );
}
