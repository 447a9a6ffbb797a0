import { toPersianDigits } from '@peyk/persian';
import type { ErrorEntry } from './error-entry';

/** Longest that a search by words may take. */
export const searchSeconds = 3;

/** Errors that every service and the HTTP gateway may answer. */
export const commonErrors = {
  'input.invalid': {
    kind: 'invalid_input',
    en: 'Some fields are not valid.',
    fa: 'برخی از مقدارهای واردشده درست نیست.',
  },
  'input.tooLarge': {
    kind: 'too_large',
    en: 'The request is larger than allowed.',
    fa: 'حجم درخواست بیش از حد مجاز است.',
  },
  'input.unsupportedType': {
    kind: 'invalid_input',
    en: 'This content type is not accepted here.',
    fa: 'این نوع محتوا پذیرفته نمی‌شود.',
  },
  'idempotency.keyReused': {
    kind: 'invalid_state',
    en: 'This idempotency key was used before with another request.',
    fa: 'این کلید یکتایی پیش‌تر با درخواست دیگری به کار رفته است.',
  },
  'route.notFound': {
    kind: 'not_found',
    en: 'There is nothing at this address.',
    fa: 'چنین نشانی‌ای وجود ندارد.',
  },
  'access.denied': { kind: 'forbidden', en: 'You may not do this.', fa: 'اجازه‌ی این کار را ندارید.' },
  'access.tokenMissing': { kind: 'unauthenticated', en: 'Sign in first.', fa: 'ابتدا وارد شوید.' },
  'access.tokenInvalid': {
    kind: 'unauthenticated',
    en: 'The access token is not valid or has expired.',
    fa: 'نشست شما معتبر نیست یا پایان یافته است. دوباره وارد شوید.',
  },
  'rate.limited': {
    kind: 'limited',
    en: 'Too many requests; try later.',
    fa: 'تعداد درخواست‌ها زیاد است؛ کمی بعد دوباره تلاش کنید.',
  },
  'service.unavailable': {
    kind: 'unavailable',
    en: 'A part of the system does not answer now; try again.',
    fa: 'بخشی از سامانه اکنون پاسخ نمی‌دهد؛ دوباره تلاش کنید.',
    reasons: {
      busy: {
        en: 'Too much is being made at once; try again in a moment.',
        fa: 'اکنون فایل‌های زیادی در حال ساخته شدن است؛ کمی بعد دوباره تلاش کنید.',
      },
    },
  },
  'search.tooSlow': {
    kind: 'invalid_input',
    en: 'The search was not through in its time; narrow it by further words, a line or a time.',
    fa: `جستجو بیش از ${toPersianDigits(String(searchSeconds))} ثانیه طول کشید؛ با واژه‌های بیشتر، خط یا بازه‌ی زمانی محدودترش کنید.`,
  },
  internal: { kind: 'internal', en: 'An internal error happened.', fa: 'خطای داخلی رخ داد.', report: true },
  'file.empty': { kind: 'invalid_input', en: 'The file is empty.', fa: 'فایل خالی است.' },
  'file.columnMissing': {
    kind: 'invalid_input',
    en: 'A column that is needed was not found by its heading.',
    fa: 'ستونی که لازم است با عنوانش پیدا نشد.',
  },
  'file.notSpreadsheet': {
    kind: 'invalid_input',
    en: 'The file is neither CSV nor xlsx.',
    fa: 'فایل از نوع CSV یا xlsx نیست.',
  },
  'file.oldExcel': {
    kind: 'invalid_input',
    en: 'The file is of the old Excel (xls). Save it as xlsx.',
    fa: 'فایل از قالب قدیمی اکسل (xls) است. در اکسل با «Save As» آن را با قالب xlsx ذخیره کنید.',
  },
  'file.locked': {
    kind: 'invalid_input',
    en: 'The file is locked with a password. Save it without.',
    fa: 'فایل با رمز قفل شده است. در اکسل رمز آن را بردارید و دوباره ذخیره کنید.',
  },
  'file.openDocument': {
    kind: 'invalid_input',
    en: 'The file is an OpenDocument spreadsheet (ods). Save it as xlsx or CSV.',
    fa: 'فایل از قالب OpenDocument (ods) است. آن را با قالب xlsx یا CSV ذخیره کنید.',
  },
  'file.webPage': {
    kind: 'invalid_input',
    en: 'The file is a web page (HTML or XML), whatever its name. Open it in Excel and save it as xlsx.',
    fa: 'محتوای فایل صفحه‌ی وب (HTML یا XML) است، هرچند نام دیگری دارد. آن را در اکسل باز و با قالب xlsx ذخیره کنید.',
  },
  'file.damaged': {
    kind: 'invalid_input',
    en: 'The file is damaged. Open it in Excel and save it anew.',
    fa: 'فایل آسیب دیده است. آن را در اکسل باز و دوباره ذخیره کنید.',
  },
  'file.quoteOpen': {
    kind: 'invalid_input',
    en: 'A quotation mark in the file is never closed. Close or remove it in the row named.',
    fa: 'در فایل گیومه‌ی (") بازی هست که بسته نمی‌شود. آن را در ردیفی که نام برده شده ببندید یا بردارید.',
  },
  'file.tooManyRows': {
    kind: 'too_large',
    en: 'The file has too many rows.',
    fa: 'شمار ردیف‌های فایل زیاد است.',
  },
  'file.tooLarge': { kind: 'too_large', en: 'The file is too large.', fa: 'حجم فایل بیش از حد مجاز است.' },
  'file.bomb': {
    kind: 'invalid_input',
    en: 'The file unpacks to more than allowed.',
    fa: 'محتوای فایل پس از باز شدن بیش از حد مجاز است.',
  },
  'upload.outOfOrder': {
    kind: 'conflict',
    en: 'A part of the upload is missing.',
    fa: 'بخشی از فایل بارگذاری نشده است.',
  },
  'queue.notFound': { kind: 'not_found', en: 'No such queue.', fa: 'چنین صفی وجود ندارد.' },
  'deadLetter.notFound': {
    kind: 'not_found',
    en: 'The queue has no such dead letter.',
    fa: 'چنین پیامی در میان پیام‌های مرده‌ی این صف نیست.',
  },
} as const satisfies Readonly<Record<string, ErrorEntry>>;
