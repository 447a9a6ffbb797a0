import { useQueryClient } from '@tanstack/react-query';
import { Button, Flex, Form, Input, Modal } from 'antd';
import { api, ok } from '../../api/client';
import type { Schemas } from '../../api/client';
import { session } from '../../api/session';
import { useSay } from '../../ui/toasts';
import { FormError } from '../../ui/form-error';
import { NewPassword, weakAtField } from '../../ui/new-password';
import { required, useServerForm } from '../../ui/use-form';
import fa from './fa.json';

interface Props {
  readonly open: boolean;
  readonly profile: Schemas['ProfileDto'];
  readonly onClose: () => void;
}

/** In a small window over the profile (WEB-013, IDN-017, IDN-208). */
export function PasswordWindow({ open, profile, onClose }: Props) {
  return (
    <Modal open={open} title={fa.changePassword} footer={null} onCancel={onClose} width={420} destroyOnHidden>
      <PasswordForm profile={profile} onDone={onClose} />
    </Modal>
  );
}

function PasswordForm({ profile, onDone }: { profile: Schemas['ProfileDto']; onDone: () => void }) {
  const say = useSay();
  const queries = useQueryClient();
  const { props, refusal, mutation } = useServerForm({
    submit: ({ oldPassword, newPassword }: { oldPassword: string; newPassword: string }) =>
      weakAtField(ok(api.POST('/api/v1/me/password', { body: { oldPassword, newPassword } }))),
    done: (granted) => {
      session.open(granted);
      say.success(fa.passwordChanged);
      onDone();
      return Promise.all(
        ['warnings', 'sessions'].map((key) => queries.invalidateQueries({ queryKey: [key] })),
      );
    },
  });
  return (
    <Form {...props} name="change-password">
      <FormError error={refusal} />
      <Form.Item name="oldPassword" label={fa.oldPassword} rules={[required(fa.oldPassword)]}>
        <Input.Password dir="ltr" autoComplete="current-password" maxLength={200} autoFocus />
      </Form.Item>
      <NewPassword
        name="newPassword"
        known={[profile.name, ...profile.usernames.map(({ username }) => username)]}
      />
      <Flex gap="small" justify="flex-end">
        <Button onClick={onDone}>{fa.cancel}</Button>
        <Button type="primary" htmlType="submit" loading={mutation.isPending}>
          {fa.savePassword}
        </Button>
      </Flex>
    </Form>
  );
}
