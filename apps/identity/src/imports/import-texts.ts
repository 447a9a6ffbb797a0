import type { ImportColumn, ImportErrorCode } from '@peyk/contracts/identity';

/** Names of columns, as people know them. */
export const columnNames: Readonly<Record<ImportColumn, string>> = {
  code: 'کد',
  nationalCode: 'کد ملی',
  name: 'نام',
  firstName: 'نام کوچک',
  lastName: 'نام خانوادگی',
  mobile: 'موبایل',
  email: 'ایمیل',
  districtCode: 'کد ناحیه',
  portal: 'پورتال',
  department: 'دپارتمان',
  officeCode: 'کد دفتر',
  replace: 'جایگزین',
  startsOn: 'تاریخ شروع',
  endsOn: 'تاریخ پایان',
};

const texts: Readonly<Record<ImportErrorCode, string>> = {
  required: 'خالی است',
  invalid: 'درست نیست',
  too_long: 'بیش از حد بلند است',
  check_digit: 'با رقم کنترل نمی‌خواند',
  duplicate: 'پیش‌تر در همین فایل آمده است',
  username_taken: 'نام کاربری شخص دیگری است',
  email_taken: 'از آنِ شخص دیگری است',
  belongs_to_another: 'با کد ملی ثبت‌شده برای این کد یکی نیست',
  unknown_district: 'در فهرست ناحیه‌ها نیست',
  ends_before_start: 'پیش از تاریخ شروع است',
  too_many: 'از بیشینه‌ی مجاز برای یک نفر بیشتر است',
};

/** `کد ملی با رقم کنترل نمی‌خواند`. */
export function faultText(field: ImportColumn, code: ImportErrorCode): string {
  return `${columnNames[field]} ${texts[code]}`;
}
