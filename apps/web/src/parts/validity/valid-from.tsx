import { Form } from 'antd';
import { DatePicker, dateTimeFormat } from '../../ui/date-picker';
import fa from './fa.json';

/** From when; without it from now. */
export function ValidFrom() {
  return (
    <Form.Item name="validFrom" label={fa.validFrom} extra={fa.fromNow}>
      <DatePicker showTime format={dateTimeFormat} minDate={new Date()} style={{ width: '100%' }} />
    </Form.Item>
  );
}
