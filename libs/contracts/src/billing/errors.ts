import type { ErrorEntry } from '../core/error-entry';

export const billingErrors = {
  'wallet.insufficientCredit': {
    kind: 'payment_required',
    en: 'The credit is not enough.',
    fa: 'اعتبار کافی نیست.',
  },
  'plan.notFound': { kind: 'not_found', en: 'No such plan.', fa: 'چنین طرحی وجود ندارد.' },
  'plan.alreadyActive': {
    kind: 'invalid_state',
    en: 'You have this plan already.',
    fa: 'این طرح هم‌اکنون برای شما فعال است.',
  },
  'plan.priceChanged': {
    kind: 'conflict',
    en: 'The price of the plan has changed; look at it again.',
    fa: 'قیمت این طرح تغییر کرده است؛ قیمت تازه را ببینید و دوباره تأیید کنید.',
  },
  'plan.tooMany': {
    kind: 'invalid_state',
    en: 'There are as many plans on the list as allowed; take one off first.',
    fa: 'شمار طرح‌های فهرست به بیشینه رسیده است؛ نخست یکی را از فهرست بردارید.',
  },
  'campaign.notFound': { kind: 'not_found', en: 'No such campaign.', fa: 'چنین تخفیفی وجود ندارد.' },
  'campaign.over': {
    kind: 'invalid_state',
    en: 'This campaign is over.',
    fa: 'زمان این تخفیف به پایان رسیده است.',
  },
  'level.notFound': { kind: 'not_found', en: 'No such level.', fa: 'چنین سطحی وجود ندارد.' },
  'level.tooMany': {
    kind: 'invalid_state',
    en: 'There are as many levels as allowed.',
    fa: 'شمار سطح‌ها به بیشینه رسیده است.',
  },
  'tariff.notFound': { kind: 'not_found', en: 'No such tariff.', fa: 'چنین تعرفه‌ای وجود ندارد.' },
  'price.timePast': {
    kind: 'invalid_input',
    en: 'Prices cannot begin in the past.',
    fa: 'آغاز اعتبار نمی‌تواند در گذشته باشد.',
  },
  'price.timeTaken': {
    kind: 'conflict',
    en: 'Another one begins at the same moment; withdraw it first.',
    fa: 'مورد دیگری از همین زمان آغاز می‌شود؛ نخست آن را پس بگیرید.',
  },
  'price.inForce': {
    kind: 'invalid_state',
    en: 'This is in force already, or was; add a new one instead.',
    fa: 'این مورد هم‌اکنون معتبر است یا اعتبار آن گذشته است؛ به جای آن مورد تازه‌ای بیفزایید.',
  },
  'tierSet.notFound': {
    kind: 'not_found',
    en: 'No such tier table.',
    fa: 'چنین جدول هدیه‌ای وجود ندارد.',
  },
  'tiers.invalid': {
    kind: 'invalid_input',
    en: 'The tiers of gifts do not fit together.',
    fa: 'پله‌های هدیه با هم سازگار نیستند.',
    reasons: {
      empty: { en: 'A tier must end above where it begins.', fa: 'پایان هر پله باید بیشتر از آغاز آن باشد.' },
      overlap: { en: 'Two tiers overlap.', fa: 'دو پله هم‌پوشانی دارند.' },
      gap: {
        en: 'There is a gap between two tiers: more would give less.',
        fa: 'میان دو پله فاصله است: شارژ بیشتر هدیه‌ی کمتری می‌گرفت.',
      },
      open: {
        en: 'The last tier, and no other, is without end.',
        fa: 'پله‌ی آخر، و تنها همان، باید بدون سقف باشد.',
      },
      discount: {
        en: 'The discount must rise from tier to tier.',
        fa: 'تخفیف باید از هر پله به پله‌ی بعد بیشتر شود.',
      },
    },
  },
  'tiers.aboveTariff': {
    kind: 'invalid_state',
    en: 'The discount of a tier would not be below the tariff of every level.',
    fa: 'تخفیف یکی از پله‌های هدیه کمتر از تعرفه‌ی همه‌ی سطح‌ها نیست.',
  },
  'wallet.notFound': { kind: 'not_found', en: 'No such wallet.', fa: 'چنین کیف پولی وجود ندارد.' },
  'price.belowCost': {
    kind: 'invalid_input',
    en: 'Users cannot pay less than the reseller does.',
    fa: 'تعرفه‌ی کاربران نمی‌تواند کمتر از تعرفه‌ی خود نماینده باشد.',
  },
  'resellerTariff.tooMany': {
    kind: 'invalid_state',
    en: 'Too many tariffs are announced already.',
    fa: 'تعداد تعرفه‌های اعلام‌شده‌ی آینده بیش از حد مجاز است.',
  },
  'topupRequest.notFound': {
    kind: 'not_found',
    en: 'No such request.',
    fa: 'چنین درخواست شارژی وجود ندارد.',
  },
  'topupRequest.noReseller': {
    kind: 'invalid_state',
    en: 'Your account belongs to no reseller: top up through the bank.',
    fa: 'حساب شما زیرمجموعه‌ی نماینده‌ای نیست؛ لطفاً از راه درگاه بانک شارژ کنید.',
  },
  'topupRequest.alreadyOpen': {
    kind: 'conflict',
    en: 'A request of yours is waiting already.',
    fa: 'یک درخواست شارژ شما هنوز در انتظار پاسخ است.',
  },
  'topupRequest.ended': {
    kind: 'invalid_state',
    en: 'This request has ended already.',
    fa: 'این درخواست شارژ پیش‌تر پایان یافته است.',
  },
  'reward.notFound': { kind: 'not_found', en: 'No such reward.', fa: 'چنین جایزه‌ای وجود ندارد.' },
  'reward.decided': {
    kind: 'invalid_state',
    en: 'This reward was decided already.',
    fa: 'درباره‌ی این جایزه پیش‌تر تصمیم گرفته شده است.',
  },
  'hold.conflict': {
    kind: 'conflict',
    en: 'A hold with this id exists with other terms.',
    fa: 'رزروی با این شناسه و شرایط دیگر وجود دارد.',
  },
  'hold.notFound': { kind: 'not_found', en: 'No such hold.', fa: 'چنین رزروی وجود ندارد.' },
  'hold.ended': { kind: 'invalid_state', en: 'This hold has ended.', fa: 'این رزرو پایان یافته است.' },
  'hold.exceeded': {
    kind: 'invalid_state',
    en: 'More than the held amount cannot be captured.',
    fa: 'بیش از مبلغ رزروشده قابل برداشت نیست.',
    report: true,
  },
  'transfer.conflict': {
    kind: 'conflict',
    en: 'A transfer with this id exists with other terms.',
    fa: 'تراکنشی با این شناسه و شرایط دیگر وجود دارد.',
  },
  'correction.notFound': { kind: 'not_found', en: 'No such correction.', fa: 'چنین اصلاحیه‌ای وجود ندارد.' },
  'correction.conflict': {
    kind: 'conflict',
    en: 'A correction with this id exists with other terms.',
    fa: 'اصلاحیه‌ای با این شناسه و شرایط دیگر وجود دارد.',
  },
  'correction.samePerson': {
    kind: 'forbidden',
    en: 'Somebody else than the one who asked for a correction decides on it.',
    fa: 'درباره اصلاحیه باید کسی جز درخواست‌کننده آن تصمیم بگیرد.',
  },
  'correction.wrongState': {
    kind: 'invalid_state',
    en: 'This correction has been decided or has expired.',
    fa: 'درباره این اصلاحیه تصمیم گرفته شده یا مهلت آن گذشته است.',
  },
  'statement.tooLong': {
    kind: 'invalid_input',
    en: 'The period has more entries than one PDF may show; shorten it or take the CSV.',
    fa: 'تراکنش‌های این بازه برای یک فایل PDF زیاد است؛ بازه را کوتاه‌تر کنید یا خروجی CSV بگیرید.',
  },
  'tariff.missing': {
    kind: 'invalid_state',
    en: 'No tariff is defined for this kind of line.',
    fa: 'برای این نوع خط تعرفه‌ای تعریف نشده است.',
    report: true,
  },
  'topup.notFound': { kind: 'not_found', en: 'No such top-up.', fa: 'چنین پرداختی وجود ندارد.' },
  'topup.amountOutOfRange': {
    kind: 'invalid_input',
    en: 'The amount is less than the least or more than the greatest top-up.',
    fa: 'مبلغ شارژ از کمینه کمتر یا از بیشینه بیشتر است.',
  },
  'topup.tooManyOpen': {
    kind: 'limited',
    en: 'Too many payments were begun and not finished; wait or finish one.',
    fa: 'پرداخت‌های نیمه‌تمام شما زیاد است؛ یکی را به پایان برسانید یا کمی صبر کنید.',
  },
  'topup.notCredited': {
    kind: 'invalid_state',
    en: 'There is a receipt only of a top-up that was credited.',
    fa: 'تنها شارژی که به حساب نشسته است رسید دارد.',
  },
  'topup.decided': {
    kind: 'invalid_state',
    en: 'The outcome of this payment is known; there is nothing to ask the bank.',
    fa: 'نتیجه‌ی این پرداخت روشن است و پرسش دوباره از بانک لازم نیست.',
  },
  'topup.callbackForeign': {
    kind: 'conflict',
    en: 'What came from the bank does not belong to this payment.',
    fa: 'پاسخی که از بانک رسید با این پرداخت نمی‌خواند.',
  },
  'bank.unavailable': {
    kind: 'invalid_state',
    en: 'This bank cannot be used now; choose another.',
    fa: 'این درگاه بانکی اکنون در دسترس نیست؛ درگاه دیگری برگزینید.',
  },
} as const satisfies Readonly<Record<string, ErrorEntry>>;
