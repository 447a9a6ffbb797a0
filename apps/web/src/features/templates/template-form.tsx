import { useQueryClient } from '@tanstack/react-query';
import { Form, Input, Modal, Select } from 'antd';
import { api, ok } from '../../api/client';
import type { Schemas } from '../../api/client';
import { useSay } from '../../app/toasts';
import { FormError } from '../../ui/form-error';
import { required, useServerForm } from '../../ui/use-form';
import { TextField } from '../sends/form/text-field';
import fa from './fa.json';

type Template = Schemas['TemplateDto'];
interface Values {
  readonly title: string;
  readonly text: string;
  readonly groupId?: string | null;
}
const titleMax = 100;

/** A new template, or one that is changed (SMS-021..SMS-023). */
export function TemplateForm({
  template,
  groups,
  onClose,
}: {
  template: Template | undefined;
  groups: readonly Schemas['TemplateGroupDto'][];
  onClose: () => void;
}) {
  const queries = useQueryClient();
  const say = useSay();
  const { props, refusal, mutation } = useServerForm<Values, Template>({
    submit: ({ title, text, groupId }) => {
      const body = { title: title.trim(), text, groupId: groupId ?? null };
      return ok(
        template
          ? api.PUT('/api/v1/templates/{templateId}', {
              params: { path: { templateId: template.id } },
              body,
            })
          : api.POST('/api/v1/templates', { body }),
      );
    },
    done: async () => {
      await Promise.all([
        queries.invalidateQueries({ queryKey: ['templates'] }),
        queries.invalidateQueries({ queryKey: ['template-groups'] }),
      ]);
      say.success(fa.saved);
      onClose();
    },
  });
  return (
    <Modal
      open
      title={template ? fa.edit : fa.create}
      okText={fa.save}
      confirmLoading={mutation.isPending}
      onOk={() => props.form.submit()}
      onCancel={onClose}
      mask={{ closable: false }}
    >
      <FormError error={refusal} />
      <Form<Values>
        {...props}
        initialValues={{
          title: template?.title ?? '',
          text: template?.text ?? '',
          groupId: template?.groupId,
        }}
      >
        <Form.Item name="title" label={fa.title} rules={[{ ...required(fa.title), whitespace: true }]}>
          <Input maxLength={titleMax} autoFocus />
        </Form.Item>
        <Form.Item name="text" label={fa.text} rules={[{ ...required(fa.text), whitespace: true }]}>
          <TextField picksTemplates={false} />
        </Form.Item>
        <Form.Item name="groupId" label={fa.group}>
          <Select
            allowClear
            placeholder={fa.noGroup}
            options={groups.map(({ id, name }) => ({ value: id, label: name }))}
          />
        </Form.Item>
      </Form>
    </Modal>
  );
}
