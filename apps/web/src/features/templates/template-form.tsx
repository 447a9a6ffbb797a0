import { Form, Input, Select } from 'antd';
import { api, ok } from '../../api/client';
import type { Schemas } from '../../api/client';
import { FormModal } from '../../ui/form-modal';
import { required } from '../../ui/use-form';
import { TextField } from '../../parts/message-text/text-field';
import fa from './fa.json';

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
  template: Schemas['TemplateDto'] | undefined;
  groups: readonly Schemas['TemplateGroupDto'][];
  onClose: () => void;
}) {
  return (
    <FormModal<Values>
      title={template ? fa.edit : fa.create}
      action={fa.save}
      initialValues={{
        title: template?.title ?? '',
        text: template?.text ?? '',
        groupId: template?.groupId,
      }}
      submit={({ title, text, groupId }) => {
        const body = { title: title.trim(), text, groupId: groupId ?? null };
        return ok(
          template
            ? api.PUT('/api/v1/templates/{templateId}', {
                params: { path: { templateId: template.id } },
                body,
              })
            : api.POST('/api/v1/templates', { body }),
        );
      }}
      said={fa.saved}
      refresh={[['templates'], ['template-groups']]}
      onClose={onClose}
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
    </FormModal>
  );
}
