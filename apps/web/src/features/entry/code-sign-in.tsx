import { Button, Form } from 'antd';
import { api, ok } from '../../api/client';
import { FormError } from '../../ui/form-error';
import { useServerForm } from '../../ui/use-form';
import { AskCode } from './ask-code';
import type { AskedCode } from './ask-code';
import { CodeEntry } from './code-entry';
import { useEnter } from './granted';
import { Remember } from './remember';
import { useThrottle } from './use-throttle';
import { WaitButton } from './wait-button';
import fa from './fa.json';

/** By a code that comes to what is registered for the username: Bale first (IDN-002, IDN-003). */
export function CodeSignIn() {
  return (
    <AskCode purpose="sign_in" channels={['bale', 'sms']}>
      {(code) => <TypedCode {...code} />}
    </AskCode>
  );
}

function TypedCode({ asked, channel, again, asking, refused, back }: AskedCode) {
  const enter = useEnter();
  const { form, props, refusal, mutation } = useServerForm({
    submit: (values: { readonly code: string; readonly remember?: boolean }) =>
      ok(api.POST('/api/v1/sessions/by-code', { body: { ...values, requestId: asked.requestId } })),
    done: enter,
  });
  const wait = useThrottle(refusal);
  return (
    <Form {...props} name="by-code">
      <FormError error={refusal ?? refused} />
      <CodeEntry
        asked={asked}
        about={channel === 'sms' ? fa.codeBySms : fa.codeByBale}
        again={again}
        asking={asking}
        onFull={() => setTimeout(() => form.submit())}
      />
      <Remember />
      <WaitButton wait={wait} loading={mutation.isPending}>
        {fa.signIn}
      </WaitButton>
      <Button type="link" block onClick={back} style={{ marginBlockStart: 12 }}>
        {fa.otherUsername}
      </Button>
    </Form>
  );
}
