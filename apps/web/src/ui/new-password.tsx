import { CheckCircleOutlined, MinusCircleOutlined } from '@ant-design/icons';
import { Flex, Form, Input, Progress, Typography, theme } from 'antd';
import { ApiError } from '../api/client';
import { fill } from './format';
import { passwordHelp, passwordMin } from './password-strength';
import { required } from './use-form';
import fa from './password.fa.json';

const reasons: Readonly<Record<string, string>> = {
  short: fill(fa.weakShort, { min: passwordMin }),
  common: fa.weakCommon,
  personal: fa.weakPersonal,
  unchanged: fa.weakUnchanged,
};

/** Why a password was refused, at its field: `await weakAtField(ok(api.POST(...)))`. Other errors as they are. */
export async function weakAtField<T>(call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    if (!(error instanceof ApiError) || error.code !== 'password.weak') throw error;
    const { field = 'newPassword', reason = '' } = error.details as { field?: string; reason?: string };
    const message = reasons[reason] ?? error.message;
    const details = { fields: [{ field, rule: reason, message }] };
    throw new ApiError(error.code, message, error.status, details, error.requestId);
  }
}

interface Props {
  /** As the API names it. */
  readonly name: 'newPassword' | 'password';
  readonly label?: string;
  /** Words that others know of the person. */
  readonly known?: readonly string[];
  readonly autoFocus?: boolean;
}

/** A new password, twice, with help while it is typed (IDN-208). Part of a form. */
export function NewPassword({ name, label = fa.newPassword, known, autoFocus }: Props) {
  const typed = Form.useWatch<string | undefined>(name) ?? '';
  return (
    <>
      <Form.Item
        name={name}
        label={label}
        rules={[required(label)]}
        extra={<Help typed={typed} known={known} />}
      >
        <Input.Password dir="ltr" autoComplete="new-password" maxLength={200} autoFocus={autoFocus} />
      </Form.Item>
      <Form.Item
        name="repeat"
        label={fa.repeat}
        dependencies={[name]}
        rules={[
          required(fa.repeat),
          ({ getFieldValue }) => ({
            validator: (_rule, value: string | undefined) =>
              !value || value === getFieldValue(name)
                ? Promise.resolve()
                : Promise.reject(new Error(fa.repeatWrong)),
          }),
        ]}
      >
        <Input.Password dir="ltr" autoComplete="new-password" maxLength={200} />
      </Form.Item>
    </>
  );
}

function Help({ typed, known }: { typed: string; known: readonly string[] | undefined }) {
  const { token } = theme.useToken();
  const { long, varied, unknown, strength } = passwordHelp(typed, known);
  const begun = typed !== '';
  const rules = [
    { text: fill(fa.ruleLong, { min: passwordMin }), met: long },
    { text: fa.ruleVaried, met: varied },
    { text: fa.ruleUnknown, met: begun && unknown },
  ];
  const colors = [token.colorError, token.colorWarning, token.colorSuccess, token.colorSuccess];
  const word = [fa.strength0, fa.strength1, fa.strength2, fa.strength3][strength] ?? '';
  return (
    <div style={{ paddingBlockStart: 4 }}>
      {begun && (
        <Flex align="center" gap="small">
          <Progress
            percent={(strength + 1) * 25}
            showInfo={false}
            size="small"
            strokeColor={colors[strength]}
            aria-hidden
            style={{ width: 120 }}
          />
          <span role="status">{fill(fa.strength, { word })}</span>
        </Flex>
      )}
      <ul style={{ listStyle: 'none', margin: 0, padding: 0 }}>
        {rules.map(({ text, met }) => (
          <li key={text}>
            {met ? (
              <CheckCircleOutlined style={{ color: token.colorSuccess }} aria-label={fa.ruleMet} />
            ) : (
              <MinusCircleOutlined aria-label={fa.ruleUnmet} />
            )}{' '}
            {text}
          </li>
        ))}
      </ul>
      {begun && strength < 2 && <Typography.Text type="secondary">{fa.hint}</Typography.Text>}
    </div>
  );
}
