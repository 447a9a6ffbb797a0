import { useQuery } from '@tanstack/react-query';
import { Card, Grid, Typography } from 'antd';
import { api, ok } from '../../api/client';
import type { Schemas } from '../../api/client';
import { fill, number, toman } from '../../ui/format';
import { Failure, isLost, Loading } from '../../ui/states';
import { languageTitles, lineClassTitles, operatorTitles } from '../../ui/terms';
import type { Language, LineClass, Operator } from '../../ui/terms';
import { Banners } from './banners';
import { Narrow } from './narrow';
import { tariffRows } from './tariff-table';
import type { TariffRow } from './tariff-table';
import fa from './fa.json';
import { Table } from '../../ui/table';
import './entry.css';

const classes = Object.keys(lineClassTitles) as LineClass[];
const languages = Object.keys(languageTitles) as Language[];

/** What a part costs, and how much less with a greater top-up (BIL-005, BIL-021). */
export function TariffsScreen() {
  const tariffs = useQuery({
    queryKey: ['tariffs'],
    queryFn: () => ok(api.GET('/api/v1/tariffs')),
  });
  const gifts = useQuery({
    queryKey: ['gifts', 'tiers'],
    queryFn: () => ok(api.GET('/api/v1/gifts/tiers')),
  });
  if (isLost(tariffs.error, tariffs.data))
    return <Failure error={tariffs.error} onRetry={() => void tariffs.refetch()} />;
  return (
    <Narrow title={fa.tariffsTitle} width={960}>
      <Banners />
      <Card>
        <Typography.Title level={2} style={{ fontSize: 18, marginBlockStart: 0 }}>
          {fa.tariffsPart}
        </Typography.Title>
        <Typography.Paragraph type="secondary">{fa.tariffsAbout}</Typography.Paragraph>
        {tariffs.data ? <Prices tariffs={tariffs.data.tariffs} /> : <Loading />}
      </Card>
      {gifts.data && gifts.data.tiers.length > 0 && <Tiers gifts={gifts.data} />}
    </Narrow>
  );
}

function Prices({ tariffs }: { tariffs: readonly Schemas['TariffDto'][] }) {
  const phone = !(Grid.useBreakpoint().md ?? true);
  const rows = [...tariffRows(tariffs, Object.keys(operatorTitles) as Operator[])];
  const operator = {
    key: 'operator',
    title: fa.operator,
    render: ({ operators }: TariffRow) => operators.map((each) => operatorTitles[each]).join(fa.comma),
  };
  const pricesOf = (lineClass: LineClass) =>
    languages.map((language) => ({
      key: language,
      title: languageTitles[language],
      align: 'center' as const,
      className: 'numbers',
      render: ({ rials }: TariffRow) => {
        const price = rials[`${lineClass} ${language}`];
        return price === undefined ? fa.noPrice : number(price / 10, 1);
      },
    }));
  // Side by side the prices would be outside of a phone's screen, where nobody looks for them.
  if (phone) {
    return classes.map((lineClass) => (
      <section key={lineClass} style={{ marginBlockEnd: 16 }}>
        <Typography.Title level={3} style={{ fontSize: 15, marginBlock: 4 }}>
          {lineClassTitles[lineClass]}
        </Typography.Title>
        <Table<TariffRow>
          aria-label={lineClassTitles[lineClass]}
          bordered
          className="fit-table wrap-first"
          rowKey={({ operators }) => operators.join()}
          dataSource={rows}
          columns={[operator, ...pricesOf(lineClass)]}
        />
      </section>
    ));
  }
  return (
    <Table<TariffRow>
      aria-label={fa.tariffsTitle}
      bordered
      className="fit-table"
      rowKey={({ operators }) => operators.join()}
      dataSource={rows}
      columns={[
        operator,
        ...classes.map((lineClass) => ({
          key: lineClass,
          title: lineClassTitles[lineClass],
          children: pricesOf(lineClass),
        })),
      ]}
    />
  );
}

function Tiers({ gifts: { tiers, tariffRials } }: { gifts: Schemas['GiftTiersDto'] }) {
  return (
    <Card>
      <Typography.Title level={2} style={{ fontSize: 18, marginBlockStart: 0 }}>
        {fa.tiersTitle}
      </Typography.Title>
      <Typography.Paragraph type="secondary">{fa.tiersAbout}</Typography.Paragraph>
      <Table<Schemas['GiftTierDto']>
        aria-label={fa.tiersTitle}
        bordered
        className="fit-table"
        rowKey="fromRials"
        dataSource={tiers}
        columns={[
          {
            key: 'from',
            title: fa.tierAmount,
            render: ({ fromRials, toRials }) =>
              toRials === null
                ? fill(fa.tierFrom, { from: toman(fromRials) })
                : fill(fa.tierRange, { from: number(fromRials / 10), to: toman(toRials) }),
          },
          {
            key: 'discount',
            title: fa.tierDiscount,
            align: 'center',
            render: ({ discountRials }) => toman(discountRials),
          },
          ...(tariffRials === null
            ? []
            : [
                {
                  key: 'price',
                  title: fa.tierPrice,
                  align: 'center' as const,
                  render: ({ discountRials }: Schemas['GiftTierDto']) => toman(tariffRials - discountRials),
                },
              ]),
        ]}
      />
    </Card>
  );
}
