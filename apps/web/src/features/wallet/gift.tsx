import { CheckCircleOutlined } from '@ant-design/icons';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Card, Descriptions, Flex, Tag, Typography, theme } from 'antd';
import { api, ok } from '../../api/client';
import type { Schemas } from '../../api/client';
import { Toman } from '../../ui/amount';
import { fill, toman } from '../../ui/format';
import { isWithin } from '../../ui/limits';
import type { Bounds } from '../../ui/limits';
import { nextTier, tierOf } from './tiers';
import fa from './fa.json';
import { Table } from '../../ui/table';
import { useRested } from '../../ui/use-rested';

type Tier = Schemas['GiftTierDto'];

function useTiers() {
  return useQuery({
    queryKey: ['gifts', 'tiers'],
    queryFn: () => ok(api.GET('/api/v1/gifts/tiers')),
    staleTime: 60_000,
  });
}

/** Gift and final charge as the amount is typed (BIL-004, BIL-007): counted by the server, with the own tariff. */
export function GiftQuote({ amountRials, bounds }: { amountRials: number; bounds: Bounds }) {
  const amountToman = useRested(amountRials) / 10;
  const { data: tiers } = useTiers();
  // What cannot be paid is not asked about.
  const wanted = Number.isInteger(amountToman) && isWithin(amountToman * 10, bounds);
  const { data } = useQuery({
    queryKey: ['gifts', 'quote', amountToman],
    queryFn: () => ok(api.GET('/api/v1/gifts/quote', { params: { query: { amountToman } } })),
    enabled: wanted,
    placeholderData: keepPreviousData,
  });
  const quote = wanted ? data : undefined;
  const next = nextTier(tiers?.tiers ?? [], amountRials);
  return (
    <Card>
      <Descriptions
        column={1}
        size="small"
        title={
          <Typography.Title level={2} style={{ fontSize: 16, margin: 0 }}>
            {fa.quoteTitle}
          </Typography.Title>
        }
        items={[
          { key: 'amount', label: fa.paid, children: <Toman rials={quote?.amountRials ?? 0} /> },
          {
            key: 'gift',
            label: fa.gift,
            children: quote?.giftRials ? (
              <Typography.Text type="success" strong>
                + <Toman rials={quote.giftRials} />
              </Typography.Text>
            ) : (
              fa.noGift
            ),
          },
          {
            key: 'final',
            label: fa.finalCharge,
            children: (
              <Typography.Text strong style={{ fontSize: 18 }} aria-live="polite">
                <Toman rials={quote?.finalRials ?? 0} />
              </Typography.Text>
            ),
          },
          ...(quote?.tier && quote.effectiveTariffRials !== null && quote.tariffRials !== null
            ? [
                {
                  key: 'effective',
                  label: fa.effective,
                  children: fill(fa.effectiveOf, {
                    effective: toman(quote.effectiveTariffRials),
                    tariff: toman(quote.tariffRials),
                  }),
                },
              ]
            : []),
        ]}
      />
      {amountRials > 0 && next && (
        <Typography.Text type="secondary">
          {fill(fa.moreForNext, {
            more: toman(next.moreRials),
            discount: toman(next.tier.discountRials),
          })}
        </Typography.Text>
      )}
    </Card>
  );
}

/** Which discount a message each range of top-ups earns, and where the amount stands (BIL-005, BIL-008). */
export function TierTable({ amountRials }: { amountRials: number }) {
  const { token } = theme.useToken();
  const { data } = useTiers();
  if (!data || data.tiers.length === 0) return null;
  const here = tierOf(data.tiers, amountRials);
  return (
    <Card
      title={
        <Typography.Title level={2} style={{ fontSize: 16, margin: 0 }}>
          {fa.tiersTitle}
        </Typography.Title>
      }
    >
      <Flex vertical gap="small">
        <Table<Tier>
          aria-label={fa.tiersTitle}
          rowKey={({ fromRials }) => fromRials}
          dataSource={data.tiers}
          rowStyle={(tier) => (tier === here ? { background: token.colorPrimaryBg } : undefined)}
          columns={[
            { title: fa.tierRange, render: (tier) => rangeOf(tier) },
            { title: fa.tierDiscount, render: (tier) => toman(tier.discountRials) },
            {
              title: <span className="only-read">{fa.tierHere}</span>,
              width: 110,
              render: (tier) =>
                tier === here && (
                  <Tag color="success" icon={<CheckCircleOutlined />}>
                    {fa.tierHere}
                  </Tag>
                ),
            },
          ]}
        />
        <Typography.Text type="secondary">{fa.tiersWhy}</Typography.Text>
      </Flex>
    </Card>
  );
}

function rangeOf({ fromRials, toRials }: Tier): string {
  return toRials === null
    ? fill(fa.rangeFrom, { from: toman(fromRials) })
    : fill(fa.range, { from: toman(fromRials), to: toman(toRials) });
}
