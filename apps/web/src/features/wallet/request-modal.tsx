import { useQueryClient } from '@tanstack/react-query';
import { Form, Input, Modal } from 'antd';
import { api, ok } from '../../api/client';
import { useSay } from '../../app/toasts';
import { TomanInput } from '../../ui/amount';
import { FormError } from '../../ui/form-error';
import { required, useServerForm } from '../../ui/use-form';
import { useOnceKey } from '../../ui/use-once-key';
import { persianCount } from '../../ui/inputs';
import fa from './fa.json';

interface Values {
  readonly amountRials: number;
  readonly note?: string;
}

export function RequestModal({ onClose }: { onClose: () => void }) {
  const say = useSay();
  const queries = useQueryClient();
  const once = useOnceKey();
  const { props, refusal, mutation } = useServerForm({
    submit: (terms: Values) =>
      ok(
        api.POST('/api/v1/topup-requests', {
          body: { ...terms, note: terms.note?.trim() || undefined, idempotencyKey: once.keyOf(terms) },
        }),
      ),
    done: async () => {
      onClose();
      say.success(fa.asked);
      await queries.invalidateQueries({ queryKey: ['requests'] });
    },
  });
  return (
    <Modal
      open
      title={fa.askTitle}
      okText={fa.askSend}
      cancelText={fa.cancel}
      onOk={props.form.submit}
      okButtonProps={{ loading: mutation.isPending }}
      onCancel={onClose}
    >
      <FormError error={refusal} />
      <Form {...props}>
        <Form.Item name="amountRials" label={fa.askedAmount} rules={[required(fa.askedAmount)]}>
          <TomanInput autoFocus />
        </Form.Item>
        <Form.Item name="note" label={fa.noteTo}>
          <Input.TextArea maxLength={200} showCount={persianCount} autoSize={{ minRows: 2 }} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
