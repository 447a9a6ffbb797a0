import { toLatinDigits } from '@peyk/persian';
import { Button, Flex, Form, Typography } from 'antd';
import type { Schemas } from '../../api/client';
import { duration, fill } from '../../ui/format';
import { LtrInput } from '../../ui/inputs';
import { required } from '../../ui/use-form';
import { useCountdown } from './use-countdown';
import fa from './fa.json';
import './entry.css';

export type Asked = Schemas['CodeRequestedDto'] & {
  /** When it was answered, ms since 1970. */
  readonly at: number;
};

interface Props {
  readonly asked: Asked;
  /** Where the code went, in words. */
  readonly about: string;
  readonly again: () => void;
  readonly asking: boolean;
  /** Six digits are there. */
  readonly onFull?: () => void;
}

const length = 6;

/** The field of a one-time code, until when the code is good, and the way to another one. */
export function CodeEntry({ asked, about, again, asking, onFull }: Props) {
  const left = useCountdown(new Date(asked.expiresAt).getTime());
  const wait = useCountdown(asked.at + asked.resendAfterSeconds * 1_000);
  return (
    <>
      <Typography.Paragraph type="secondary" role="status">
        {about}
      </Typography.Paragraph>
      <Form.Item
        name="code"
        label={fa.code}
        normalize={(typed: string) => toLatinDigits(typed).replace(/\D/g, '')}
        rules={[required(fa.code), { len: length, message: fa.codeLength }]}
        extra={left > 0 ? fill(fa.codeGood, { time: duration(left * 1_000) }) : fa.codeOver}
      >
        <LtrInput
          size="large"
          autoFocus
          inputMode="numeric"
          autoComplete="one-time-code"
          maxLength={length}
          className="code-input"
          onChange={({ target }) => {
            if (toLatinDigits(target.value).replace(/\D/g, '').length === length) onFull?.();
          }}
        />
      </Form.Item>
      <Flex justify="center" style={{ marginBlockEnd: 12 }}>
        <Button type="link" disabled={wait > 0} loading={asking} onClick={again} className="counts-down">
          {wait > 0 ? fill(fa.codeAgainIn, { time: duration(wait * 1_000) }) : fa.codeAgain}
        </Button>
      </Flex>
    </>
  );
}
