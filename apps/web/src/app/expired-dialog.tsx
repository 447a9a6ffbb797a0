import { useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Form, Input, Modal } from 'antd';
import type { InputRef } from 'antd';
import { useRef, useState } from 'react';
import { api, ApiError, ok } from '../api/client';
import { session } from '../api/session';
import type { Account } from '../api/session';
import fa from '../i18n/fa.json';

/** The page behind it stays as it was: what was typed there is still there after signing in again (WEB-204). */
export function ExpiredDialog({ account }: { account: Account }) {
  const queries = useQueryClient();
  const [refusal, setRefusal] = useState<string>();
  const [busy, setBusy] = useState(false);
  const password = useRef<InputRef>(null);

  const signIn = async ({ username, password }: { username: string; password: string }): Promise<void> => {
    setBusy(true);
    setRefusal(undefined);
    try {
      const granted = await ok(api.POST('/api/v1/sessions', { body: { username, password } }));
      if (granted.session) {
        session.open(granted.session);
        await queries.invalidateQueries();
      } else window.location.assign('/sign-in');
    } catch (error) {
      setRefusal(error instanceof ApiError ? error.message : String(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal
      open
      title={fa.expiredTitle}
      footer={null}
      closable={false}
      mask={{ closable: false }}
      keyboard={false}
      // The window takes the focus as it opens: what is missing is the password alone.
      afterOpenChange={(isOpen) => isOpen && password.current?.focus()}
    >
      <p>{fa.expiredAbout}</p>
      {refusal && <Alert type="error" showIcon role="alert" title={refusal} style={{ marginBlockEnd: 16 }} />}
      <Form layout="vertical" initialValues={{ username: account.username }} onFinish={signIn}>
        <Form.Item
          name="username"
          label={fa.username}
          rules={[{ required: true, message: fa.usernameMissing }]}
        >
          <Input dir="ltr" autoComplete="username" />
        </Form.Item>
        <Form.Item
          name="password"
          label={fa.password}
          rules={[{ required: true, message: fa.passwordMissing }]}
        >
          <Input.Password ref={password} dir="ltr" autoComplete="current-password" />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={busy} block>
          {fa.signIn}
        </Button>
        <Button type="link" block onClick={() => window.location.assign('/sign-in')}>
          {fa.signInOtherWay}
        </Button>
      </Form>
    </Modal>
  );
}
