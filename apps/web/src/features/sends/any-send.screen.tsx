import { useQuery } from '@tanstack/react-query';
import { Alert } from 'antd';
import { useParams } from 'react-router';
import { api, ok } from '../../api/client';
import { DownloadButton } from '../../ui/download';
import { dateTime } from '../../ui/format';
import { Page } from '../../ui/page';
import { PrintButton } from '../../ui/print-button';
import { Failure, isLost, Loading } from '../../ui/states';
import { SendReport } from './report/send-report';
import { useLiveSend } from './report/use-live-send';
import { SendStateTag } from '../../parts/sends/send-progress';
import '../../parts/sends/sends.css';
import { Interventions } from './interventions';
import { Owner } from '../../parts/people/owner';
import { nameOf } from './send-name';
import fa from './fa.json';

/** The full report of any customer's send, live; that it was opened stands in the audit log. */
export function AnySendScreen() {
  const { sendId = '' } = useParams();
  const opened = useQuery({
    queryKey: ['all-sends', sendId],
    queryFn: () => ok(api.GET('/api/v1/all-sends/{sendId}', { params: { path: { sendId } } })),
    staleTime: Infinity,
    refetchOnReconnect: false,
  });
  const { data: send, error, refetch, isLive } = useLiveSend(sendId);
  const failed = opened.error ?? error;
  if (isLost(opened.error, opened.data) || isLost(error, send)) {
    const again = async (): Promise<void> => void (await Promise.all([opened.refetch(), refetch()]));
    return <Failure error={failed} onRetry={() => void again()} />;
  }
  if (!send || !opened.data) return <Loading />;
  return (
    <Page
      title={<bdi>{nameOf(send)}</bdi>}
      about={
        <>
          <SendStateTag state={send.state} /> <Owner customerId={opened.data.customerId} />
          {fa.comma}
          {dateTime(send.sendAt ?? send.createdAt)}
        </>
      }
      extra={
        <>
          <Interventions send={send} />
          <DownloadButton path={`/sends/${send.id}/report.csv`} name={`send-${send.id}.csv`}>
            {fa.reportCsv}
          </DownloadButton>
          <PrintButton />
        </>
      }
    >
      <Alert
        type="info"
        showIcon
        title={fa.openedIsKept}
        className="no-print"
        style={{ marginBlockEnd: 16 }}
      />
      <SendReport send={send} isLive={isLive} isForeign />
    </Page>
  );
}
