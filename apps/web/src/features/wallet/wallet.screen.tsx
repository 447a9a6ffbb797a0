import { Col, Row } from 'antd';
import { LinkButton } from '../../ui/link-button';
import { Page } from '../../ui/page';
import { Balance } from '../../parts/wallet/balance';
import { TopupForm } from './topup-form';
import fa from './fa.json';

/** Top-up of the own wallet (BIL-001..010). */
export function WalletScreen() {
  return (
    <Page title={fa.topUp} extra={<LinkButton to="/wallet/topups">{fa.topups}</LinkButton>}>
      <Row gutter={[16, 16]}>
        <Col span={24}>
          <Balance />
        </Col>
        <Col span={24}>
          <TopupForm />
        </Col>
      </Row>
    </Page>
  );
}
