import { CloseCircleFilled } from '@ant-design/icons';
import { toLatinDigits } from '@peyk/persian';
import { Input, InputNumber } from 'antd';
import type { ComponentProps } from 'react';
import { digits, fill, number } from './format';
import fa from '../i18n/fa.json';

/** Without bounds: antd would put another number in the place of one that is outside and say nothing. See ui/limits. */
type NumberProps = Omit<ComponentProps<typeof InputNumber<number>>, 'formatter' | 'parser' | 'min' | 'max'>;

/** Takes Persian, Arabic and Latin digits with or without separators; shows Persian ones. */
export function NumberInput(props: NumberProps) {
  return (
    <InputNumber<number>
      inputMode="decimal"
      // Arrow keys step; the two small buttons would have English names.
      controls={false}
      style={{ width: '100%' }}
      {...props}
      formatter={(value, { userTyping, input }) =>
        userTyping
          ? digits(toLatinDigits(input))
          : value === undefined || (value as unknown) === ''
            ? ''
            : number(Number(value), 3)
      }
      parser={(text) => {
        const plain = toLatinDigits(text ?? '')
          .replaceAll(/[٬,،\s]/g, '')
          .replace('٫', '.')
          .replace('\u2212', '-');
        // Nothing is not 0: who only passes an empty field with Tab has written nothing in it.
        return plain === '' ? ('' as unknown as number) : Number(plain);
      }}
    />
  );
}

/** Mobile numbers, codes, usernames: written from left to right, any digits. */
export function LtrInput(props: ComponentProps<typeof Input>) {
  return <Input dir="ltr" {...props} style={{ textAlign: 'left', ...props.style }} />;
}

/** For `allowClear` of text inputs, whose button has no name else. */
export const clearable = { clearIcon: <CloseCircleFilled aria-label={fa.clear} /> };

/** For `showCount`: how many letters there are, in Persian digits. */
export const persianCount = {
  formatter: ({ count, maxLength }: { count: number; maxLength?: number }): string =>
    maxLength === undefined ? number(count) : fill(fa.countOf, { count, max: maxLength }),
};
