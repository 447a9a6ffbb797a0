import { Button, Form, Radio } from 'antd';
import { useState } from 'react';
import { api, ok } from '../../api/client';
import { FormError } from '../../ui/form-error';
import { LtrInput } from '../../ui/inputs';
import { required, useServerForm } from '../../ui/use-form';
import { CodeEntry } from './code-entry';
import type { Asked } from './code-entry';
import { useEnter } from './granted';
import { Remember } from './remember';
import { useThrottle } from './use-throttle';
import { WaitButton } from './wait-button';
import fa from './fa.json';

interface Request {
  readonly username: string;
  readonly channel: 'bale' | 'sms';
}

/** By a code that comes to what is registered for the username: Bale first (IDN-002, IDN-003). */
export function CodeSignIn() {
  const [asked, setAsked] = useState<Asked>();
  const request = useServerForm({
    submit: (values: Request) =>
      ok(api.POST('/api/v1/sessions/codes', { body: { ...values, purpose: 'sign_in' } })),
    done: (answer) => setAsked({ ...answer, at: Date.now() }),
  });
  const wait = useThrottle(request.refusal);
  const channel = Form.useWatch('channel', request.form) ?? 'bale';
  return (
    <>
      <Form {...request.props} name="ask-code" hidden={Boolean(asked)} initialValues={{ channel: 'bale' }}>
        <FormError error={request.refusal} />
        <Form.Item name="username" label={fa.username} rules={[required(fa.username)]}>
          <LtrInput size="large" autoComplete="username" maxLength={100} />
        </Form.Item>
        <Form.Item name="channel" label={fa.channel} extra={fa.channelAbout}>
          <Radio.Group
            options={[
              { value: 'bale', label: fa.channelBale },
              { value: 'sms', label: fa.channelSms },
            ]}
          />
        </Form.Item>
        <WaitButton wait={wait} loading={request.mutation.isPending}>
          {fa.askCode}
        </WaitButton>
      </Form>
      {asked && (
        <TypedCode
          // Another code begins with an empty field.
          key={asked.requestId}
          asked={asked}
          about={channel === 'sms' ? fa.codeBySms : fa.codeByBale}
          again={() => request.form.submit()}
          asking={request.mutation.isPending}
          refused={request.refusal}
          onBack={() => setAsked(undefined)}
        />
      )}
    </>
  );
}

function TypedCode({
  asked,
  about,
  again,
  asking,
  refused,
  onBack,
}: {
  asked: Asked;
  about: string;
  again: () => void;
  asking: boolean;
  refused: Error | undefined;
  onBack: () => void;
}) {
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
        about={about}
        again={again}
        asking={asking}
        onFull={() => setTimeout(() => form.submit())}
      />
      <Remember />
      <WaitButton wait={wait} loading={mutation.isPending}>
        {fa.signIn}
      </WaitButton>
      <Button type="link" block onClick={onBack} style={{ marginBlockStart: 12 }}>
        {fa.otherUsername}
      </Button>
    </Form>
  );
}
