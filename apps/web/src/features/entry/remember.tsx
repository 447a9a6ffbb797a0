import { WarningOutlined } from '@ant-design/icons';
import { Checkbox, Form, Typography } from 'antd';
import { useId } from 'react';
import fa from './fa.json';

/** «مرا به خاطر بسپار» with what it means on a shared device (WEB-002, WEB-003, IDN-005, IDN-006). */
export function Remember() {
  const about = useId();
  const on = Form.useWatch<boolean | undefined>('remember') ?? false;
  return (
    <div style={{ marginBlockEnd: 20 }}>
      <Form.Item name="remember" valuePropName="checked" noStyle>
        <Checkbox aria-describedby={about} style={{ paddingBlock: 8 }}>
          {fa.remember}
        </Checkbox>
      </Form.Item>
      <Typography.Paragraph id={about} type={on ? 'warning' : 'secondary'} style={{ margin: 0 }}>
        {on && <WarningOutlined />} {on ? fa.rememberOn : fa.rememberOff}
      </Typography.Paragraph>
    </div>
  );
}
