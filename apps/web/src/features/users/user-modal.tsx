import { Form, Input } from 'antd';
import { useNavigate } from 'react-router';
import { api, ok } from '../../api/client';
import { FormModal } from '../../ui/form-modal';
import { fill } from '../../ui/format';
import { LtrInput } from '../../ui/inputs';
import { required } from '../../ui/use-form';
import fa from './fa.json';

interface Values {
  readonly name: string;
  readonly username: string;
  readonly nationalCode: string;
  readonly mobile: string;
  readonly email?: string;
}

/** A new user of the reseller: its first password is the national code, good for setting an own one (IDN-011, IDN-216). */
export function UserModal({ onClose }: { onClose: () => void }) {
  const navigate = useNavigate();
  return (
    <FormModal<Values>
      title={fa.addUser}
      action={fa.add}
      submit={async ({ name, username, nationalCode, mobile, email }) => {
        const { id } = await ok(
          api.POST('/api/v1/accounts', {
            body: {
              name,
              nationalCode,
              mobile,
              email: email || null,
              usernames: [{ kind: 'chosen', username }],
              grants: [{ role: 'sms_customer', scopes: [] }],
            },
          }),
        );
        // Where what comes next is offered.
        await navigate(`/people/${id}`, { state: { made: true } });
      }}
      said={({ name }) => fill(fa.added, { name })}
      refresh={[['reseller']]}
      fields={{ 'usernames[0].username': 'username' }}
      onClose={onClose}
    >
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
      <Form.Item name="mobile" label={fa.mobile} rules={[required(fa.mobile)]}>
        <LtrInput inputMode="tel" maxLength={40} />
      </Form.Item>
      <Form.Item name="email" label={fa.email}>
        <LtrInput inputMode="email" maxLength={254} />
      </Form.Item>
    </FormModal>
  );
}
