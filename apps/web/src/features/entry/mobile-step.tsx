import { parseMobile } from '@peyk/persian';
import { Checkbox, Form } from 'antd';
import { LtrInput } from '../../ui/inputs';
import { required } from '../../ui/use-form';
import fa from './fa.json';

/** The mobile that is proved by a code, and the terms (IDN-032, IDN-215). */
export function MobileStep() {
  return (
    <>
      <Form.Item
        name="mobile"
        label={fa.mobile}
        extra={fa.mobileAbout}
        rules={[
          required(fa.mobile),
          {
            validator: (_rule, value: string | undefined) =>
              !value || parseMobile(value).ok ? Promise.resolve() : Promise.reject(new Error(fa.mobileForm)),
          },
        ]}
      >
        <LtrInput size="large" type="tel" inputMode="tel" autoComplete="tel" maxLength={30} />
      </Form.Item>
      <Form.Item
        name="terms"
        valuePropName="checked"
        rules={[
          {
            validator: (_rule, value: boolean | undefined) =>
              value ? Promise.resolve() : Promise.reject(new Error(fa.termsMissing)),
          },
        ]}
      >
        <Checkbox>
          <a href="/terms" target="_blank" rel="noopener">
            {fa.termsTitle}
          </a>{' '}
          {fa.termsAccept}
        </Checkbox>
      </Form.Item>
    </>
  );
}
