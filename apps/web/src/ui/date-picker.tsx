import { Skeleton } from 'antd';
import { cloneElement, Suspense } from 'react';
import type { ComponentProps, ReactElement, ReactNode } from 'react';
import type { PickerProps } from 'antd/es/date-picker/generatePicker';
import { digits } from './format';
import { lazyPart } from './lazy-part';
import type { JalaliPicker, JalaliRangePicker } from './jalali-picker';

// A calendar is a tenth of the panel's code, and most pages never open one.
const Picker = lazyPart(() => import('./jalali-picker').then(({ JalaliPicker: part }) => part));
const Range = lazyPart(() => import('./jalali-picker').then(({ JalaliRangePicker: part }) => part));

export const dateFormat = 'YYYY/MM/DD';
export const dateTimeFormat = 'YYYY/MM/DD HH:mm';

type DatePickerProps = Omit<PickerProps<Date>, 'value' | 'onChange'> & {
  readonly value?: Date | null;
  readonly onChange?: (date: Date | null) => void;
};

/** Jalali, Asia/Tehran; values are Dates (instants). */
export function DatePicker(props: DatePickerProps) {
  return (
    <Suspense fallback={<Skeleton.Input active />}>
      <Picker cellRender={persianCells} {...(props as ComponentProps<typeof JalaliPicker>)} />
    </Suspense>
  );
}

export function DateRangePicker(props: ComponentProps<typeof JalaliRangePicker>) {
  return (
    <Suspense fallback={<Skeleton.Input active style={{ width: 260 }} />}>
      <Range cellRender={persianCells} {...props} />
    </Suspense>
  );
}

/** For `cellRender` of a picker with hours and minutes, whose columns know Latin digits only. */
export function persianCells(
  current: Date | string | number,
  { type, originNode }: { readonly type: string; readonly originNode: ReactElement },
): ReactNode {
  return type === 'time'
    ? cloneElement(originNode, {}, digits(String(current).padStart(2, '0')))
    : originNode;
}
