import { CheckCircleOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Card, Col, Flex, Row, Tag, Typography } from 'antd';
import { api, ok } from '../../api/client';
import type { Schemas } from '../../api/client';
import { Toman } from '../../ui/amount';
import { date, fill, toman } from '../../ui/format';
import { LinkButton } from '../../ui/link-button';
import { Page } from '../../ui/page';
import { Failure, Loading } from '../../ui/states';
import { useAction } from '../../ui/use-action';
import { useConfirm } from '../../ui/use-confirm';
import { useOnceKey } from '../../ui/use-once-key';
import { useWallet } from '../../parts/wallet/balance';
import fa from './fa.json';

type Plan = Schemas['PlanDto'];
type OwnPlan = Schemas['OwnPlanDto'];

/** The own plan, and those that can be bought, with the discounts of now (BIL-020, BIL-022, BIL-208). */
export function OwnPlanScreen() {
  const own = useQuery({ queryKey: ['plans', 'own'], queryFn: () => ok(api.GET('/api/v1/plans/own')) });
  const all = useQuery({ queryKey: ['plans', 'open'], queryFn: () => ok(api.GET('/api/v1/plans')) });
  const failed = own.error ?? all.error;
  if (failed)
    return <Failure error={failed} onRetry={() => void Promise.all([own.refetch(), all.refetch()])} />;
  if (own.data === undefined || !all.data) return <Loading />;
  return (
    <Page title={fa.plan} about={aboutOwn(own.data)}>
      <Flex vertical gap="middle">
        {all.data.banners?.map(({ text, until }) => (
          <Alert
            key={text}
            type="info"
            showIcon
            title={text}
            description={fill(fa.until, { date: date(until) })}
          />
        ))}
        <Row gutter={[16, 16]}>
          {all.data.plans.map((plan) => (
            <Col key={plan.code} xs={24} md={12} xl={8}>
              <PlanCard plan={plan} own={own.data} />
            </Col>
          ))}
        </Row>
      </Flex>
    </Page>
  );
}

function aboutOwn({ plan, state, since }: OwnPlan): string {
  if (!plan || !since) return fa.noPlan;
  return fill(state === 'trial' ? fa.ownTrial : fa.ownActive, { plan: plan.title, date: date(since) });
}

function PlanCard({ plan, own }: { plan: Plan; own: OwnPlan }) {
  const isOwn = own.plan?.code === plan.code;
  return (
    <Card
      style={{ height: '100%', display: 'flex', flexDirection: 'column' }}
      styles={{ body: { flex: 1 } }}
      title={
        <Flex gap="small" align="center" wrap>
          <Typography.Title level={2} style={{ fontSize: 16, margin: 0 }}>
            {plan.title}
          </Typography.Title>
          {isOwn && (
            <Tag color="success" icon={<CheckCircleOutlined />}>
              {own.state === 'trial' ? fa.planTrial : fa.planOwn}
            </Tag>
          )}
          {plan.discount && <Tag color="warning">{fill(fa.off, { percent: plan.discount.percent })}</Tag>}
        </Flex>
      }
    >
      <Flex vertical gap="middle" style={{ height: '100%' }}>
        <span>{plan.description}</span>
        <div>
          {plan.discount && (
            <Typography.Text delete type="secondary" style={{ display: 'block' }}>
              <span className="only-read">{fa.listPrice}</span> {toman(plan.priceRials)}
            </Typography.Text>
          )}
          <strong style={{ fontSize: 20 }}>
            {priceOf(plan) === 0 ? fa.free : <Toman rials={priceOf(plan)} />}
          </strong>
          {plan.discount && (
            <div>
              {fill(fa.discountUntil, { title: plan.discount.title, date: date(plan.discount.until) })}
            </div>
          )}
        </div>
        <div style={{ marginBlockStart: 'auto' }}>
          {!(isOwn && own.state === 'active') && <Buy plan={plan} />}
        </div>
      </Flex>
    </Card>
  );
}

const priceOf = ({ priceRials, discount }: Plan): number => discount?.priceRials ?? priceRials;

/** Pays from the own wallet, at the price that was shown. */
function Buy({ plan }: { plan: Plan }) {
  const wallet = useWallet();
  const confirm = useConfirm();
  const once = useOnceKey();
  const priceRials = priceOf(plan);
  const buy = useAction({
    act: async () => {
      const terms = { planCode: plan.code, priceRials };
      await ok(
        api.POST('/api/v1/plans/purchases', { body: { ...terms, idempotencyKey: once.keyOf(terms) } }),
      );
      once.renew();
    },
    said: fill(fa.bought, { plan: plan.title }),
    refresh: [['plans'], ['wallet'], ['tariffs']],
  });
  const available = wallet.data?.availableRials ?? 0;
  if (wallet.data && available < priceRials)
    return (
      <LinkButton to="/wallet">{fill(fa.topUpFirst, { more: toman(priceRials - available) })}</LinkButton>
    );
  const ask = async (): Promise<void> => {
    const sure = await confirm({
      title: fill(fa.buyTitle, { plan: plan.title }),
      content: fill(fa.buyWhat, { price: toman(priceRials), left: toman(available - priceRials) }),
      action: fa.buy,
    });
    if (sure) buy.mutate();
  };
  return (
    <Button type="primary" block disabled={!wallet.data} loading={buy.isPending} onClick={() => void ask()}>
      {priceRials === 0 ? fa.choose : fa.buy}
    </Button>
  );
}
