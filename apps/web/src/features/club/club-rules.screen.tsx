import { useQuery } from '@tanstack/react-query';
import { Flex, Typography } from 'antd';
import { api, ok } from '../../api/client';
import type { Schemas } from '../../api/client';
import { useAccount } from '../../api/use-session';
import { Toman } from '../../ui/amount';
import { ChoiceFilter } from '../../ui/filters';
import { dateTime, number } from '../../ui/format';
import { DataList } from '../../ui/list';
import { Page } from '../../ui/page';
import { Failure, isLost, Loading } from '../../ui/states';
import { ClubForm } from './club-form';
import { Decide } from '../../parts/requests/decide';
import { rewardOptions, RewardTag } from './reward-state';
import type { RewardState } from './reward-state';
import fa from './fa.json';

type Reward = Schemas['RewardDto'];

/** Rules and rewards of a reseller's club; an administrator's are those for direct customers (BIL-018, BIL-019, BIL-211). */
export function ClubRulesScreen() {
  const { roles } = useAccount();
  const { data, error, refetch } = useQuery({
    queryKey: ['club', 'settings'],
    queryFn: () => ok(api.GET('/api/v1/club/settings')),
  });
  if (isLost(error, data)) return <Failure error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading />;
  return (
    <Page title={fa.clubRules} about={roles.includes('reseller') ? fa.clubOfUsers : fa.clubOfDirect}>
      <Flex vertical gap="large">
        <ClubForm settings={data.settings} />
        <section>
          <Typography.Title level={2} style={{ fontSize: 18 }}>
            {fa.rewards}
          </Typography.Title>
          <RewardList />
        </section>
      </Flex>
    </Page>
  );
}

function RewardList() {
  return (
    <DataList<Reward>
      label={fa.rewards}
      queryKey={['club', 'rewards']}
      load={async ({ filters, cursor, limit }) => {
        const query = { state: filters['state'] as RewardState | undefined, cursor, limit };
        const page = await ok(api.GET('/api/v1/club/rewards', { params: { query } }));
        return { rows: page.rewards, nextCursor: page.nextCursor };
      }}
      rowKey={({ id }) => id}
      filters={<ChoiceFilter name="state" label={fa.state} options={rewardOptions} />}
      columns={[
        { key: 'who', title: fa.name, main: true, render: ({ customerName }) => customerName },
        { key: 'at', title: fa.reachedAt, render: ({ createdAt }) => dateTime(createdAt) },
        { key: 'points', title: fa.points, render: ({ thresholdPoints }) => number(thresholdPoints) },
        { key: 'reward', title: fa.reward, render: ({ rewardRials }) => <Toman rials={rewardRials} /> },
        { key: 'state', title: fa.state, render: ({ state }) => <RewardTag state={state} /> },
        { key: 'refusal', title: fa.refusal, render: ({ refusal }) => refusal ?? '—' },
        {
          key: 'act',
          title: '',
          render: (reward) => reward.state === 'awaiting' && <DecideReward {...reward} />,
        },
      ]}
      empty={fa.noRewards}
    />
  );
}

function DecideReward({ id, customerName, rewardRials }: Reward) {
  const params = { path: { rewardId: id } };
  return (
    <Decide
      customerName={customerName}
      amountRials={rewardRials}
      giveWhat={fa.rewardWhat}
      approve={() => ok(api.POST('/api/v1/club/rewards/{rewardId}/approve', { params }))}
      refuseTitle={fa.refuseRewardTitle}
      refuseWhat={fa.refuseRewardWhat}
      refuse={(reason) =>
        ok(api.POST('/api/v1/club/rewards/{rewardId}/refuse', { params, body: { reason } }))
      }
      refresh={[['club'], ['wallet']]}
    />
  );
}
