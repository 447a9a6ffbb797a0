import { toLatinDigits } from '@peyk/persian';
import { Input, InputNumber } from 'antd';
import generatePicker from 'antd/es/date-picker/generatePicker';
import type { ComponentProps } from 'react';
import { digits, number } from './format';
import { jalaliCalendar } from './jalali-calendar';

/** Jalali, Asia/Tehran; values are Dates (instants). `DatePicker.RangePicker` too. */
export const DatePicker = generatePicker<Date>(jalaliCalendar);
export const dateFormat = 'YYYY/MM/DD';
export const dateTimeFormat = 'YYYY/MM/DD HH:mm';

type NumberProps = Omit<ComponentProps<typeof InputNumber<number>>, 'formatter' | 'parser'>;

/** Takes Persian, Arabic and Latin digits with or without separators; shows Persian ones. */
export function NumberInput(props: NumberProps) {
  return (
    <InputNumber<number>
      inputMode="decimal"
      style={{ width: '100%' }}
      {...props}
      formatter={(value, { userTyping, input }) =>
        userTyping
          ? digits(toLatinDigits(input))
          : value === undefined || (value as unknown) === ''
            ? ''
            : number(Number(value), 3)
      }
      parser={(text) =>
        Number(
          toLatinDigits(text ?? '')
            .replaceAll(/[٬,،\s]/g, '')
            .replace('٫', '.')
            .replace('\u2212', '-'),
        )
      }
    />
  );
}

/** Mobile numbers, codes, usernames: written from left to right, any digits. */
export function LtrInput(props: ComponentProps<typeof Input>) {
  return <Input dir="ltr" {...props} style={{ textAlign: 'left', ...props.style }} />;
}
