import { DeleteOutlined } from '@ant-design/icons';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Flex } from 'antd';
import { Link } from 'react-router';
import { ApiError, api, ok } from '../../../api/client';
import { useSay } from '../../../ui/toasts';
import { fill } from '../../../ui/format';
import { useConfirm } from '../../../ui/use-confirm';
import fa from '../fa.json';
import { sendStates } from '../../../parts/sends/words';
import type { SendState } from '../../../parts/sends/words';
import { useList } from '../../../parts/recipients/use-lists';

/** Of `list.inUse`. */
interface Use {
  readonly sendId: string;
  readonly title: string;
  readonly state: SendState;
}

/** Deletes an uploaded file for good, after asking. Sends that still need it are named, with a way to each. */
export function DeleteList({ listId, onDeleted }: { listId: string; onDeleted: () => void }) {
  const { data: list } = useList(listId);
  const queries = useQueryClient();
  const confirm = useConfirm();
  const say = useSay();
  const remove = useMutation({
    mutationFn: () => ok(api.DELETE('/api/v1/recipient-lists/{listId}', { params: { path: { listId } } })),
    onSuccess: async () => {
      say.success(fill(fa.listDeleted, { title: list?.title ?? '' }));
      onDeleted();
      await queries.invalidateQueries({ queryKey: ['recipient-lists'] });
    },
  });
  if (list?.state !== 'ready' && list?.state !== 'refused') return null;
  const ask = async (): Promise<void> => {
    const isSure = await confirm({
      title: fill(fa.sureDeleteList, { title: list.title }),
      content: list.valid > 0 ? fill(fa.deleteListAbout, { count: list.valid }) : fa.deleteEmptyAbout,
      action: fa.deleteList,
      danger: true,
    });
    if (isSure) remove.mutate();
  };
  return (
    <>
      <Button danger icon={<DeleteOutlined />} loading={remove.isPending} onClick={() => void ask()}>
        {fa.deleteList}
      </Button>
      {remove.error && (
        <Alert
          type="warning"
          showIcon
          role="alert"
          style={{ flexBasis: '100%' }}
          title={remove.error instanceof ApiError ? remove.error.message : String(remove.error)}
          description={<Uses sends={usesOf(remove.error)} />}
        />
      )}
    </>
  );
}

function Uses({ sends }: { sends: readonly Use[] }) {
  if (sends.length === 0) return null;
  return (
    <Flex vertical component="ul" className="plain-list">
      {sends.map(({ sendId, title, state }) => (
        <li key={sendId}>
          <Link to={`/sends/${sendId}`} style={{ textDecoration: 'underline' }}>
            {title || fa.untitled}
          </Link>{' '}
          ({sendStates[state].text})
        </li>
      ))}
    </Flex>
  );
}

function usesOf(error: Error): readonly Use[] {
  const sends = error instanceof ApiError ? error.details['sends'] : undefined;
  return Array.isArray(sends) ? (sends as Use[]) : [];
}
