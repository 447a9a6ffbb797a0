import { Form, Radio } from 'antd';
import { Fragment } from 'react';
import type { ReactNode } from 'react';
import { useLocation, useNavigate, useSearchParams } from 'react-router';
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

/** Of the address of the step of the code. */
interface AskedState {
  readonly purpose: Request['purpose'];
  readonly values: Pick<Request, 'username' | 'channel'>;
  readonly asked: Asked;
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
  // In the history: Back goes back to the username, and a refresh keeps the code that was asked for.
  const location = useLocation();
  const navigate = useNavigate();
  const [params] = useSearchParams();
  const state = location.state as AskedState | null;
  const asked = params.get('step') === 'code' && state?.purpose === purpose ? state.asked : undefined;
  const [first = 'bale'] = channels;
  const { form, props, refusal, mutation } = useServerForm({
    submit: (values: Pick<Request, 'username' | 'channel'>) =>
      ok(api.POST('/api/v1/sessions/codes', { body: { ...values, purpose } })),
    done: (answer, values) => {
      const next = new URLSearchParams(params);
      next.set('step', 'code');
      const state: AskedState = { purpose, values, asked: { ...answer, at: Date.now() } };
      return navigate({ search: `?${next}` }, { state, replace: asked !== undefined });
    },
  });
  const wait = useThrottle(refusal);
  const channel = Form.useWatch('channel', form) ?? first;
  return (
    <>
      <Form
        {...props}
        name={`ask-code-${purpose}`}
        hidden={Boolean(asked)}
        initialValues={{ channel: first, ...(asked && state?.values) }}
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
            back: () => void navigate(-1),
          })}
        </Fragment>
      )}
    </>
  );
}
