import { CheckCircleOutlined, StopOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Card, Col, Flex, Row, Switch, Tag, Typography } from 'antd';
import { api, ok } from '../../api/client';
import type { Schemas } from '../../api/client';
import { fill } from '../../ui/format';
import { Page } from '../../ui/page';
import { Failure, isLost, Loading } from '../../ui/states';
import { useAction } from '../../ui/use-action';
import { useConfirm } from '../../ui/use-confirm';
import { ReportList } from './report-list';
import fa from './fa.json';

type Bank = Schemas['BankDto'];

/** Banks to pay at, on or off, and what they say beside what stands here. */
export function BanksScreen() {
  const { data, error, refetch } = useQuery({
    queryKey: ['banks'],
    queryFn: () => ok(api.GET('/api/v1/banks')),
  });
  if (isLost(error, data)) return <Failure error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading />;
  return (
    <Page title={fa.banks}>
      <Flex vertical gap="large">
        <Row gutter={[16, 16]}>
          {data.banks.map((bank) => (
            <Col key={bank.code} xs={24} md={12}>
              <BankCard bank={bank} />
            </Col>
          ))}
        </Row>
        <section>
          <Typography.Title level={2} style={{ fontSize: 18 }}>
            {fa.reports}
          </Typography.Title>
          <ReportList banks={data.banks} />
        </section>
      </Flex>
    </Page>
  );
}

function BankCard({ bank: { code, title, enabled, configured } }: { bank: Bank }) {
  const confirm = useConfirm();
  const turn = useAction<boolean>({
    act: (on) =>
      ok(api.PUT('/api/v1/banks/{bank}', { params: { path: { bank: code } }, body: { enabled: on } })),
    said: fa.saved,
    refresh: [['banks']],
  });
  const ask = async (on: boolean): Promise<void> => {
    const sure =
      on ||
      (await confirm({
        title: fill(fa.bankOffTitle, { bank: title }),
        content: fa.bankOffWhat,
        action: fa.turnOff,
        danger: true,
      }));
    if (sure) turn.mutate(on);
  };
  return (
    <Card>
      <Flex justify="space-between" align="center" gap="small" wrap>
        <Flex vertical gap={4}>
          <strong>{title}</strong>
          <span>
            {enabled && configured ? (
              <Tag color="success" icon={<CheckCircleOutlined />}>
                {fa.bankOn}
              </Tag>
            ) : (
              <Tag icon={<StopOutlined />}>{configured ? fa.bankIsOff : fa.notConfigured}</Tag>
            )}
          </span>
        </Flex>
        <Switch
          checked={enabled}
          loading={turn.isPending}
          onChange={(on) => void ask(on)}
          aria-label={fill(fa.turnOnOff, { bank: title })}
        />
      </Flex>
    </Card>
  );
}
