import { Flex, Form, Select, Switch } from 'antd';
import { api, ok } from '../../api/client';
import type { Schemas } from '../../api/client';
import { AccountPicker } from '../../ui/account-picker';
import { FormModal } from '../../ui/form-modal';
import { fill } from '../../ui/format';
import { NumberInput } from '../../ui/inputs';
import { required } from '../../ui/use-form';
import { lineClassTitles, optionsOf } from '../../ui/terms';
import { lineChangeOf } from './line-change';
import type { LineValues } from './line-change';
import { limits, within } from '../../ui/limits';
import fa from './fa.json';

type Line = Schemas['AdminLineDto'];

/** Gives a line to a customer, sets its hours, switches it: only what changed is sent (SMS-208). */
export function LineModal({ line, onClose }: { line: Line; onClose: () => void }) {
  const ours = line.customerId === null;
  return (
    <FormModal<LineValues>
      title={`\u2068${fill(fa.line, { number: line.number })}\u2069`}
      action={fa.save}
      initialValues={{ ...line, customerId: line.customerId ?? undefined }}
      submit={(values) =>
        ok(
          api.PUT('/api/v1/lines/{lineId}', {
            params: { path: { lineId: line.id } },
            body: lineChangeOf(line, values),
          }),
        )
      }
      said={fa.saved}
      refresh={[['lines'], ['audit']]}
      onClose={onClose}
    >
      <Form.Item
        name="customerId"
        label={fa.owner}
        extra={fa.ownerHelp}
        rules={ours ? [] : [required(fa.owner)]}
      >
        <AccountPicker label={fa.owner} placeholder={ours ? fa.platform : undefined} />
      </Form.Item>
      <Form.Item name="lineClass" label={fa.class} extra={fa.classHelp}>
        <Select options={optionsOf(lineClassTitles)} />
      </Form.Item>
      <Flex gap="small">
        <Form.Item
          name="hoursFrom"
          label={fa.hoursFrom}
          rules={[required(fa.hoursFrom), within(limits.LineChangeDto.hoursFrom)]}
          style={{ flex: 1 }}
        >
          <NumberInput precision={0} />
        </Form.Item>
        <Form.Item
          name="hoursTo"
          label={fa.hoursTo}
          rules={[required(fa.hoursTo), within(limits.LineChangeDto.hoursTo)]}
          style={{ flex: 1 }}
        >
          <NumberInput precision={0} />
        </Form.Item>
      </Flex>
      <p style={{ marginBlockStart: -12, opacity: 0.75 }}>{fa.hoursHelp}</p>
      <Form.Item name="active" label={fa.state} extra={fa.activeHelp} valuePropName="checked">
        <Switch checkedChildren={fa.on} unCheckedChildren={fa.off} />
      </Form.Item>
      <Form.Item name="shared" label={fa.shared} extra={fa.sharedHelp} valuePropName="checked">
        <Switch />
      </Form.Item>
    </FormModal>
  );
}
