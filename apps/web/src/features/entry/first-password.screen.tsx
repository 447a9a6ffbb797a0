import { Card, Form, Typography } from 'antd';
import { Navigate, useLocation } from 'react-router';
import { api, ok } from '../../api/client';
import { session } from '../../api/session';
import { useSessionState } from '../../api/use-session';
import { FormError } from '../../ui/form-error';
import { LinkButton } from '../../ui/link-button';
import { NewPassword, weakAtField } from '../../ui/new-password';
import { useServerForm } from '../../ui/use-form';
import { firstPassword } from './granted';
import { Narrow } from './narrow';
import { returnTo } from './return-to';
import { useThrottle } from './use-throttle';
import { WaitButton } from './wait-button';
import fa from './fa.json';

/** After a sign-in with an issued password nothing opens before an own one is set (IDN-207). */
export function FirstPasswordScreen() {
  const { search } = useLocation();
  const signedIn = useSessionState().kind === 'signedIn';
  const token = firstPassword.token();
  const { props, refusal, mutation } = useServerForm({
    submit: ({ newPassword }: { newPassword: string }) =>
      weakAtField(ok(api.POST('/api/v1/passwords/first', { body: { token: token ?? '', newPassword } }))),
    done: (granted) => {
      firstPassword.done();
      session.open(granted);
    },
  });
  const wait = useThrottle(refusal);
  if (signedIn) return <Navigate to={returnTo(search)} replace />;
  if (!token) return <Navigate to={`/sign-in${search}`} replace />;
  return (
    <Narrow title={fa.firstTitle}>
      <Card>
        <Typography.Paragraph>{fa.firstAbout}</Typography.Paragraph>
        <Form {...props} name="first-password">
          <FormError error={refusal} />
          <NewPassword name="newPassword" autoFocus />
          <WaitButton wait={wait} loading={mutation.isPending}>
            {fa.firstSave}
          </WaitButton>
        </Form>
        {refusal?.code === 'password.tokenInvalid' && (
          <LinkButton type="link" block to={`/sign-in${search}`}>
            {fa.backToSignIn}
          </LinkButton>
        )}
      </Card>
    </Narrow>
  );
}
