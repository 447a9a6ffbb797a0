import { useQueryClient } from '@tanstack/react-query';
import { Form, Input, Modal } from 'antd';
import { api, ok } from '../../api/client';
import { useSay } from '../../app/toasts';
import { FormError } from '../../ui/form-error';
import { fill } from '../../ui/format';
import { LtrInput } from '../../ui/inputs';
import { required, useServerForm } from '../../ui/use-form';
import fa from './fa.json';

interface Values {
  readonly name: string;
  readonly username: string;
  readonly nationalCode: string;
  readonly mobile?: string;
  readonly email?: string;
}

/** A new user of the reseller: its first password is the national code, good for setting an own one (IDN-011, IDN-216). */
export function UserModal({ onClose }: { onClose: () => void }) {
  const say = useSay();
  const queries = useQueryClient();
  const { form, props, refusal, mutation } = useServerForm({
    submit: ({ name, username, nationalCode, mobile, email }: Values) =>
      ok(
        api.POST('/api/v1/accounts', {
          body: {
            name,
            nationalCode,
            mobile: mobile || null,
            email: email || null,
            usernames: [{ kind: 'chosen', username }],
            grants: [{ role: 'sms_customer', scopes: [] }],
          },
        }),
      ),
    done: async ({ name }) => {
      onClose();
      say.success(fill(fa.added, { name }));
      await queries.invalidateQueries({ queryKey: ['reseller'] });
    },
    fields: { 'usernames[0].username': 'username' },
  });
  return (
    <Modal
      open
      title={fa.addUser}
      okText={fa.add}
      cancelText={fa.cancel}
      onOk={form.submit}
      okButtonProps={{ loading: mutation.isPending }}
      onCancel={onClose}
    >
      <FormError error={refusal} />
      <Form {...props} autoComplete="off">
        <Form.Item name="name" label={fa.fullName} rules={[required(fa.fullName)]}>
          <Input autoFocus maxLength={200} />
        </Form.Item>
        <Form.Item name="username" label={fa.username} rules={[required(fa.username)]}>
          <LtrInput maxLength={100} />
        </Form.Item>
        <Form.Item
          name="nationalCode"
          label={fa.nationalCode}
          extra={fa.nationalCodeWhy}
          rules={[required(fa.nationalCode)]}
        >
          <LtrInput inputMode="numeric" maxLength={40} />
        </Form.Item>
        <Form.Item name="mobile" label={fa.mobile}>
          <LtrInput inputMode="tel" maxLength={40} />
        </Form.Item>
        <Form.Item name="email" label={fa.email}>
          <LtrInput inputMode="email" maxLength={254} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
