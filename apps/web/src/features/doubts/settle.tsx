import { Button, Flex } from 'antd';
import { api, ok } from '../../api/client';
import type { Schemas } from '../../api/client';
import { useAccountName } from '../../ui/account-picker';
import { fill } from '../../ui/format';
import { useAction } from '../../ui/use-action';
import { useConfirm } from '../../ui/use-confirm';
import fa from './fa.json';

type As = Schemas['DoubtSettleBodyDto']['as'];
const deeds: Readonly<
  Record<As, { readonly verb: string; readonly ask: string; readonly askAll: string; readonly why: string }>
> = {
  sent: { verb: fa.asSent, ask: fa.askSent, askAll: fa.askSentAll, why: fa.whySent },
  failed: { verb: fa.asFailed, ask: fa.askFailed, askAll: fa.askFailedAll, why: fa.whyFailed },
  resend: { verb: fa.asResend, ask: fa.askResend, askAll: fa.askResendAll, why: fa.whyResend },
};

interface Props {
  readonly sendId: string;
  /** Absent: all in doubt of this send. */
  readonly position?: number;
  /** Null: the platform itself. */
  readonly customerId?: string | null;
}

/** Three ways out of a doubt; each says first what it costs whom. */
export function Settle({ sendId, position, customerId }: Props) {
  const name = useAccountName(customerId ?? undefined);
  const owner = customerId === null ? fa.platform : (name ?? fa.owner);
  const confirm = useConfirm();
  const settle = useAction<As>({
    act: (as) =>
      ok(
        api.POST('/api/v1/sends/{sendId}/settle-doubt', {
          params: { path: { sendId } },
          body: { position, as },
        }),
      ),
    said: fa.settled,
    refresh: [['doubts'], ['links']],
  });
  const ask = async (as: As): Promise<void> => {
    const { verb, ask: one, askAll, why } = deeds[as];
    const title = position === undefined ? askAll : one;
    const content = fill(why, { owner });
    if (await confirm({ title, content, action: verb, danger: as === 'resend' })) settle.mutate(as);
  };
  return (
    <Flex gap={4} wrap>
      {(Object.keys(deeds) as As[]).map((as) => (
        <Button
          key={as}
          size="middle"
          loading={settle.isPending && settle.variables === as}
          disabled={settle.isPending}
          onClick={() => void ask(as)}
        >
          {deeds[as].verb}
        </Button>
      ))}
    </Flex>
  );
}
