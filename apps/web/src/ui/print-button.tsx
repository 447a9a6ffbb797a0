import { PrinterOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import fa from '../i18n/fa.json';

/** The page on paper: app.css leaves out everything but the content. */
export function PrintButton() {
  return (
    <Button icon={<PrinterOutlined />} onClick={() => window.print()}>
      {fa.print}
    </Button>
  );
}
