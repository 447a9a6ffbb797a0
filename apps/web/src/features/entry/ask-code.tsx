import { Form, Radio } from 'antd';
import { Fragment, useState } from 'react';
import type { ReactNode } from 'react';
import { api, ok } from '../../api/client';
import type { ApiError, Schemas } from '../../api/client';
import { FormError } from '../../ui/form-error';
import { LtrInput } from '../../ui/inputs';
import { required, useServerForm } from '../../ui/use-form';
import type { Asked } from './code-entry';
import { useThrottle } from './use-throttle';
import { WaitButton } from './wait-button';
import fa from './fa.json';

type Request = Schemas['CodeRequestDto'];
type Channel = NonNullable<Request['channel']>;
const channelTitles: Readonly<Record<Channel, string>> = {
  bale: fa.channelBale,
  sms: fa.channelSms,
  email: fa.channelEmail,
};

export interface AskedCode {
  readonly asked: Asked;
  readonly channel: Channel;
  readonly again: () => void;
  readonly asking: boolean;
  /** Why another one was refused. */
  readonly refused: ApiError | undefined;
  /** To another username. */
  readonly back: () => void;
}

interface Props {
  readonly purpose: Request['purpose'];
  /** The first is chosen. */
  readonly channels: readonly Channel[];
  readonly about?: ReactNode;
  readonly autoFocus?: boolean;
  /** The form that takes the code; a new one for each code. */
  readonly children: (code: AskedCode) => ReactNode;
}

/** A code to what is registered for a username, over a chosen channel (IDN-002, IDN-209). */
export function AskCode({ purpose, channels, about, autoFocus, children }: Props) {
  const [asked, setAsked] = useState<Asked>();
  const { form, props, refusal, mutation } = useServerForm({
    submit: (values: Pick<Request, 'username' | 'channel'>) =>
      ok(api.POST('/api/v1/sessions/codes', { body: { ...values, purpose } })),
    done: (answer) => setAsked({ ...answer, at: Date.now() }),
  });
  const wait = useThrottle(refusal);
  const [first = 'bale'] = channels;
  const channel = Form.useWatch('channel', form) ?? first;
  return (
    <>
      <Form
        {...props}
        name={`ask-code-${purpose}`}
        hidden={Boolean(asked)}
        initialValues={{ channel: first }}
      >
        {about}
        <FormError error={refusal} />
        <Form.Item name="username" label={fa.username} rules={[required(fa.username)]}>
          <LtrInput size="large" autoComplete="username" autoFocus={autoFocus} maxLength={100} />
        </Form.Item>
        <Form.Item name="channel" label={fa.channel} extra={fa.channelAbout}>
          <Radio.Group options={channels.map((value) => ({ value, label: channelTitles[value] }))} />
        </Form.Item>
        <WaitButton wait={wait} loading={mutation.isPending}>
          {fa.askCode}
        </WaitButton>
      </Form>
      {asked && (
        <Fragment key={asked.requestId}>
          {children({
            asked,
            channel,
            again: form.submit,
            asking: mutation.isPending,
            refused: refusal,
            back: () => setAsked(undefined),
          })}
        </Fragment>
      )}
    </>
  );
}
