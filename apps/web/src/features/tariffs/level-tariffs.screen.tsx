import { EditOutlined, PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Flex, Select } from 'antd';
import { useState } from 'react';
import { api, ok } from '../../api/client';
import type { Schemas } from '../../api/client';
import { dateTime, fill, toman } from '../../ui/format';
import { LinkButton } from '../../ui/link-button';
import { useListState } from '../../ui/list';
import { Page } from '../../ui/page';
import { Failure, isLost, Loading } from '../../ui/states';
import { languageTitles, lineClassTitles, operatorTitles } from '../../ui/terms';
import type { Language, LineClass, Operator } from '../../ui/terms';
import { ClassTabs } from './class-tabs';
import { useLevels, useLevelTitle } from '../../parts/levels/use-levels';
import { TariffModal } from './level-tariff-modal';
import fa from './fa.json';
import { Table } from '../../ui/table';

type Body = Schemas['TariffAddBodyDto'];
type Row = Schemas['TariffRowDto'];
/** More than a level can have at a time: 8 operators x 2 languages x 2 line classes, with some announced. */
const rowsMax = 200;

/** Current tariffs of one level, with what is announced (BIL-205). */
export function LevelTariffsScreen() {
  const { filters, set } = useListState();
  const level = filters['level'] ?? 'standard';
  const levels = useLevels();
  const [adding, setAdding] = useState<Partial<Body>>();
  return (
    <Page
      title={fa.levelTariffs}
      about={fa.levelTariffsAbout}
      extra={
        <>
          <Button type="primary" icon={<PlusOutlined />} onClick={() => setAdding({ level })}>
            {fa.addTariff}
          </Button>
          <LinkButton to={`/money/tariffs/schedule?level=${level}`}>{fa.schedule}</LinkButton>
        </>
      }
    >
      <Flex vertical gap="middle">
        <Select
          aria-label={fa.level}
          value={level}
          onChange={(value) => set({ level: value })}
          options={(levels.data?.levels ?? []).map(({ level: value, title }) => ({ value, label: title }))}
          style={{ width: 220 }}
        />
        <Matrix level={level} onChange={setAdding} />
      </Flex>
      {adding && <TariffModal initial={adding} onClose={() => setAdding(undefined)} />}
    </Page>
  );
}

function Matrix({ level, onChange }: { level: string; onChange: (initial: Partial<Body>) => void }) {
  const titleOf = useLevelTitle();
  const load = (time: 'current' | 'future') =>
    ok(api.GET('/api/v1/tariffs/schedule', { params: { query: { level, time, limit: rowsMax } } }));
  const { data, error, refetch } = useQuery({
    queryKey: ['tariffs', 'matrix', level],
    queryFn: async () => {
      const [current, future] = await Promise.all([load('current'), load('future')]);
      return { current: current.tariffs, future: future.tariffs };
    },
  });
  if (isLost(error, data)) return <Failure error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading />;
  const isAt =
    (lineClass: LineClass, operator: Operator, language: Language) =>
    (row: Row): boolean =>
      row.lineClass === lineClass && row.operator === operator && row.language === language;
  return (
    <ClassTabs>
      {(lineClass) => (
        <Table
          aria-label={fill(fa.tariffsOf, { level: titleOf(level), lineClass: lineClassTitles[lineClass] })}
          style={{ maxWidth: 860 }}
          rowKey={(operator) => operator}
          dataSource={Object.keys(operatorTitles) as Operator[]}
          columns={[
            { title: fa.operator, render: (operator) => operatorTitles[operator] },
            ...(Object.keys(languageTitles) as Language[]).map((language) => ({
              title: languageTitles[language],
              render: (operator: Operator) => {
                const here = isAt(lineClass, operator, language);
                const now = data.current.find(here)?.rialsPerPart;
                return (
                  <Flex gap="small" align="center" justify="space-between">
                    <span>
                      {now === undefined ? '—' : toman(now)}
                      {data.future.filter(here).map(({ id, validFrom, rialsPerPart }) => (
                        <div key={id}>
                          <small>
                            {fill(fa.comingAt, { at: dateTime(validFrom), price: toman(rialsPerPart) })}
                          </small>
                        </div>
                      ))}
                    </span>
                    <Button
                      type="text"
                      icon={<EditOutlined />}
                      aria-label={fill(fa.levelChangeOf, {
                        operator: operatorTitles[operator],
                        language: languageTitles[language],
                      })}
                      onClick={() => onChange({ level, lineClass, operator, language, rialsPerPart: now })}
                    />
                  </Flex>
                );
              },
            })),
          ]}
        />
      )}
    </ClassTabs>
  );
}
