import { Form, Input } from 'antd';
import { LtrInput } from '../../ui/inputs';
import { NewPassword } from '../../ui/new-password';
import { required } from '../../ui/use-form';
import { UsernameField } from './username-field';
import fa from './fa.json';

/** Who signs up, and by what they will sign in. */
export function PersonStep({ withPassword }: { readonly withPassword: boolean }) {
  return (
    <>
      <Form.Item name="name" label={fa.fullName} rules={[required(fa.fullName)]}>
        <Input autoComplete="name" maxLength={200} />
      </Form.Item>
      <UsernameField />
      {withPassword && <PersonPassword />}
      <Form.Item name="email" label={fa.email} extra={fa.emailAbout}>
        <LtrInput type="email" inputMode="email" autoComplete="email" maxLength={254} />
      </Form.Item>
      <Form.Item name="referralCode" label={fa.referralCode} extra={fa.referralAbout}>
        <LtrInput autoComplete="off" maxLength={30} />
      </Form.Item>
    </>
  );
}

/** In a later step too where a refresh has forgotten it. */
export function PersonPassword() {
  const known = [
    Form.useWatch<string | undefined>('name'),
    Form.useWatch<string | undefined>('username'),
    Form.useWatch<string | undefined>('mobile'),
  ].filter((word) => word !== undefined);
  return <NewPassword name="password" label={fa.password} known={known} />;
}
