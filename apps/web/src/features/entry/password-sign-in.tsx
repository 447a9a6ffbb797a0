import { Flex, Form, Input } from 'antd';
import { api, ok } from '../../api/client';
import { FormError } from '../../ui/form-error';
import { LtrInput } from '../../ui/inputs';
import { LinkButton } from '../../ui/link-button';
import { required, useServerForm } from '../../ui/use-form';
import { useEnter } from './granted';
import { Remember } from './remember';
import { useThrottle } from './use-throttle';
import { WaitButton } from './wait-button';
import fa from './fa.json';

interface Values {
  readonly username: string;
  readonly password: string;
  readonly remember?: boolean;
}

/** By username and password (IDN-001). */
export function PasswordSignIn() {
  const enter = useEnter();
  const { form, props, refusal, mutation } = useServerForm({
    submit: (body: Values) => ok(api.POST('/api/v1/sessions', { body })),
    done: enter,
  });
  const wait = useThrottle(refusal);
  return (
    <Form {...props} name="by-password">
      <FormError error={refusal} />
      <Form.Item name="username" label={fa.username} rules={[required(fa.username)]}>
        <LtrInput size="large" autoComplete="username" autoFocus maxLength={100} />
      </Form.Item>
      <Form.Item name="password" label={fa.password} rules={[required(fa.password)]}>
        <Input.Password
          dir="ltr"
          size="large"
          autoComplete="current-password"
          maxLength={200}
          onKeyDown={(event) => {
            // A password typed with the wrong keyboard is the usual reason of a refusal.
            form.setFields([
              { name: 'password', warnings: event.getModifierState('CapsLock') ? [fa.capsLock] : [] },
            ]);
          }}
        />
      </Form.Item>
      <Remember />
      <WaitButton wait={wait} loading={mutation.isPending}>
        {fa.signIn}
      </WaitButton>
      <Flex justify="space-between" wrap gap="small" style={{ marginBlockStart: 12 }}>
        <LinkButton type="link" to="/forgot-password" style={{ paddingInline: 0 }}>
          {fa.forgotten}
        </LinkButton>
        <LinkButton type="link" to="/sign-up" style={{ paddingInline: 0 }}>
          {fa.makeAccount}
        </LinkButton>
      </Flex>
    </Form>
  );
}
