import { Col, Row } from 'antd';
import { useAccount } from '../../api/use-session';
import { customers } from '../../parts/screens/screen';
import { fill, longDate } from '../../ui/format';
import { Page } from '../../ui/page';
import { Activity } from './activity';
import { AdminFigures } from './admin-figures';
import { Barcode } from './barcode';
import { CustomerFigures } from './customer-figures';
import { LastReceived } from './last-received';
import { NewAbility } from './new-ability';
import { Notices } from './notices';
import { PlatformWarnings } from './platform-warnings';
import { QuickActions } from './quick-actions';
import { RunningSends } from './running-sends';
import fa from './fa.json';

/** The first page after signing in, by role (WEB-011, WEB-012, WEB-024, WEB-027). */
export function HomeScreen() {
  const { name, roles } = useAccount();
  const admin = roles.includes('admin');
  const customer = !admin && customers.some((role) => roles.includes(role));
  return (
    <Page title={fill(fa.hello, { name })} about={longDate(new Date())}>
      {admin && <PlatformWarnings />}
      <Notices admin={admin} customer={customer} reseller={roles.includes('reseller')} />
      <QuickActions roles={roles} />
      <Row gutter={[16, 16]}>
        <Col xs={24} xl={17} className="stack">
          {admin && <AdminFigures />}
          {customer && <CustomerFigures />}
          {customer && <RunningSends />}
          {(admin || customer) && <Activity everybody={admin} />}
        </Col>
        <Col xs={24} xl={7} className="stack">
          {customer && <LastReceived />}
          <Barcode />
          <NewAbility />
        </Col>
      </Row>
    </Page>
  );
}
