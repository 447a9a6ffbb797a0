import { useQueryClient } from '@tanstack/react-query';
import { Button, Flex, Form, Input, Modal } from 'antd';
import { api, ok } from '../../api/client';
import type { Schemas } from '../../api/client';
import { session } from '../../api/session';
import { useSay } from '../../ui/toasts';
import { FormError } from '../../ui/form-error';
import { LtrInput } from '../../ui/inputs';
import { required, useServerForm } from '../../ui/use-form';
import fa from './fa.json';

interface Props {
  readonly open: boolean;
  readonly profile: Schemas['ProfileDto'];
  readonly onClose: () => void;
}
interface Values {
  readonly name: string;
  readonly email?: string | null;
  readonly password?: string;
}

/** Name and e-mail; another e-mail asks for the password, since a password can be reset by it (IDN-022, IDN-209). */
export function EditProfile({ open, profile, onClose }: Props) {
  return (
    <Modal open={open} title={fa.edit} footer={null} onCancel={onClose} width={420} destroyOnHidden>
      <EditForm profile={profile} onDone={onClose} />
    </Modal>
  );
}

function EditForm({ profile, onDone }: { profile: Schemas['ProfileDto']; onDone: () => void }) {
  const say = useSay();
  const queries = useQueryClient();
  const { form, props, refusal, mutation } = useServerForm({
    submit: ({ name, email, password }: Values) =>
      ok(
        api.PUT('/api/v1/me', {
          body: { name, ...(otherEmail(email) && { email: email?.trim() || null, password }) },
        }),
      ),
    done: (saved) => {
      queries.setQueryData(['me'], saved);
      session.rename(saved.name);
      say.success(fa.saved);
      onDone();
    },
  });
  const otherEmail = (email: string | null | undefined): boolean =>
    (email?.trim() ?? '') !== (profile.email ?? '');
  const needsPassword = otherEmail(Form.useWatch('email', form) ?? profile.email);
  return (
    <Form {...props} name="edit-profile" initialValues={{ name: profile.name, email: profile.email ?? '' }}>
      <FormError error={refusal} />
      <Form.Item name="name" label={fa.name} rules={[required(fa.name)]}>
        <Input autoComplete="name" maxLength={200} autoFocus />
      </Form.Item>
      <Form.Item name="email" label={fa.email} extra={fa.emailAbout}>
        <LtrInput type="email" autoComplete="email" maxLength={254} />
      </Form.Item>
      {needsPassword && (
        <Form.Item
          name="password"
          label={fa.oldPassword}
          extra={fa.passwordForEmail}
          rules={[required(fa.oldPassword)]}
        >
          <Input.Password dir="ltr" autoComplete="current-password" maxLength={200} />
        </Form.Item>
      )}
      <Flex gap="small" justify="flex-end">
        <Button onClick={onDone}>{fa.cancel}</Button>
        <Button type="primary" htmlType="submit" loading={mutation.isPending}>
          {fa.save}
        </Button>
      </Flex>
    </Form>
  );
}
