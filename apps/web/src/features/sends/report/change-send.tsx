import { EditOutlined } from '@ant-design/icons';
import { Alert, Button, Collapse, Form, Input } from 'antd';
import { useState } from 'react';
import { api, ok } from '../../../api/client';
import type { Schemas } from '../../../api/client';
import { FormModal } from '../../../ui/form-modal';
import { required } from '../../../ui/use-form';
import { MomentField } from '../../../parts/sends/when-fields';
import { TextField } from '../../../parts/message-text/text-field';
import { fill } from '../../../ui/format';
import { RecipientList } from './recipient-list';
import fa from '../fa.json';

interface Values {
  readonly title: string;
  readonly text: string;
  readonly sendAt: Date;
}

/** Text, title and time of a send before its time (SMS-207). */
export function ChangeSend({ send }: { send: Schemas['SendDto'] }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button icon={<EditOutlined />} onClick={() => setOpen(true)}>
        {fa.change}
      </Button>
      {isOpen && <ChangeWindow send={send} onClose={() => setOpen(false)} />}
    </>
  );
}

function ChangeWindow({ send, onClose }: { send: Schemas['SendDto']; onClose: () => void }) {
  const before = { title: send.title, text: send.text, sendAt: new Date(send.sendAt ?? send.createdAt) };
  return (
    <FormModal<Values>
      title={fa.changeTitle}
      action={fa.save}
      width={640}
      initialValues={before}
      submit={({ title, text, sendAt }) =>
        ok(
          api.PUT('/api/v1/sends/{sendId}', {
            params: { path: { sendId: send.id } },
            // What stays is not said: it is neither priced nor checked again.
            body: {
              ...(title !== before.title && { title }),
              ...(text !== before.text && { text }),
              ...(sendAt.getTime() !== before.sendAt.getTime() && { sendAt: sendAt.toISOString() }),
            },
          }),
        )
      }
      said={fa.changed}
      refresh={[
        ['sends', send.id],
        ['sends', 'list'],
      ]}
      onClose={onClose}
    >
      {send.repeat && (
        <Alert type="info" showIcon title={fa.changeFollowing} style={{ marginBlockEnd: 16 }} />
      )}
      <Form.Item name="text" label={fa.text} rules={[{ ...required(fa.text), whitespace: true }]}>
        <TextField is66Char={send.line.is66Char} />
      </Form.Item>
      <Form.Item
        name="sendAt"
        label={fa.sendTime}
        rules={[
          {
            validator: (_rule, at: Date) =>
              at <= new Date() && at.getTime() !== before.sendAt.getTime()
                ? Promise.reject(new Error(fa.timePast))
                : Promise.resolve(),
          },
        ]}
      >
        <MomentField />
      </Form.Item>
      <Form.Item name="title" label={fa.titleOf}>
        <Input maxLength={200} />
      </Form.Item>
      <Collapse
        ghost
        items={[
          {
            key: 'recipients',
            label: fill(fa.recipientsCount, { count: send.recipients }),
            children: <RecipientList send={send} />,
          },
        ]}
      />
    </FormModal>
  );
}
