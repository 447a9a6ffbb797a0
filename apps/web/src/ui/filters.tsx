import { SearchOutlined } from '@ant-design/icons';
import { endOfTehranDay as dayEnd, startOfTehranDay as dayStart } from '@peyk/persian';
import { Input, Select } from 'antd';
import { useEffect, useState } from 'react';
import { dateFormat, DateRangePicker } from './date-picker';
import { clearable } from './inputs';
import { useListState } from './list';
import { useWhenRested } from './use-rested';
import fa from '../i18n/fa.json';

/** A filter that is typed; the list follows when the typing rests. */
export function SearchFilter({
  name = 'search',
  label,
  max = 100,
}: {
  name?: string;
  label: string;
  max?: number;
}) {
  const { filters, set } = useListState();
  const said = filters[name] ?? '';
  const [text, setText] = useState(said);
  useEffect(() => setText(said), [said]);
  useWhenRested(text, (rested) => {
    if (rested !== said) set({ [name]: rested.trim() || undefined });
  });
  return (
    <Input
      allowClear={clearable}
      maxLength={max}
      prefix={<SearchOutlined />}
      placeholder={label}
      aria-label={label}
      value={text}
      onChange={({ target }) => setText(target.value)}
      style={{ width: 260, maxWidth: '100%' }}
    />
  );
}

/** A filter with few values. */
export function ChoiceFilter({
  name,
  label,
  options,
}: {
  name: string;
  label: string;
  options: readonly { value: string; label: string }[];
}) {
  const { filters, set } = useListState();
  return (
    <Select
      allowClear
      placeholder={label}
      aria-label={label}
      value={filters[name]}
      onChange={(value?: string) => set({ [name]: value })}
      options={[...options]}
      style={{ minWidth: 160 }}
      popupMatchSelectWidth={false}
    />
  );
}

/** Days in Tehran: `from` is the beginning of the first, `until` the end of the last (exclusive), ISO instants in the address. */
export function PeriodFilter({ from = 'from', until = 'until' }: { from?: string; until?: string }) {
  const { filters, set } = useListState();
  const dates = [filters[from], filters[until]].map((instant, index) =>
    instant ? new Date(new Date(instant).getTime() - index) : null,
  );
  return (
    <DateRangePicker
      aria-label={fa.period}
      format={dateFormat}
      value={[dates[0] ?? null, dates[1] ?? null]}
      allowEmpty={[true, true]}
      onChange={(days) =>
        set({
          [from]: days?.[0] ? dayStart(days[0]).toISOString() : undefined,
          [until]: days?.[1] ? dayEnd(days[1]).toISOString() : undefined,
        })
      }
    />
  );
}
