import { useQuery } from '@tanstack/react-query';
import { Empty } from 'antd';
import { api, ok } from '../../api/client';
import { Page } from '../../ui/page';
import { Failure, isLost, Loading } from '../../ui/states';
import { toman } from '../../ui/format';
import { languageTitles, operatorTitles } from '../../ui/terms';
import type { Language, Operator } from '../../ui/terms';
import { ClassTabs } from './class-tabs';
import fa from './fa.json';
import { Table } from '../../ui/table';

/** What a part costs the caller now (BIL-009). */
export function OwnTariffsScreen() {
  const { data, error, refetch } = useQuery({
    queryKey: ['tariffs', 'own'],
    queryFn: () => ok(api.GET('/api/v1/tariffs/own')),
  });
  if (isLost(error, data)) return <Failure error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading />;
  const priceOf = (lineClass: string, operator: Operator, language: Language): string => {
    const tariff = data.tariffs.find(
      (each) => each.lineClass === lineClass && each.operator === operator && each.language === language,
    );
    return tariff ? toman(tariff.rialsPerPart) : '—';
  };
  return (
    <Page title={fa.ownTariffs} about={fa.ownTariffsAbout}>
      {data.tariffs.length === 0 ? (
        <Empty description={fa.ownNoTariffs} />
      ) : (
        <ClassTabs>
          {(lineClass) => (
            <Table
              aria-label={fa.ownTariffs}
              style={{ maxWidth: 720 }}
              rowKey={(operator) => operator}
              dataSource={Object.keys(operatorTitles) as Operator[]}
              columns={[
                { title: fa.operator, render: (operator) => operatorTitles[operator] },
                ...(Object.keys(languageTitles) as Language[]).map((language) => ({
                  title: languageTitles[language],
                  align: 'end' as const,
                  render: (operator: Operator) => priceOf(lineClass, operator, language),
                })),
              ]}
            />
          )}
        </ClassTabs>
      )}
    </Page>
  );
}
