import { Button } from 'antd';
import { api, ok } from '../../api/client';
import type { Schemas } from '../../api/client';
import { ChoiceFilter } from '../../ui/filters';
import { dateTime, toman } from '../../ui/format';
import { DataList } from '../../ui/list';
import { Page } from '../../ui/page';
import { languageTitles, lineClassTitles, operatorTitles, optionsOf } from '../../ui/terms';
import type { Language, LineClass, Operator } from '../../ui/terms';
import { useAction } from '../../ui/use-action';
import { useConfirm } from '../../ui/use-confirm';
import { useLevels, useLevelTitle } from '../../parts/levels/use-levels';
import { TimeTag, timeOptions } from '../../parts/validity/time-tag';
import type { Time } from '../../parts/validity/time-tag';
import fa from './fa.json';

type Row = Schemas['TariffRowDto'];

/** Every tariff there was, is and will be (BIL-205). */
export function ScheduleScreen() {
  const levels = useLevels();
  const titleOf = useLevelTitle();
  return (
    <Page title={fa.schedule}>
      <DataList<Row>
        label={fa.schedule}
        queryKey={['tariffs', 'schedule']}
        load={async ({ filters, cursor, limit }) => {
          const query = {
            level: filters['level'],
            lineClass: filters['lineClass'] as LineClass | undefined,
            language: filters['language'] as Language | undefined,
            operator: filters['operator'] as Operator | undefined,
            time: filters['time'] as Time | undefined,
            cursor,
            limit,
          };
          const page = await ok(api.GET('/api/v1/tariffs/schedule', { params: { query } }));
          return { rows: page.tariffs, nextCursor: page.nextCursor };
        }}
        rowKey={({ id }) => id}
        filters={
          <>
            <ChoiceFilter
              name="level"
              label={fa.level}
              options={(levels.data?.levels ?? []).map(({ level, title }) => ({
                value: level,
                label: title,
              }))}
            />
            <ChoiceFilter name="lineClass" label={fa.lineClass} options={optionsOf(lineClassTitles)} />
            <ChoiceFilter name="language" label={fa.language} options={optionsOf(languageTitles)} />
            <ChoiceFilter name="operator" label={fa.operator} options={optionsOf(operatorTitles)} />
            <ChoiceFilter name="time" label={fa.time} options={timeOptions} />
          </>
        }
        columns={[
          {
            key: 'from',
            title: fa.levelValidFrom,
            main: true,
            render: ({ validFrom }) => dateTime(validFrom),
          },
          {
            key: 'until',
            title: fa.validUntil,
            render: ({ validUntil }) => (validUntil ? dateTime(validUntil) : '—'),
          },
          { key: 'level', title: fa.level, render: ({ level }) => titleOf(level) },
          { key: 'class', title: fa.lineClass, render: ({ lineClass }) => lineClassTitles[lineClass] },
          { key: 'language', title: fa.language, render: ({ language }) => languageTitles[language] },
          { key: 'operator', title: fa.operator, render: ({ operator }) => operatorTitles[operator] },
          { key: 'price', title: fa.perPart, render: ({ rialsPerPart }) => toman(rialsPerPart) },
          { key: 'time', title: fa.time, render: ({ time }) => <TimeTag time={time} /> },
          { key: 'act', title: '', render: (row) => row.time === 'future' && <Withdraw row={row} /> },
        ]}
        empty={fa.levelNoTariffs}
      />
    </Page>
  );
}

function Withdraw({ row: { id } }: { row: Row }) {
  const confirm = useConfirm();
  const withdraw = useAction({
    act: () => ok(api.DELETE('/api/v1/tariffs/schedule/{tariffId}', { params: { path: { tariffId: id } } })),
    said: fa.tariffWithdrawn,
    refresh: [['tariffs']],
  });
  const ask = async (): Promise<void> => {
    const sure = await confirm({ title: fa.withdrawTariff, action: fa.withdraw, danger: true });
    if (sure) withdraw.mutate();
  };
  return (
    <Button danger loading={withdraw.isPending} onClick={() => void ask()}>
      {fa.withdraw}
    </Button>
  );
}
