import { CopyOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Card, Col, Flex, Progress, QRCode, Row, Statistic, Typography } from 'antd';
import { api, ok } from '../../api/client';
import type { Schemas } from '../../api/client';
import { useSay } from '../../ui/toasts';
import { Toman } from '../../ui/amount';
import { dateTime, fill, number, toman } from '../../ui/format';
import { LtrInput } from '../../ui/inputs';
import { Page } from '../../ui/page';
import { Failure, isLost, Loading } from '../../ui/states';
import { RewardTag } from './reward-state';
import fa from './fa.json';
import { Table } from '../../ui/table';

type Club = Schemas['ClubDto'];

/** Own points on top; below, the introduced users, the status and the rewards (BIL-015..017). */
export function ClubScreen() {
  const { data, error, refetch } = useQuery({
    queryKey: ['club', 'own'],
    queryFn: () => ok(api.GET('/api/v1/club')),
  });
  if (isLost(error, data)) return <Failure error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading />;
  // Nothing can be earned in a club that is off; what was earned before is still shown.
  if (data.status === 'inactive' && data.points === 0 && data.rewards.length === 0)
    return (
      <Page title={fa.club}>
        <Alert type="info" showIcon title={statusTexts.inactive} description={fa.clubOff} />
      </Page>
    );
  return (
    <Page title={fa.club} about={fa.clubAbout}>
      <Row gutter={[16, 16]}>
        <Col xs={24} lg={14}>
          <Flex vertical gap="middle">
            <Points club={data} />
            {data.rules && <Rules rules={data.rules} />}
          </Flex>
        </Col>
        <Col xs={24} lg={10}>
          <Referral introduced={data.introducedUsers} />
        </Col>
        <Col span={24}>
          <Rewards rewards={data.rewards} />
        </Col>
      </Row>
    </Page>
  );
}

const statusTexts: Readonly<Record<Club['status'], string>> = {
  inactive: fa.statusInactive,
  collecting: fa.statusCollecting,
  awaiting: fa.statusAwaiting,
};

function Points({ club: { status, points, pointsToReward, rules } }: { club: Club }) {
  const threshold = rules?.thresholdPoints ?? 0;
  const done = threshold > 0 && pointsToReward !== null ? Math.max(0, threshold - pointsToReward) : 0;
  return (
    <Card>
      <Flex vertical gap="middle">
        <Statistic
          title={fa.points}
          valueRender={() => number(points)}
          styles={{ content: { fontSize: 32, fontWeight: 600 } }}
        />
        <Alert type={status === 'awaiting' ? 'success' : 'info'} showIcon title={statusTexts[status]} />
        {rules && pointsToReward !== null && status === 'collecting' && (
          <div>
            <Progress
              percent={threshold > 0 ? Math.min(100, Math.floor((100 * done) / threshold)) : 0}
              showInfo={false}
              aria-label={fa.progress}
            />
            {fill(fa.pointsLeft, { points: pointsToReward, reward: toman(rules.rewardRials) })}
          </div>
        )}
      </Flex>
    </Card>
  );
}

function Rules({ rules }: { rules: Schemas['ClubSettingsDto'] }) {
  const { pointsPerReferral, pointsPerTopupStep, topupStepRials, thresholdPoints, rewardRials } = rules;
  return (
    <Card title={<CardTitle>{fa.howTo}</CardTitle>}>
      <ul style={{ margin: 0, paddingInlineStart: 20, lineHeight: 2.2 }}>
        {pointsPerReferral > 0 && <li>{fill(fa.perReferral, { points: pointsPerReferral })}</li>}
        {pointsPerTopupStep > 0 && (
          <li>{fill(fa.perTopup, { points: pointsPerTopupStep, step: toman(topupStepRials) })}</li>
        )}
        <li>{fill(fa.perReward, { points: thresholdPoints, reward: toman(rewardRials) })}</li>
      </ul>
    </Card>
  );
}

function Referral({ introduced }: { introduced: number }) {
  const say = useSay();
  const { data } = useQuery({
    queryKey: ['club', 'referrals'],
    queryFn: () => ok(api.GET('/api/v1/referrals')),
  });
  const link = data && new URL(data.path, window.location.origin).href;
  const copy = async (): Promise<void> => {
    if (!link) return;
    try {
      await navigator.clipboard.writeText(link);
      say.success(fa.copied);
    } catch {
      say.warning(fa.copyFailed);
    }
  };
  return (
    <Card title={<CardTitle>{fa.introduce}</CardTitle>} loading={!link}>
      {link && (
        <Flex vertical gap="middle" align="center">
          <QRCode value={link} size={168} bgColor="#ffffff" color="#000000" aria-label={fa.referralQr} />
          <Flex gap="small" style={{ width: '100%' }}>
            <LtrInput readOnly value={link} aria-label={fa.referralLink} />
            <Button icon={<CopyOutlined />} onClick={() => void copy()} aria-label={fa.copy} />
          </Flex>
          <Flex gap="large" wrap>
            <Statistic title={fa.introduced} valueRender={() => number(introduced)} />
            <Statistic title={fa.referralCode} valueRender={() => <bdi>{data.code}</bdi>} />
          </Flex>
        </Flex>
      )}
    </Card>
  );
}

function Rewards({ rewards }: { rewards: Club['rewards'] }) {
  return (
    <Card title={<CardTitle>{fa.rewards}</CardTitle>}>
      {rewards.length === 0 ? (
        fa.noRewardsYet
      ) : (
        <Table
          aria-label={fa.rewards}
          rowKey="id"
          dataSource={rewards}
          columns={[
            { title: fa.reachedAt, render: ({ createdAt }) => dateTime(createdAt) },
            { title: fa.reward, render: ({ rewardRials }) => <Toman rials={rewardRials} /> },
            { title: fa.state, render: ({ state }) => <RewardTag state={state} /> },
            { title: fa.refusal, render: ({ refusal }) => refusal ?? '—' },
          ]}
        />
      )}
    </Card>
  );
}

function CardTitle({ children }: { children: string }) {
  return (
    <Typography.Title level={2} style={{ fontSize: 16, margin: 0 }}>
      {children}
    </Typography.Title>
  );
}
