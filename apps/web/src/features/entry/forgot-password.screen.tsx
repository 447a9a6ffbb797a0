import { Card, Form, Typography } from 'antd';
import { useNavigate } from 'react-router';
import { api, ok } from '../../api/client';
import { useSay } from '../../ui/toasts';
import { FormError } from '../../ui/form-error';
import { LinkButton } from '../../ui/link-button';
import { NewPassword, weakAtField } from '../../ui/new-password';
import { useServerForm } from '../../ui/use-form';
import { AskCode } from './ask-code';
import type { AskedCode } from './ask-code';
import { CodeEntry } from './code-entry';
import { Narrow } from './narrow';
import { useThrottle } from './use-throttle';
import { WaitButton } from './wait-button';
import fa from './fa.json';

/** A code to what is registered for the username, then a new password (IDN-209). */
export function ForgotPasswordScreen() {
  return (
    <Narrow title={fa.forgottenTitle}>
      <Card>
        <AskCode
          purpose="reset_password"
          channels={['bale', 'sms', 'email']}
          about={<Typography.Paragraph>{fa.forgottenAbout}</Typography.Paragraph>}
          autoFocus
        >
          {(code) => <Reset {...code} />}
        </AskCode>
        <LinkButton type="link" block to="/sign-in" style={{ marginBlockStart: 12 }}>
          {fa.backToSignIn}
        </LinkButton>
      </Card>
    </Narrow>
  );
}

function Reset({ asked, again, asking, refused }: AskedCode) {
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
