import { EditOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Empty, Grid } from 'antd';
import { useState } from 'react';
import { api, ok } from '../../api/client';
import { Page } from '../../ui/page';
import { Failure, Loading } from '../../ui/states';
import { dateTime, fill, toman } from '../../ui/format';
import { languageTitles, operatorTitles } from '../../ui/terms';
import type { LineClass } from '../../ui/terms';
import { ClassTabs } from './class-tabs';
import { TariffModal } from './user-tariff-modal';
import { tariffRows } from './user-tariff-rows';
import type { TariffRow } from './user-tariff-rows';
import fa from './fa.json';
import { Table } from '../../ui/table';

/** What users pay, beside what the reseller pays itself (BIL-009). */
export function UserTariffsScreen() {
  const own = useQuery({ queryKey: ['tariffs', 'own'], queryFn: () => ok(api.GET('/api/v1/tariffs/own')) });
  const sets = useQuery({
    queryKey: ['tariffs', 'users'],
    queryFn: () => ok(api.GET('/api/v1/reseller/tariffs')),
  });
  const failed = own.error ?? sets.error;
  if (failed)
    return <Failure error={failed} onRetry={() => void Promise.all([own.refetch(), sets.refetch()])} />;
  if (!own.data || !sets.data) return <Loading />;
  const rowsOf = (lineClass: LineClass): readonly TariffRow[] =>
    tariffRows(own.data.tariffs, sets.data.tariffs, lineClass, new Date());
  return (
    <Page title={fa.userTariffs} about={fa.userTariffsAbout}>
      {own.data.tariffs.length === 0 ? (
        <Empty description={fa.userNoTariffs} />
      ) : (
        <ClassTabs>{(lineClass) => <Rows lineClass={lineClass} rows={rowsOf(lineClass)} />}</ClassTabs>
      )}
    </Page>
  );
}

function Rows({ lineClass, rows }: { lineClass: LineClass; rows: readonly TariffRow[] }) {
  const phone = !(Grid.useBreakpoint().md ?? true);
  const [changing, setChanging] = useState<TariffRow>();
  return (
    <>
      <Table<TariffRow>
        aria-label={fa.userTariffs}
        rowKey="key"
        dataSource={rows}
        style={{ maxWidth: 960 }}
        columns={[
          {
            title: fa.operator,
            render: ({ operator, language }) => (
              <>
                {operatorTitles[operator]}
                <br />
                <small>{languageTitles[language]}</small>
              </>
            ),
          },
          { title: fa.cost, align: 'end', render: ({ costRials }) => toman(costRials) },
          {
            title: fa.price,
            align: 'end',
            render: ({ priceRials, coming }) => (
              <>
                <strong>{toman(priceRials)}</strong>
                {coming.map(({ validFrom, rialsPerPart }) => (
                  <div key={validFrom}>
                    <small>
                      {fill(fa.comingAt, { at: dateTime(validFrom), price: toman(rialsPerPart) })}
                    </small>
                  </div>
                ))}
              </>
            ),
          },
          ...(phone
            ? []
            : [
                {
                  title: fa.marginPart,
                  align: 'end' as const,
                  render: ({ priceRials, costRials }: TariffRow) => toman(priceRials - costRials),
                },
              ]),
          {
            title: <span className="only-read">{fa.change}</span>,
            width: 56,
            render: (row) => (
              <Button
                icon={<EditOutlined />}
                aria-label={fill(fa.userChangeOf, {
                  operator: operatorTitles[row.operator],
                  language: languageTitles[row.language],
                })}
                onClick={() => setChanging(row)}
              />
            ),
          },
        ]}
      />
      {changing && (
        <TariffModal row={changing} lineClass={lineClass} onClose={() => setChanging(undefined)} />
      )}
    </>
  );
}
