import { useQuery } from '@tanstack/react-query';
import { Alert, Empty } from 'antd';
import { useEffect, useMemo, useState } from 'react';
import { useSearchParams } from 'react-router';
import { useAccount } from '../../api/use-session';
import { Page } from '../../ui/page';
import { Failure, isLost, Loading } from '../../ui/states';
import { useConfirm } from '../../ui/use-confirm';
import { beginningOf, draftFrom } from './beginning';
import type { Begun } from './beginning';
import { dropDraft, emptyDraft, hasContent, keepDraft, storedDraft } from './draft';
import { SendForm } from './form/send-form';
import { useLines } from '../../parts/lines/use-lines';
import { AskSupport } from '../../ui/support';
import fa from './fa.json';

/** A new send. The address may say what it begins with; else it goes on with what was being written in this tab. */
export function NewSendScreen() {
  const { id: accountId } = useAccount();
  const confirm = useConfirm();
  const lines = useLines();
  const { begins, begun, error, retry } = useBegun(accountId);
  const [round, setRound] = useState(0);
  const draft = useMemo(
    () => (round === 0 ? begun?.draft : undefined) ?? storedDraft(accountId) ?? emptyDraft(),
    [round, begun, accountId],
  );
  if (isLost(lines.error, lines.data))
    return <Failure error={lines.error} onRetry={() => void lines.refetch()} />;
  if (error) return <Failure error={error} onRetry={retry} />;
  if (!lines.data || begins) return <Loading />;
  const usable = lines.data.find(({ active }) => active);
  const clear = async (): Promise<void> => {
    const typed = storedDraft(accountId);
    const isSure =
      !typed ||
      !hasContent(typed) ||
      (await confirm({ title: fa.sureClear, action: fa.clear, danger: true }));
    if (!isSure) return;
    dropDraft(accountId);
    setRound(round + 1);
  };
  return (
    <Page title={fa.newSend} about={fa.newSendAbout}>
      {begun?.withoutRecipients && round === 0 && (
        <Alert type="info" showIcon title={fa.withoutRecipients} style={{ marginBlockEnd: 16 }} />
      )}
      {usable ? (
        <SendForm
          key={`${draft.key} ${round}`}
          initial={{ ...draft, lineId: draft.lineId ?? usable.id }}
          lines={lines.data}
          onClear={() => void clear()}
        />
      ) : (
        <Empty description={<AskSupport there={fa.noLines} nowhere={fa.noLinesYet} />} />
      )}
    </Page>
  );
}

/** What the address begins with becomes the tab's own draft: a reload goes on with it. */
function useBegun(accountId: string) {
  const [params, setParams] = useSearchParams();
  const beginning = beginningOf(params);
  const [begun, setBegun] = useState<Begun>();
  const { data, error, refetch } = useQuery({
    queryKey: ['sends', 'beginning', beginning],
    queryFn: () => draftFrom(beginning ?? {}),
    enabled: beginning !== undefined,
    gcTime: 0,
    staleTime: Infinity,
    refetchOnReconnect: false,
  });
  useEffect(() => {
    if (!data) return;
    keepDraft(accountId, data.draft);
    setBegun(data);
    setParams({}, { replace: true });
  }, [data, accountId, setParams]);
  return { begins: beginning !== undefined, begun, error, retry: () => void refetch() };
}
