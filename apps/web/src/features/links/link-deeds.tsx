import { ApiOutlined, EditOutlined, DeleteOutlined } from '@ant-design/icons';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, Button } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { ApiError, api, ok } from '../../api/client';
import { useSay } from '../../ui/toasts';
import { fill, number } from '../../ui/format';
import { useConfirm } from '../../ui/use-confirm';
import type { LinkDetail } from './link-figures';
import { LinkModal } from './link-modal';
import { testText } from './link-test';
import fa from './fa.json';

/** Change and delete. */
export function LinkDeeds({ link }: { link: LinkDetail }) {
  const [isChanging, setChanging] = useState(false);
  const confirm = useConfirm();
  const say = useSay();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const remove = async (): Promise<void> => {
    if (!(await confirm({ title: fa.askDelete, content: fa.askDeleteWhy, action: fa.remove, danger: true })))
      return;
    try {
      await ok(api.DELETE('/api/v1/links/{linkId}', { params: { path: { linkId: link.id } } }));
    } catch (error) {
      say.error(error instanceof ApiError ? error.message : String(error));
      return;
    }
    say.success(fa.linkDeleted);
    await navigate('/sms/links');
    await queries.invalidateQueries({ queryKey: ['links'] });
  };
  return (
    <>
      <Button type="primary" icon={<EditOutlined />} onClick={() => setChanging(true)}>
        {fa.change}
      </Button>
      <Button danger icon={<DeleteOutlined />} onClick={() => void remove()}>
        {fa.remove}
      </Button>
      {isChanging && <LinkModal link={link} onClose={() => setChanging(false)} />}
    </>
  );
}

/** A worker binds with what is stored, asks, and says what came back. */
export function LinkTest({ linkId }: { linkId: string }) {
  const test = useMutation({
    mutationFn: () => ok(api.POST('/api/v1/links/{linkId}/test', { params: { path: { linkId } } })),
  });
  const text = test.data && testText(test.data);
  return (
    <>
      <p>{fa.testAbout}</p>
      <Button icon={<ApiOutlined />} loading={test.isPending} onClick={() => test.mutate()}>
        {test.isPending ? fa.testRuns : fa.test}
      </Button>
      <div role="status" style={{ marginBlockStart: 12 }}>
        {test.error && (
          <Alert
            type="error"
            showIcon
            title={test.error instanceof ApiError ? test.error.message : fa.testNotMade}
          />
        )}
        {test.data && text && (
          <Alert
            type={test.data.outcome === 'answered' ? 'success' : 'error'}
            showIcon
            title={text.title}
            description={
              <>
                {text.what && <div>{text.what}</div>}
                <div>{fill(fa.testTook, { ms: number(test.data.tookMs) })}</div>
                {test.data.smsc && (
                  <div>
                    {fa.testSmsc} <bdi className="ltr">{test.data.smsc}</bdi>
                  </div>
                )}
              </>
            }
          />
        )}
      </div>
    </>
  );
}
