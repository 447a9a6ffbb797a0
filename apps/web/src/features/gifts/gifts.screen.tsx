import { EditOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { api, ok } from '../../api/client';
import type { Schemas } from '../../api/client';
import { dateTime, fill, toman } from '../../ui/format';
import { DataList } from '../../ui/list';
import { Page } from '../../ui/page';
import { useAction } from '../../ui/use-action';
import { useConfirm } from '../../ui/use-confirm';
import { GiftModal } from './gift-modal';
import { TimeTag } from '../../parts/validity/time-tag';
import fa from './fa.json';

type TierSet = Schemas['GiftTierSetDto'];

/** Tier tables: past, current and announced ones (BIL-005, BIL-206). */
export function GiftsScreen() {
  const current = useQuery({
    queryKey: ['gifts', 'tiers'],
    queryFn: () => ok(api.GET('/api/v1/gifts/tiers')),
  });
  const [editing, setEditing] = useState(false);
  return (
    <Page
      title={fa.gifts}
      about={fa.giftsAbout}
      extra={
        <Button
          type="primary"
          icon={<EditOutlined />}
          disabled={!current.data}
          onClick={() => setEditing(true)}
        >
          {fa.newTiers}
        </Button>
      }
    >
      <DataList<TierSet>
        label={fa.gifts}
        queryKey={['gifts', 'sets']}
        load={async ({ cursor, limit }) => {
          const page = await ok(api.GET('/api/v1/gifts/tier-sets', { params: { query: { cursor, limit } } }));
          return { rows: page.sets, nextCursor: page.nextCursor };
        }}
        rowKey={({ id }) => id}
        columns={[
          { key: 'from', title: fa.validFrom, main: true, render: ({ validFrom }) => dateTime(validFrom) },
          {
            key: 'until',
            title: fa.validUntil,
            render: ({ validUntil }) => (validUntil ? dateTime(validUntil) : '—'),
          },
          { key: 'tiers', title: fa.tiers, render: (set) => <Tiers set={set} /> },
          { key: 'time', title: fa.time, render: ({ time }) => <TimeTag time={time} /> },
          { key: 'act', title: '', render: (set) => set.time === 'future' && <Withdraw set={set} /> },
        ]}
        empty={fa.noGifts}
      />
      {editing && current.data && <GiftModal tiers={current.data.tiers} onClose={() => setEditing(false)} />}
    </Page>
  );
}

function Tiers({ set: { tiers } }: { set: TierSet }) {
  if (tiers.length === 0) return fa.withoutGift;
  return tiers.map(({ fromRials, discountRials }) => (
    <div key={fromRials}>{fill(fa.tierSaid, { from: toman(fromRials), discount: toman(discountRials) })}</div>
  ));
}

function Withdraw({ set: { id } }: { set: TierSet }) {
  const confirm = useConfirm();
  const withdraw = useAction({
    act: () => ok(api.DELETE('/api/v1/gifts/tier-sets/{tierSetId}', { params: { path: { tierSetId: id } } })),
    said: fa.tiersWithdrawn,
    refresh: [['gifts']],
  });
  const ask = async (): Promise<void> => {
    if (await confirm({ title: fa.withdrawTiers, action: fa.withdraw, danger: true })) withdraw.mutate();
  };
  return (
    <Button danger loading={withdraw.isPending} onClick={() => void ask()}>
      {fa.withdraw}
    </Button>
  );
}
