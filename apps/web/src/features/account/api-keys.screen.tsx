import { PlusOutlined } from '@ant-design/icons';
import { Button, Flex, Tag, Typography } from 'antd';
import { useState } from 'react';
import { api, ok } from '../../api/client';
import type { Schemas } from '../../api/client';
import { date, dateTime, fill, number } from '../../ui/format';
import { DataList } from '../../ui/list';
import { Page } from '../../ui/page';
import { useAction } from '../../ui/use-action';
import { useConfirm } from '../../ui/use-confirm';
import { NewKey } from './new-key';
import { scopeTitles } from './words';
import fa from './fa.json';

type ApiKey = Schemas['ApiKeyDto'];

/** Keys for the customer's own programs (SMT-214). */
export function ApiKeysScreen() {
  const [adding, setAdding] = useState(false);
  return (
    <Page
      title={fa.apiKeys}
      about={fa.apiKeysAbout}
      extra={
        <Button type="primary" icon={<PlusOutlined />} onClick={() => setAdding(true)}>
          {fa.newKey}
        </Button>
      }
    >
      <DataList<ApiKey>
        label={fa.apiKeys}
        queryKey={['api-keys']}
        load={async () => ({ rows: (await ok(api.GET('/api/v1/api-keys'))).keys })}
        rowKey={({ id }) => id}
        empty={fa.noKeys}
        columns={[
          {
            key: 'name',
            title: fa.keyName,
            main: true,
            render: ({ name, prefix }) => (
              <>
                <strong>{name}</strong>
                <div>
                  <bdi className="ltr">
                    <Typography.Text type="secondary" code>
                      {prefix}…
                    </Typography.Text>
                  </bdi>
                </div>
              </>
            ),
          },
          {
            key: 'scopes',
            title: fa.scopes,
            render: ({ scopes }) => (
              <Flex gap={4} wrap style={{ maxWidth: 280 }}>
                {scopes.map((scope) => (
                  <Tag key={scope}>{scopeTitles[scope]}</Tag>
                ))}
              </Flex>
            ),
          },
          {
            key: 'limits',
            title: fa.limits,
            render: ({ addresses, ratePerMinute, expiresAt }) => (
              <Flex vertical>
                {addresses.length > 0 ? <bdi className="ltr">{addresses.join(' ')}</bdi> : fa.everywhere}
                {ratePerMinute && <span>{fill(fa.perMinute, { rate: number(ratePerMinute) })}</span>}
                {expiresAt && <span>{fill(fa.keyUntil, { date: date(expiresAt) })}</span>}
              </Flex>
            ),
          },
          {
            key: 'used',
            title: fa.lastUse,
            render: ({ lastUsedAt, lastUsedAddress }) =>
              lastUsedAt ? (
                <>
                  {dateTime(lastUsedAt)}
                  <div>
                    <bdi className="ltr">{lastUsedAddress}</bdi>
                  </div>
                </>
              ) : (
                fa.neverUsed
              ),
          },
          { key: 'made', title: fa.made, render: ({ createdAt }) => date(createdAt) },
          { key: 'revoke', title: '', render: (key) => <Revoke apiKey={key} /> },
        ]}
      />
      <NewKey open={adding} onClose={() => setAdding(false)} />
    </Page>
  );
}

function Revoke({ apiKey: { id, name } }: { apiKey: ApiKey }) {
  const confirm = useConfirm();
  const revoke = useAction({
    act: () => ok(api.DELETE('/api/v1/api-keys/{keyId}', { params: { path: { keyId: id } } })),
    said: fill(fa.revoked, { name }),
    refresh: [['api-keys']],
  });
  const ask = async (): Promise<void> => {
    const sure = await confirm({
      title: fill(fa.revokeSure, { name }),
      content: fa.revokeAbout,
      action: fa.revoke,
      danger: true,
    });
    if (sure) revoke.mutate();
  };
  return (
    <Button
      danger
      loading={revoke.isPending}
      aria-label={fill(fa.revokeNamed, { name })}
      onClick={() => void ask()}
    >
      {fa.revoke}
    </Button>
  );
}
