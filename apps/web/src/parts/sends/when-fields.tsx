import { Flex, Radio, Select } from 'antd';
import type { Schemas } from '../../api/client';
import { DatePicker, dateTimeFormat, persianCells } from '../../ui/date-picker';
import { NumberInput } from '../../ui/inputs';
import { optionsOf } from '../../ui/terms';
import { repeats } from './words';
import { limits, within } from '../../ui/limits';
import fa from './fa.json';

const aheadMs = 60 * 60_000;

/** Now, or a moment of the Jalali calendar (SMS-006). */
export function TimeField({
  id,
  value,
  onChange,
}: {
  id?: string;
  value?: Date | undefined;
  onChange?: (at: Date | undefined) => void;
}) {
  return (
    <Flex gap="small" wrap align="center">
      <Radio.Group
        id={id}
        aria-label={fa.sendTime}
        value={value ? 'later' : 'now'}
        onChange={({ target }) => onChange?.(target.value === 'later' ? wholeMinutes(aheadMs) : undefined)}
        optionType="button"
        options={[
          { value: 'now', label: fa.now },
          { value: 'later', label: fa.later },
        ]}
      />
      {value && <MomentField value={value} onChange={onChange} />}
    </Flex>
  );
}

/** A day and a time of the Jalali calendar. A past one stays as it was typed; who asks for it refuses it with a word. */
export function MomentField({
  id,
  value,
  onChange,
}: {
  id?: string;
  value?: Date | undefined;
  onChange?: ((at: Date | undefined) => void) | undefined;
}) {
  return (
    <DatePicker
      id={id}
      aria-label={fa.sendTimeAt}
      value={value}
      onChange={(at: unknown) => onChange?.(at instanceof Date ? at : undefined)}
      showTime={{ format: 'HH:mm' }}
      format={dateTimeFormat}
      cellRender={persianCells}
      needConfirm={false}
      allowClear={false}
      style={{ minWidth: 180 }}
    />
  );
}

function wholeMinutes(fromNowMs: number): Date {
  return new Date(Math.ceil((Date.now() + fromNowMs) / 300_000) * 300_000);
}

type Repeat = Schemas['RepeatDto'];

/** How often the send repeats at the same Tehran time (SMS-007). */
export function RepeatField({
  id,
  value,
  onChange,
}: {
  id?: string;
  value?: Repeat | undefined;
  onChange?: (repeat: Repeat | undefined) => void;
}) {
  return (
    <Flex gap="small" wrap align="center">
      <Select<Repeat['every'] | 'once'>
        id={id}
        value={value?.every ?? 'once'}
        onChange={(every) => onChange?.(every === 'once' ? undefined : { every, times: value?.times ?? 2 })}
        options={[{ value: 'once', label: fa.once }, ...optionsOf(repeats)]}
        style={{ minWidth: 120 }}
      />
      {value && (
        <>
          <NumberInput
            aria-label={fa.repeatTimes}
            precision={0}
            value={value.times}
            onChange={(times) => onChange?.({ ...value, times: times ?? limits.RepeatDto.times.min })}
            style={{ width: 90 }}
          />
          <span>{fa.timesInAll}</span>
        </>
      )}
    </Flex>
  );
}

const times = within(limits.RepeatDto.times);
/** The rule of a {@link RepeatField}. */
export const repeatRule = {
  validator: (rule: unknown, value?: Repeat): Promise<void> => times.validator(rule, value?.times),
};
