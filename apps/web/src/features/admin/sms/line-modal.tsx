import { useQueryClient } from '@tanstack/react-query';
import { Flex, Form, Modal, Switch } from 'antd';
import { api, ok } from '../../../api/client';
import type { Schemas } from '../../../api/client';
import { useSay } from '../../../app/toasts';
import { AccountPicker } from '../../../ui/account-picker';
import { fill } from '../../../ui/format';
import { FormError } from '../../../ui/form-error';
import { NumberInput } from '../../../ui/inputs';
import { required, useServerForm } from '../../../ui/use-form';
import { lineChangeOf } from './line-change';
import fa from './fa.json';

type Line = Schemas['AdminLineDto'];

/** Gives a line to a customer, sets its hours, switches it: only what changed is sent (SMS-208). */
export function LineModal({ line, onClose }: { line: Line; onClose: () => void }) {
  const queries = useQueryClient();
  const say = useSay();
  const { props, refusal, mutation } = useServerForm({
    submit: (values: Required<Schemas['LineChangeBodyDto']>) =>
      ok(
        api.PUT('/api/v1/lines/{lineId}', {
          params: { path: { lineId: line.id } },
          body: lineChangeOf(line, values),
        }),
      ),
    done: async () => {
      say.success(fa.saved);
      onClose();
      await queries.invalidateQueries({ queryKey: ['lines'] });
    },
  });
  return (
    <Modal
      open
      title={<bdi>{fill(fa.line, { number: line.number })}</bdi>}
      okText={fa.save}
      confirmLoading={mutation.isPending}
      onOk={props.form.submit}
      onCancel={onClose}
    >
      <FormError error={refusal} />
      <Form {...props} initialValues={line}>
        <Form.Item name="customerId" label={fa.owner} extra={fa.ownerHelp} rules={[required(fa.owner)]}>
          <AccountPicker label={fa.owner} />
        </Form.Item>
        <Flex gap="small">
          <Form.Item
            name="hoursFrom"
            label={fa.hoursFrom}
            rules={[required(fa.hoursFrom)]}
            style={{ flex: 1 }}
          >
            <NumberInput min={0} max={23} precision={0} />
          </Form.Item>
          <Form.Item name="hoursTo" label={fa.hoursTo} rules={[required(fa.hoursTo)]} style={{ flex: 1 }}>
            <NumberInput min={0} max={24} precision={0} />
          </Form.Item>
        </Flex>
        <p style={{ marginBlockStart: -12, opacity: 0.75 }}>{fa.hoursHelp}</p>
        <Form.Item name="active" label={fa.state} extra={fa.activeHelp} valuePropName="checked">
          <Switch checkedChildren={fa.on} unCheckedChildren={fa.off} />
        </Form.Item>
        <Form.Item name="shared" label={fa.shared} extra={fa.sharedHelp} valuePropName="checked">
          <Switch />
        </Form.Item>
      </Form>
    </Modal>
  );
}
