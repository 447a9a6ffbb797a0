import type { ErrorEntry } from '../core/error-entry';

export const targetingErrors = {
  'list.notFound': {
    kind: 'not_found',
    en: 'No such recipient list.',
    fa: 'چنین فهرست گیرنده‌ای وجود ندارد.',
  },
  'list.notReady': {
    kind: 'invalid_state',
    en: 'This recipient list is still being read.',
    fa: 'این فهرست هنوز در حال خواندن است.',
  },
  'list.inUse': {
    kind: 'invalid_state',
    en: 'A send that has not ended uses this recipient list; it can be deleted when that has ended or is cancelled.',
    fa: 'ارسالی که هنوز پایان نیافته این فهرست را لازم دارد؛ پس از پایان یا لغو آن می‌توانید فهرست را حذف کنید.',
    reasons: {
      combining: {
        en: 'Another list is being put together from this one; try again in a moment.',
        fa: 'فهرست دیگری از روی این فهرست در حال ساخته شدن است؛ لحظه‌ای دیگر دوباره تلاش کنید.',
      },
    },
  },
  'list.empty': {
    kind: 'invalid_input',
    en: 'The list has no valid recipient.',
    fa: 'فهرست هیچ گیرنده‌ی معتبری ندارد.',
  },
  'list.sliceOutOfRange': {
    kind: 'invalid_input',
    en: 'The list has fewer recipients than this row and count ask for.',
    fa: 'شمار گیرندگان از این ردیف به بعد کمتر از تعداد خواسته‌شده است.',
  },
  'list.tooManyNumbers': {
    kind: 'invalid_input',
    en: 'Too many typed numbers; send from a file instead.',
    fa: 'شمار شماره‌های تایپ‌شده زیاد است؛ از ارسال از فایل استفاده کنید.',
  },
  'list.tooManyRecipients': {
    kind: 'too_large',
    en: 'These sources have more recipients than one list may have.',
    fa: 'گیرندگان این منبع‌ها روی هم بیش از گنجایش یک فهرست است.',
  },
  'file.noMobileColumn': {
    kind: 'invalid_input',
    en: 'No column with mobile numbers was found.',
    fa: 'ستونی با شماره‌ی همراه پیدا نشد.',
  },
} as const satisfies Readonly<Record<string, ErrorEntry>>;
