import { Card, Form, Radio, Typography } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { api, ok } from '../../api/client';
import { useSay } from '../../app/toasts';
import { FormError } from '../../ui/form-error';
import { LtrInput } from '../../ui/inputs';
import { LinkButton } from '../../ui/link-button';
import { NewPassword, weakAtField } from '../../ui/new-password';
import { required, useServerForm } from '../../ui/use-form';
import { CodeEntry } from './code-entry';
import type { Asked } from './code-entry';
import { Narrow } from './narrow';
import { useThrottle } from './use-throttle';
import { WaitButton } from './wait-button';
import fa from './fa.json';

interface Request {
  readonly username: string;
  readonly channel: 'bale' | 'sms' | 'email';
}

/** A code to what is registered for the username, then a new password (IDN-209). */
export function ForgotPasswordScreen() {
  const [asked, setAsked] = useState<Asked>();
  const request = useServerForm({
    submit: (values: Request) =>
      ok(api.POST('/api/v1/sessions/codes', { body: { ...values, purpose: 'reset_password' } })),
    done: (answer) => setAsked({ ...answer, at: Date.now() }),
  });
  const wait = useThrottle(request.refusal);
  return (
    <Narrow title={fa.forgottenTitle}>
      <Card>
        <Form
          {...request.props}
          name="ask-reset-code"
          hidden={Boolean(asked)}
          initialValues={{ channel: 'bale' }}
        >
          <Typography.Paragraph>{fa.forgottenAbout}</Typography.Paragraph>
          <FormError error={request.refusal} />
          <Form.Item name="username" label={fa.username} rules={[required(fa.username)]}>
            <LtrInput size="large" autoComplete="username" autoFocus maxLength={100} />
          </Form.Item>
          <Form.Item name="channel" label={fa.channel} extra={fa.channelAbout}>
            <Radio.Group
              options={[
                { value: 'bale', label: fa.channelBale },
                { value: 'sms', label: fa.channelSms },
                { value: 'email', label: fa.channelEmail },
              ]}
            />
          </Form.Item>
          <WaitButton wait={wait} loading={request.mutation.isPending}>
            {fa.askCode}
          </WaitButton>
        </Form>
        {asked && (
          <Reset
            key={asked.requestId}
            asked={asked}
            again={() => request.form.submit()}
            asking={request.mutation.isPending}
            refused={request.refusal}
          />
        )}
        <LinkButton type="link" block to="/sign-in" style={{ marginBlockStart: 12 }}>
          {fa.backToSignIn}
        </LinkButton>
      </Card>
    </Narrow>
  );
}

function Reset({
  asked,
  again,
  asking,
  refused,
}: {
  asked: Asked;
  again: () => void;
  asking: boolean;
  refused: Error | undefined;
}) {
  const navigate = useNavigate();
  const say = useSay();
  const { props, refusal, mutation } = useServerForm({
    submit: ({ code, newPassword }: { code: string; newPassword: string }) =>
      weakAtField(
        ok(api.POST('/api/v1/passwords/reset', { body: { requestId: asked.requestId, code, newPassword } })),
      ),
    done: () => {
      say.success(fa.passwordSet);
      return navigate('/sign-in');
    },
  });
  const wait = useThrottle(refusal);
  return (
    <Form {...props} name="reset-password">
      <FormError error={refusal ?? refused} />
      <CodeEntry asked={asked} about={fa.resetCodeSent} again={again} asking={asking} />
      <NewPassword name="newPassword" />
      <WaitButton wait={wait} loading={mutation.isPending}>
        {fa.setPassword}
      </WaitButton>
    </Form>
  );
}
