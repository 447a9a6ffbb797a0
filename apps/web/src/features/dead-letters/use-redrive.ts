import { api, ok } from '../../api/client';
import { useAction } from '../../ui/use-action';
import { useConfirm } from '../../ui/use-confirm';
import fa from './fa.json';

/** Most that one request moves; what is more stays for the next. */
const redriveMax = 10_000;

/** Sends one letter, or all of the queue, to be handled again, after asking. */
export function useRedrive(queue: string): { ask: (id?: string) => Promise<void>; busy: boolean } {
  const confirm = useConfirm();
  const { mutate, isPending } = useAction<string | undefined>({
    act: (id) =>
      ok(
        api.POST('/api/v1/dead-letters/{queue}/redrive', {
          params: { path: { queue } },
          body: id === undefined ? { limit: redriveMax } : { id },
        }),
      ),
    said: fa.redriven,
    refresh: [['deadLetters']],
  });
  const ask = async (id?: string): Promise<void> => {
    const title = id === undefined ? fa.askAll : fa.askOne;
    if (await confirm({ title, content: fa.why, action: fa.redrive })) mutate(id);
  };
  return { ask, busy: isPending };
}
