import { ApiOutlined, BarChartOutlined, SafetyCertificateOutlined, SendOutlined } from '@ant-design/icons';
import { Card, Col, Flex, Row, Typography, theme } from 'antd';
import { useSessionState } from '../../api/use-session';
import { fill } from '../../ui/format';
import { LinkButton } from '../../ui/link-button';
import { Failure, isLost, Loading } from '../../ui/states';
import { Banners, usePlans } from './banners';
import { PlanFacts } from './plan-facts';
import fa from './fa.json';
import './entry.css';

const abilities = [
  { icon: <SendOutlined />, title: fa.bulkTitle, text: fa.bulkText },
  { icon: <BarChartOutlined />, title: fa.reportTitle, text: fa.reportText },
  { icon: <SafetyCertificateOutlined />, title: fa.sureTitle, text: fa.sureText },
  { icon: <ApiOutlined />, title: fa.serviceTitle, text: fa.serviceText },
] as const;

/** For visitors: what Peyk is, what it costs, and how to begin (BIL-020..022, WEB-212). */
export function PublicHomeScreen() {
  const { token } = theme.useToken();
  const state = useSessionState();
  return (
    <Flex vertical gap={40} style={{ maxWidth: 1120, marginInline: 'auto', paddingBlock: 32 }}>
      <Flex vertical align="center" gap="middle" style={{ textAlign: 'center' }}>
        <Typography.Title style={{ margin: 0, fontSize: 'clamp(26px, 5vw, 40px)' }}>
          {fa.heroTitle}
        </Typography.Title>
        <Typography.Paragraph
          type="secondary"
          className="balanced"
          style={{ fontSize: 16, maxWidth: 640, margin: 0 }}
        >
          {fa.heroText}
        </Typography.Paragraph>
        {state.kind === 'signedIn' ? (
          <LinkButton type="primary" size="large" to="/home">
            {fill(fa.toPanelOf, { name: state.account.name })}
          </LinkButton>
        ) : (
          <Flex gap="small" wrap justify="center">
            <LinkButton type="primary" size="large" to="/sign-up">
              {fa.begin}
            </LinkButton>
            <LinkButton size="large" to="/sign-in">
              {fa.signInPanel}
            </LinkButton>
          </Flex>
        )}
      </Flex>
      <Banners />
      <Row gutter={[16, 16]} role="group" aria-label={fa.abilities}>
        {abilities.map(({ icon, title, text }) => (
          <Col key={title} xs={24} sm={12} lg={6}>
            <Card style={{ height: '100%' }}>
              <span style={{ fontSize: 24, color: token.colorLink }}>{icon}</span>
              <Typography.Title level={2} style={{ fontSize: 16, marginBlock: 8 }}>
                {title}
              </Typography.Title>
              <Typography.Text type="secondary">{text}</Typography.Text>
            </Card>
          </Col>
        ))}
      </Row>
      <Plans signedIn={state.kind === 'signedIn'} />
    </Flex>
  );
}

function Plans({ signedIn }: { signedIn: boolean }) {
  const { data, error, refetch } = usePlans();
  if (isLost(error, data)) return <Failure error={error} onRetry={() => void refetch()} />;
  return (
    <section>
      <Flex justify="space-between" align="baseline" wrap gap="small" style={{ marginBlockEnd: 16 }}>
        <Typography.Title level={2} style={{ fontSize: 22, margin: 0 }}>
          {fa.plansTitle}
        </Typography.Title>
        <LinkButton type="link" to="/tariffs" style={{ paddingInline: 0 }}>
          {fa.seeTariffs}
        </LinkButton>
      </Flex>
      {data ? (
        <Row gutter={[16, 16]}>
          {data.plans.map((plan) => (
            <Col key={plan.code} xs={24} md={8}>
              <Card style={{ height: '100%' }} styles={{ body: { height: '100%' } }}>
                <Flex vertical style={{ height: '100%' }}>
                  <Typography.Title level={3} style={{ fontSize: 18, marginBlockStart: 0 }}>
                    {plan.title}
                  </Typography.Title>
                  <div style={{ flex: 1 }}>
                    <PlanFacts plan={plan} />
                  </div>
                  {!signedIn && (
                    <LinkButton
                      block
                      to={`/sign-up?plan=${plan.code}`}
                      aria-label={fill(fa.chooseNamed, { title: plan.title })}
                    >
                      {fa.choose}
                    </LinkButton>
                  )}
                </Flex>
              </Card>
            </Col>
          ))}
        </Row>
      ) : (
        <Loading />
      )}
    </section>
  );
}
