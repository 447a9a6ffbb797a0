import { Form, Input, Radio } from 'antd';
import { api, ok } from '../../api/client';
import type { Schemas } from '../../api/client';
import { AccountPicker } from '../../ui/account-picker';
import { TomanInput } from '../../ui/amount';
import { FormModal } from '../../ui/form-modal';
import { required } from '../../ui/use-form';
import { useOnceKey } from '../../ui/use-once-key';
import { persianCount } from '../../ui/inputs';
import { limits, withinToman } from '../../ui/limits';
import fa from './fa.json';

type Values = Omit<Schemas['CorrectionRequestBodyDto'], 'correctionId'>;

/** Asks for a change of a wallet by hand; another administrator decides. */
export function CorrectionModal({ customerId, onClose }: { customerId?: string; onClose: () => void }) {
  const once = useOnceKey();
  return (
    <FormModal<Values>
      title={fa.addCorrection}
      action={fa.askCorrection}
      initialValues={{ customerId, direction: 'credit' }}
      submit={(terms) =>
        ok(api.POST('/api/v1/corrections', { body: { ...terms, correctionId: once.keyOf(terms) } }))
      }
      said={fa.correctionAsked}
      refresh={[['corrections']]}
      onClose={onClose}
    >
      <p>{fa.correctionWhat}</p>
      <Form.Item
        name="customerId"
        label={fa.customer}
        rules={[required(fa.customer)]}
        hidden={Boolean(customerId)}
      >
        <AccountPicker label={fa.customer} />
      </Form.Item>
      <Form.Item name="direction" label={fa.direction} rules={[required(fa.direction)]}>
        <Radio.Group
          options={[
            { value: 'credit', label: fa.credit },
            { value: 'debit', label: fa.debit },
          ]}
        />
      </Form.Item>
      <Form.Item
        name="amountRials"
        label={fa.amount}
        rules={[required(fa.amount), withinToman(limits.CorrectionRequestDto.amountRials)]}
      >
        <TomanInput />
      </Form.Item>
      <Form.Item name="reason" label={fa.reason} extra={fa.reasonWho} rules={[required(fa.reason)]}>
        <Input.TextArea maxLength={200} showCount={persianCount} autoSize={{ minRows: 2 }} />
      </Form.Item>
    </FormModal>
  );
}
