import { useQuery } from '@tanstack/react-query';
import { Flex, Form, Select, Switch } from 'antd';
import { api, ok } from '../../api/client';
import type { Schemas } from '../../api/client';
import { AccountPicker } from '../../ui/account-picker';
import { FormModal } from '../../ui/form-modal';
import { LtrInput, NumberInput } from '../../ui/inputs';
import { required } from '../../ui/use-form';
import { lineClassTitles, optionsOf } from '../../ui/terms';
import { limits, within } from '../../ui/limits';
import fa from './fa.json';

type Values = Schemas['LineCreateDto'];

const beginning: Partial<Values> = {
  lineClass: 'service',
  hoursFrom: 0,
  hoursTo: 24,
  refundPolicy: 'submitted',
  shared: false,
};

/** A line for a customer or for the platform; `pool`: one that waits for the next person who signs up. */
export function NewLineModal({ pool = false, onClose }: { pool?: boolean; onClose: () => void }) {
  const links = useQuery({ queryKey: ['links', 'list'], queryFn: () => ok(api.GET('/api/v1/links')) });
  return (
    <FormModal<Values>
      title={pool ? fa.addToPool : fa.newLine}
      action={pool ? fa.addToPool : fa.makeLine}
      initialValues={beginning}
      submit={({ customerId, shared, ...body }) =>
        pool
          ? ok(api.POST('/api/v1/line-pool', { body }))
          : ok(api.POST('/api/v1/lines', { body: { ...body, shared, customerId: customerId ?? null } }))
      }
      said={pool ? fa.pooled : fa.lineMade}
      refresh={[['lines'], ['line-pool'], ['audit']]}
      onClose={onClose}
    >
      <Form.Item
        name="number"
        label={fa.lineNumber}
        extra={fa.lineNumberHelp}
        rules={[required(fa.lineNumber)]}
      >
        <LtrInput maxLength={25} autoFocus />
      </Form.Item>
      <Form.Item name="linkId" label={fa.link} rules={[required(fa.link)]}>
        <Select
          loading={links.isPending}
          options={(links.data?.links ?? []).map(({ id, name }) => ({ value: id, label: name }))}
        />
      </Form.Item>
      <Form.Item name="lineClass" label={fa.class} rules={[required(fa.class)]}>
        <Select options={optionsOf(lineClassTitles)} />
      </Form.Item>
      <Form.Item name="refundPolicy" label={fa.refund}>
        <Select
          options={[
            { value: 'submitted', label: fa.refundSubmitted },
            { value: 'delivered', label: fa.refundDelivered },
          ]}
        />
      </Form.Item>
      <Flex gap="small">
        <Form.Item
          name="hoursFrom"
          label={fa.hoursFrom}
          rules={[required(fa.hoursFrom), within(limits.LineCreateDto.hoursFrom)]}
          style={{ flex: 1 }}
        >
          <NumberInput precision={0} />
        </Form.Item>
        <Form.Item
          name="hoursTo"
          label={fa.hoursTo}
          rules={[required(fa.hoursTo), within(limits.LineCreateDto.hoursTo)]}
          style={{ flex: 1 }}
        >
          <NumberInput precision={0} />
        </Form.Item>
      </Flex>
      {!pool && (
        <>
          <Form.Item name="customerId" label={fa.owner} extra={fa.ownerNewHelp}>
            <AccountPicker label={fa.owner} placeholder={fa.platform} />
          </Form.Item>
          <Form.Item name="shared" label={fa.shared} extra={fa.sharedHelp} valuePropName="checked">
            <Switch />
          </Form.Item>
        </>
      )}
    </FormModal>
  );
}
