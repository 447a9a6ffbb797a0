import { Button, Flex, Form, Input } from 'antd';
import { Link } from 'react-router';
import { api, ok } from '../../api/client';
import { FormError } from '../../ui/form-error';
import { LtrInput } from '../../ui/inputs';
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
    <Form {...props} name="by-password" disabled={false}>
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
        <Link to="/forgot-password">
          <Button type="link" tabIndex={-1} style={{ paddingInline: 0 }}>
            {fa.forgotten}
          </Button>
        </Link>
        <Link to="/sign-up">
          <Button type="link" tabIndex={-1} style={{ paddingInline: 0 }}>
            {fa.makeAccount}
          </Button>
        </Link>
      </Flex>
    </Form>
  );
}
