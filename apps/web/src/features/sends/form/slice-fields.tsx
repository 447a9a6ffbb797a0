import { Flex, Form } from 'antd';
import { NumberInput } from '../../../ui/inputs';
import fa from '../fa.json';

const rowMax = 100_000_000;

/** A part of the list by row and count: what is left goes another time, without sending to the same twice (SMS-011). */
export function SliceFields() {
  return (
    <Flex gap="0 16px" wrap>
      <Form.Item name="row" label={fa.fromRow} tooltip={fa.sliceAbout} style={{ width: 140 }}>
        <NumberInput min={1} max={rowMax} precision={0} placeholder={fa.firstRow} />
      </Form.Item>
      <Form.Item name="count" label={fa.howMany} style={{ width: 140 }}>
        <NumberInput min={1} max={rowMax} precision={0} placeholder={fa.allRows} />
      </Form.Item>
    </Flex>
  );
}
