import { Checkbox, Form, Input, Typography } from 'antd';
import { FormModal } from '../../ui/form-modal';
import { fill, mobile } from '../../ui/format';
import { required } from '../../ui/use-form';
import type { OptOut } from './columns';
import fa from './fa.json';

interface Values {
  readonly reason: string;
  readonly consent?: boolean;
}

interface Props {
  readonly optOut: OptOut;
  readonly send: (body: Values) => Promise<unknown>;
  readonly refresh: readonly string[];
  readonly onClose: () => void;
}

/** Takes a number out, with a reason; where the subscriber asked for it, with the consent of the subscriber. */
export function RemoveModal({ optOut, send, refresh, onClose }: Props) {
  const isTheirs = optOut.source === 'message';
  const number = mobile(optOut.number);
  return (
    <FormModal<Values>
      title={fill(fa.removeOf, { number })}
      action={fa.remove}
      submit={send}
      said={fill(fa.removed, { number })}
      refresh={[[...refresh]]}
      onClose={onClose}
    >
      <Typography.Paragraph>{isTheirs ? fa.removeMessage : fa.removeWhat}</Typography.Paragraph>
      {isTheirs && (
        <Form.Item
          name="consent"
          valuePropName="checked"
          rules={[
            {
              validator: (_rule, value: boolean | undefined) =>
                value ? Promise.resolve() : Promise.reject(new Error(fa.consentMissing)),
            },
          ]}
        >
          <Checkbox>{fa.consent}</Checkbox>
        </Form.Item>
      )}
      <Form.Item
        name="reason"
        label={isTheirs ? fa.reasonConsent : fa.reason}
        rules={[{ ...required(fa.reason), whitespace: true }]}
      >
        <Input.TextArea maxLength={500} autoSize={{ minRows: 2, maxRows: 5 }} />
      </Form.Item>
    </FormModal>
  );
}
