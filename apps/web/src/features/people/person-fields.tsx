import { Form, Input } from 'antd';
import { AccountPicker } from '../../ui/account-picker';
import { required } from '../../ui/use-form';
import fa from './fa.json';

export function NameField() {
  return (
    <Form.Item name="name" label={fa.name} rules={[required(fa.name)]}>
      <Input maxLength={200} autoComplete="off" />
    </Form.Item>
  );
}

/** `resellerId`: empty is the site itself. Admins only (IDN-216). */
export function ResellerField() {
  return (
    <Form.Item name="resellerId" label={fa.reseller} extra={fa.resellerHelp}>
      <AccountPicker role="reseller" label={fa.reseller} />
    </Form.Item>
  );
}
