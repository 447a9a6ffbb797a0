import { EditOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import { api, ok } from '../../api/client';
import type { Schemas } from '../../api/client';
import { fill } from '../../ui/format';
import { LtrInput } from '../../ui/inputs';
import { Page } from '../../ui/page';
import { Failure, isLost, Loading } from '../../ui/states';
import { required } from '../../ui/use-form';
import { FormModal } from '../../ui/form-modal';
import { useLevels } from '../../parts/levels/use-levels';
import fa from './fa.json';
import { Table } from '../../ui/table';

type Level = Schemas['LevelDto'];

/** What customers are sorted into for their tariffs (BIL-205). */
export function LevelsScreen() {
  const { data, error, refetch } = useLevels();
  const [editing, setEditing] = useState<Partial<Level>>();
  if (isLost(error, data)) return <Failure error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading />;
  return (
    <Page
      title={fa.levels}
      about={fa.levelsAbout}
      extra={
        <Button type="primary" icon={<PlusOutlined />} onClick={() => setEditing({})}>
          {fa.addLevel}
        </Button>
      }
    >
      <Table<Level>
        aria-label={fa.levels}
        style={{ maxWidth: 640 }}
        rowKey="level"
        dataSource={data.levels}
        columns={[
          { title: fa.name, render: ({ title }) => title },
          { title: fa.code, render: ({ level }) => <bdi>{level}</bdi> },
          {
            title: <span className="only-read">{fa.change}</span>,
            width: 64,
            render: (level) => (
              <Button
                icon={<EditOutlined />}
                aria-label={fill(fa.changeThe, { what: level.title })}
                onClick={() => setEditing(level)}
              />
            ),
          },
        ]}
      />
      {editing && <LevelModal level={editing} onClose={() => setEditing(undefined)} />}
    </Page>
  );
}

function LevelModal({ level: { level, title }, onClose }: { level: Partial<Level>; onClose: () => void }) {
  return (
    <FormModal<Level>
      title={level ? fa.changeLevel : fa.addLevel}
      action={fa.save}
      initialValues={{ level, title }}
      submit={(values) =>
        ok(
          api.PUT('/api/v1/levels/{level}', {
            params: { path: { level: values.level } },
            body: { title: values.title },
          }),
        )
      }
      said={fa.saved}
      refresh={[['levels']]}
      onClose={onClose}
    >
      <Form.Item name="title" label={fa.name} rules={[required(fa.name)]}>
        <Input maxLength={60} autoFocus />
      </Form.Item>
      <Form.Item name="level" label={fa.code} extra={fa.codeWhat} rules={[required(fa.code)]}>
        <LtrInput maxLength={30} disabled={level !== undefined} />
      </Form.Item>
    </FormModal>
  );
}
