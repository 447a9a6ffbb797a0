import { Form, Input } from 'antd';
import { api, ok } from '../../api/client';
import { TomanInput } from '../../ui/amount';
import { FormModal } from '../../ui/form-modal';
import { required } from '../../ui/use-form';
import { useOnceKey } from '../../ui/use-once-key';
import { persianCount } from '../../ui/inputs';
import { limits, withinToman } from '../../ui/limits';
import fa from './fa.json';

interface Values {
  readonly amountRials: number;
  readonly note?: string;
}

export function RequestModal({ onClose }: { onClose: () => void }) {
  const once = useOnceKey();
  return (
    <FormModal<Values>
      title={fa.askTitle}
      action={fa.askSend}
      submit={(terms) =>
        ok(
          api.POST('/api/v1/topup-requests', {
            body: { ...terms, note: terms.note?.trim() || undefined, idempotencyKey: once.keyOf(terms) },
          }),
        )
      }
      said={fa.asked}
      refresh={[['requests']]}
      onClose={onClose}
    >
      <Form.Item
        name="amountRials"
        label={fa.askedAmount}
        rules={[required(fa.askedAmount), withinToman(limits.TopupRequestDraftDto.amountRials)]}
      >
        <TomanInput autoFocus />
      </Form.Item>
      <Form.Item name="note" label={fa.noteTo}>
        <Input.TextArea maxLength={200} showCount={persianCount} autoSize={{ minRows: 2 }} />
      </Form.Item>
    </FormModal>
  );
}
