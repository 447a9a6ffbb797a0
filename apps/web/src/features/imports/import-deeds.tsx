import { Button } from 'antd';
import { api, ok } from '../../api/client';
import { fill } from '../../ui/format';
import { useAction } from '../../ui/use-action';
import { useConfirm } from '../../ui/use-confirm';
import { isMoving } from './kinds';
import type { Import } from './kinds';
import fa from './fa.json';

/** Write what was checked, or stop; each asks first. */
export function ImportDeeds({ given }: { given: Import }) {
  const { id, state, created, updated, refused, moved } = given;
  const confirm = useConfirm();
  const params = { params: { path: { importId: id } } };
  const refresh = [['imports']] as const;
  const apply = useAction({ act: () => ok(api.POST('/api/v1/imports/{importId}/apply', params)), refresh });
  const cancel = useAction({
    act: () => ok(api.POST('/api/v1/imports/{importId}/cancel', params)),
    said: fa.cancelled,
    refresh,
  });
  const askApply = async (): Promise<void> => {
    const content = fill(fa.applyWhy, { created, updated, refused });
    const agreed = await confirm({
      title: fill(fa.applyAsk, { count: created + updated }),
      content: moved > 0 ? `${content} ${fill(fa.applyMoved, { moved })}` : content,
      action: fa.apply,
    });
    if (agreed) apply.mutate();
  };
  const askCancel = async (): Promise<void> => {
    if (await confirm({ title: fa.cancelAsk, content: fa.cancelWhy, action: fa.cancelImport, danger: true }))
      cancel.mutate();
  };
  const nothing = created + updated === 0;
  return (
    <>
      {state === 'checked' && (
        <Button
          type="primary"
          disabled={nothing}
          title={nothing ? fa.nothingToApply : undefined}
          loading={apply.isPending}
          onClick={() => void askApply()}
        >
          {fa.apply}
        </Button>
      )}
      {(state === 'checked' || isMoving(given)) && (
        <Button danger loading={cancel.isPending} onClick={() => void askCancel()}>
          {fa.cancelImport}
        </Button>
      )}
    </>
  );
}
