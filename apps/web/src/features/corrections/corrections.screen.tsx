import { PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { Page } from '../../ui/page';
import { CorrectionList } from '../../parts/corrections/correction-list';
import { CorrectionModal } from '../../parts/corrections/correction-modal';
import fa from './fa.json';

export function CorrectionsScreen() {
  const [asking, setAsking] = useState(false);
  return (
    <Page
      title={fa.corrections}
      about={fa.correctionsAbout}
      extra={
        <Button type="primary" icon={<PlusOutlined />} onClick={() => setAsking(true)}>
          {fa.addCorrection}
        </Button>
      }
    >
      <CorrectionList />
      {asking && <CorrectionModal onClose={() => setAsking(false)} />}
    </Page>
  );
}
