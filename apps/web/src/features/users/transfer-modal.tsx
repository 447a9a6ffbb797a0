import { useQueryClient } from '@tanstack/react-query';
import { Form, Input, Modal, Typography } from 'antd';
import { api, ok } from '../../api/client';
import type { Schemas } from '../../api/client';
import { useSay } from '../../ui/toasts';
import { Toman, TomanInput } from '../../ui/amount';
import { FormError } from '../../ui/form-error';
import { fill, toman } from '../../ui/format';
import { useConfirm } from '../../ui/use-confirm';
import { required, useServerForm } from '../../ui/use-form';
import { useOnceKey } from '../../ui/use-once-key';
import { useWallet } from '../../parts/wallet/balance';
import { limits, withinToman } from '../../ui/limits';
import fa from './fa.json';

interface Values {
  readonly amountRials: number;
  readonly note?: string;
}
interface Props {
  readonly user: Schemas['ResellerUserDto'];
  readonly onClose: () => void;
}

/** Credit from the own wallet to a user, after a question: it cannot be taken back (BIL-209). */
export function TransferModal({ user: { customerId, name }, onClose }: Props) {
  const say = useSay();
  const queries = useQueryClient();
  const confirm = useConfirm();
  const once = useOnceKey();
  const wallet = useWallet();
  const { form, props, refusal, mutation } = useServerForm({
    submit: (terms: Values) =>
      ok(
        api.POST('/api/v1/reseller/users/{customerId}/transfers', {
          params: { path: { customerId } },
          body: { ...terms, note: terms.note?.trim() || undefined, idempotencyKey: once.keyOf(terms) },
        }),
      ),
    done: async ({ amountRials }) => {
      onClose();
      say.success(fill(fa.given, { amount: toman(amountRials), name }));
      await Promise.all(
        [['reseller'], ['wallet']].map((queryKey) => queries.invalidateQueries({ queryKey })),
      );
    },
  });
  const ask = async (values: Values): Promise<void> => {
    const sure = await confirm({
      title: fill(fa.giveTitle, { amount: toman(values.amountRials), name }),
      content: fa.giveWhat,
      action: fa.give,
    });
    if (sure) props.onFinish(values);
  };
  return (
    <Modal
      open
      title={fill(fa.giveTo, { name })}
      okText={fa.give}
      cancelText={fa.cancel}
      onOk={form.submit}
      okButtonProps={{ loading: mutation.isPending }}
      onCancel={onClose}
    >
      {wallet.data && (
        <Typography.Paragraph>
          {fa.yourCredit} <Toman rials={wallet.data.availableRials} />
        </Typography.Paragraph>
      )}
      <FormError error={refusal} />
      <Form {...props} onFinish={(values) => void ask(values)}>
        <Form.Item
          name="amountRials"
          label={fa.amount}
          rules={[
            required(fa.amount),
            withinToman(limits.UserTransferDto.amountRials),
            {
              validator: (_rule, rials?: number | null) =>
                wallet.data && rials && rials > wallet.data.availableRials
                  ? Promise.reject(new Error(fa.aboveCredit))
                  : Promise.resolve(),
            },
          ]}
        >
          <TomanInput autoFocus />
        </Form.Item>
        <Form.Item name="note" label={fa.note} extra={fa.noteExtra}>
          <Input maxLength={150} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
