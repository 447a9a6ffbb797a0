import { PauseOutlined, CaretLeftOutlined, StopOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { api, ok } from '../../../api/client';
import type { Schemas } from '../../../api/client';
import { fill } from '../../../ui/format';
import { useAction } from '../../../ui/use-action';
import { useConfirm } from '../../../ui/use-confirm';
import { mayCancel, mayChange, mayPause, mayResume } from '../../../parts/sends/send-figures';
import { ChangeSend } from './change-send';
import fa from '../fa.json';

/** Pause, go on, cancel: what the state allows. */
export function SendActions({ send }: { send: Schemas['SendDto'] }) {
  const confirm = useConfirm();
  const refresh = [['sends', send.id], ['sends', 'list'], ['wallet']];
  const params = { path: { sendId: send.id } };
  const pause = useAction({
    act: () => ok(api.POST('/api/v1/sends/{sendId}/pause', { params })),
    said: fa.paused,
    refresh,
  });
  const resume = useAction({
    act: () => ok(api.POST('/api/v1/sends/{sendId}/resume', { params })),
    said: fa.resumed,
    refresh,
  });
  const cancel = useAction({
    act: () => ok(api.POST('/api/v1/sends/{sendId}/cancel', { params })),
    said: fa.cancelledSend,
    refresh,
  });
  const askCancel = async (): Promise<void> => {
    const isSure = await confirm({
      title: fa.sureCancel,
      content: fill(send.repeat ? fa.cancelAllAbout : fa.cancelAbout, { count: send.counts.queued }),
      action: fa.ownCancelSend,
      danger: true,
    });
    if (isSure) cancel.mutate();
  };
  return (
    <>
      {/* The text of a code is not shown, so there is nothing to change. */}
      {mayChange(send) && send.lane !== 'otp' && <ChangeSend send={send} />}
      {mayPause(send) && (
        <Button icon={<PauseOutlined />} loading={pause.isPending} onClick={() => pause.mutate()}>
          {fa.pause}
        </Button>
      )}
      {mayResume(send) && (
        <Button
          type="primary"
          icon={<CaretLeftOutlined />}
          loading={resume.isPending}
          onClick={() => resume.mutate()}
        >
          {fa.resume}
        </Button>
      )}
      {mayCancel(send) && (
        <Button danger icon={<StopOutlined />} loading={cancel.isPending} onClick={() => void askCancel()}>
          {fa.ownCancelSend}
        </Button>
      )}
    </>
  );
}
