import { Button, Flex, Form, Input, Select } from 'antd';
import { useState } from 'react';
import { api, ok } from '../../api/client';
import type { Schemas } from '../../api/client';
import { AccountName } from '../../ui/account-picker';
import { dateTime } from '../../ui/format';
import { FormModal } from '../../ui/form-modal';
import { DataList } from '../../ui/list';
import { required } from '../../ui/use-form';
import { useLevels, useLevelTitle } from '../../parts/levels/use-levels';
import fa from './fa.json';

type Change = Schemas['LevelChangeDto'];
const causes: Readonly<Record<Change['cause'], string>> = {
  admin: fa.causeAdmin,
  plan: fa.causePlan,
  role: fa.causeRole,
};

/** How the level of a customer came about, and setting another (BIL-205). */
export function CustomerLevel({ customerId }: { customerId: string }) {
  const titleOf = useLevelTitle();
  const levels = useLevels();
  const [setting, setSetting] = useState(false);
  return (
    <Flex vertical gap="middle">
      <div>
        <Button onClick={() => setSetting(true)}>{fa.setLevel}</Button>
      </div>
      <DataList<Change>
        label={fa.levelHistory}
        queryKey={['levels', 'changes', customerId]}
        load={async ({ cursor, limit }) => {
          const page = await ok(
            api.GET('/api/v1/levels/customers/{customerId}/changes', {
              params: { path: { customerId }, query: { cursor, limit } },
            }),
          );
          return { rows: page.changes, nextCursor: page.nextCursor };
        }}
        rowKey={({ at, level }) => `${at} ${level}`}
        columns={[
          { key: 'at', title: fa.at, main: true, render: ({ at }) => dateTime(at) },
          { key: 'level', title: fa.level, render: ({ level }) => titleOf(level) },
          { key: 'before', title: fa.levelBefore, render: ({ levelBefore }) => titleOf(levelBefore) },
          { key: 'cause', title: fa.cause, render: ({ cause }) => causes[cause] },
          { key: 'by', title: fa.by, render: ({ by }) => <AccountName accountId={by} /> },
          { key: 'reason', title: fa.reason, render: ({ reason }) => reason },
        ]}
        empty={fa.noChanges}
      />
      {setting && (
        <FormModal<Schemas['CustomerLevelSetBodyDto']>
          title={fa.setLevel}
          action={fa.save}
          submit={(body) =>
            ok(api.PUT('/api/v1/levels/customers/{customerId}', { params: { path: { customerId } }, body }))
          }
          said={fa.saved}
          refresh={[['levels'], ['wallet']]}
          onClose={() => setSetting(false)}
        >
          <Form.Item name="level" label={fa.level} rules={[required(fa.level)]}>
            <Select
              options={(levels.data?.levels ?? []).map(({ level, title }) => ({
                value: level,
                label: title,
              }))}
            />
          </Form.Item>
          <Form.Item name="reason" label={fa.cause} rules={[required(fa.cause)]}>
            <Input maxLength={200} />
          </Form.Item>
        </FormModal>
      )}
    </Flex>
  );
}
