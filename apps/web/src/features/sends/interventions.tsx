import { useQueryClient } from '@tanstack/react-query';
import { Flex } from 'antd';
import { api, ok } from '../../api/client';
import type { Schemas } from '../../api/client';
import { useSay } from '../../ui/toasts';
import { fill } from '../../ui/format';
import { ReasonButton } from '../../ui/reason-button';
import { mayCancel, mayPause, mayResume } from '../../parts/sends/send-figures';
import fa from './fa.json';

type Send = Schemas['SendDto'];
type Act = Schemas['SendInterventionBodyDto']['act'];

/** Pause, resume, cancel with a reason that the audit log keeps: what the state allows. */
export function Interventions({ send }: { send: Pick<Send, 'id' | 'title' | 'state'> }) {
  const say = useSay();
  const queries = useQueryClient();
  const deeds: readonly (readonly [Act, boolean, string, string])[] = [
    ['pause', mayPause(send), fa.pauseSend, fa.sendPaused],
    ['resume', mayResume(send), fa.resumeSend, fa.sendResumed],
    ['cancel', mayCancel(send), fa.allCancelSend, fa.sendCancelled],
  ];
  return (
    <Flex gap="small">
      {deeds.map(
        ([act, may, action, said]) =>
          may && (
            <ReasonButton
              key={act}
              action={action}
              danger={act === 'cancel'}
              title={fill(fa.askIntervene, { what: action, send: send.title || send.id })}
              content={act === 'cancel' ? <p>{fa.cancelWhy}</p> : undefined}
              label={fa.interveneReason}
              act={(reason) =>
                ok(
                  api.POST('/api/v1/all-sends/{sendId}/intervene', {
                    params: { path: { sendId: send.id } },
                    body: { act, reason },
                  }),
                )
              }
              done={() => {
                say.success(said);
                return Promise.all([
                  queries.invalidateQueries({ queryKey: ['all-sends'] }),
                  queries.invalidateQueries({ queryKey: ['sends', send.id] }),
                ]);
              }}
            />
          ),
      )}
    </Flex>
  );
}
