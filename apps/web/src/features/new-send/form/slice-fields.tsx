import { Flex, Form } from 'antd';
import { NumberInput } from '../../../ui/inputs';
import { limits, within } from '../../../ui/limits';
import fa from '../fa.json';

/** A part of the list by row and count: what is left goes another time, without sending to the same twice (SMS-011). */
export function SliceFields() {
  return (
    <Flex gap="0 16px" wrap>
      <Form.Item
        name="row"
        label={fa.fromRow}
        tooltip={fa.sliceAbout}
        rules={[within(limits.RecipientsDto.row)]}
        style={{ width: 140 }}
      >
        <NumberInput precision={0} placeholder={fa.firstRow} />
      </Form.Item>
      <Form.Item
        name="count"
        label={fa.howMany}
        rules={[within(limits.RecipientsDto.count)]}
        style={{ width: 140 }}
      >
        <NumberInput precision={0} placeholder={fa.allRows} />
      </Form.Item>
    </Flex>
  );
}
