import generatePicker from 'antd/es/date-picker/generatePicker';
import { jalaliCalendar } from './jalali-calendar';

/** Comes with code of its own: {@link ./date-picker}. */
export const JalaliPicker = generatePicker<Date>(jalaliCalendar);
export const JalaliRangePicker = JalaliPicker.RangePicker;
