import { CopyOutlined } from '@ant-design/icons';
import { useParams } from 'react-router';
import { DownloadButton } from '../../ui/download';
import { dateTime } from '../../ui/format';
import { LinkButton } from '../../ui/link-button';
import { Page } from '../../ui/page';
import { PrintButton } from '../../ui/print-button';
import { Failure, Loading } from '../../ui/states';
import { newSendPath } from '../../parts/sends/new-send-path';
import { SendActions } from './report/send-actions';
import { SendReport } from './report/send-report';
import { useFollow } from './report/use-follow';
import { useLiveSend } from './report/use-live-send';
import { SendStateTag } from '../../parts/sends/send-progress';
import fa from './fa.json';

/** One send: running live, then its report (SMS-014..SMS-018). */
export function SendScreen() {
  const { sendId = '' } = useParams();
  const { data: send, error, refetch, isLive } = useLiveSend(sendId);
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
      <SendReport send={send} isLive={isLive} />
    </Page>
  );
}
