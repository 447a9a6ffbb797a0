import { toPersianDigits } from '@peyk/persian';

/**
 * One table of error codes for the whole platform (architecture.md section 3, style section 7).
 *
 * A service throws `DomainError(code)`; over RPC only code, details and request id travel; the HTTP gateway alone
 * knows numbers (`httpStatusOf`). `fa` is what a person reads, `en` what a program's log shows. `report` marks the
 * ones that a person on call should see: expected refusals are not reported.
 */
export type ErrorKind =
  | 'invalid_input'
  | 'unauthenticated'
  | 'payment_required'
  | 'forbidden'
  | 'not_found'
  | 'conflict'
  | 'too_large'
  | 'invalid_state'
  | 'limited'
  | 'internal'
  | 'upstream_failed'
  | 'unavailable';

/** Longest that a search by words may take. */
export const searchSeconds = 3;

interface ErrorEntry {
  readonly kind: ErrorKind;
  readonly en: string;
  readonly fa: string;
  readonly report?: true;
  /** Instead of the text, by `details.reason`. */
  readonly reasons?: Readonly<Record<string, { readonly en: string; readonly fa: string }>>;
}

const table = {
  // Everywhere
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

  // Identity
  'login.failed': {
    kind: 'unauthenticated',
    en: 'The username or the password is wrong.',
    fa: 'نام کاربری یا رمز عبور نادرست است.',
  },
  'login.throttled': {
    kind: 'limited',
    en: 'Too many failed tries; wait before the next one.',
    fa: 'تلاش ناموفق زیاد بوده است؛ پیش از تلاش بعدی کمی صبر کنید.',
  },
  'session.ended': {
    kind: 'unauthenticated',
    en: 'This session has ended.',
    fa: 'این نشست پایان یافته است.',
  },
  'session.notFound': { kind: 'not_found', en: 'No such session.', fa: 'چنین نشستی وجود ندارد.' },
  'password.wrong': {
    kind: 'invalid_input',
    en: 'The present password is wrong.',
    fa: 'رمز عبور کنونی نادرست است.',
  },
  'password.weak': {
    kind: 'invalid_input',
    en: 'This password is too weak.',
    fa: 'این رمز عبور ضعیف است.',
    reasons: {
      short: {
        en: 'A password has at least 8 characters.',
        fa: 'رمز عبور باید دست‌کم ۸ نویسه داشته باشد.',
      },
      common: {
        en: 'This password is among the most common ones.',
        fa: 'این رمز عبور بسیار رایج است و به‌آسانی حدس زده می‌شود.',
      },
      personal: {
        en: 'The password may not be made of your name, username, national code, mobile or e-mail.',
        fa: 'رمز عبور نباید نام، نام کاربری، کد ملی، شماره‌ی همراه یا رایانامه‌ی شما باشد.',
      },
      unchanged: {
        en: 'The new password is the present one.',
        fa: 'رمز عبور تازه همان رمز کنونی است.',
      },
    },
  },
  'password.tokenInvalid': {
    kind: 'unauthenticated',
    en: 'The time for setting the password is over; sign in again.',
    fa: 'مهلت تعیین رمز عبور به پایان رسیده است؛ دوباره وارد شوید.',
  },
  'account.notFound': { kind: 'not_found', en: 'No such account.', fa: 'چنین حسابی وجود ندارد.' },
  'account.usernameTaken': {
    kind: 'conflict',
    en: 'Another account has this username.',
    fa: 'این نام کاربری از آن حساب دیگری است.',
  },
  'account.usernameNotFound': {
    kind: 'not_found',
    en: 'The account has no such username.',
    fa: 'این حساب چنین نام کاربری‌ای ندارد.',
  },
  'account.lastUsername': {
    kind: 'invalid_state',
    en: 'This is the only username of the account; give it another one first.',
    fa: 'این تنها نام کاربری حساب است؛ نخست نام دیگری به آن بدهید.',
  },
  'account.nationalCodeTaken': {
    kind: 'conflict',
    en: 'Another account has this national code.',
    fa: 'حساب دیگری با این کد ملی وجود دارد.',
  },
  'account.nationalCodeMissing': {
    kind: 'invalid_state',
    en: 'The account has no national code to make its first password of.',
    fa: 'کد ملی این حساب ثبت نشده است تا رمز نخست از آن ساخته شود.',
  },
  'account.mobileTaken': {
    kind: 'conflict',
    en: 'Another account has this mobile number.',
    fa: 'حساب دیگری با این شماره‌ی همراه وجود دارد.',
  },
  'account.emailTaken': {
    kind: 'conflict',
    en: 'Another account has this e-mail address.',
    fa: 'حساب دیگری با این رایانامه وجود دارد.',
  },
  'account.lastAdmin': {
    kind: 'invalid_state',
    en: 'This is the last account that may administer; make another one admin first.',
    fa: 'این تنها حساب مدیر سامانه است؛ نخست حساب دیگری را مدیر کنید.',
  },
  'account.self': {
    kind: 'invalid_state',
    en: 'This cannot be done to the own account.',
    fa: 'این کار را با حساب خودتان نمی‌توانید بکنید.',
  },
  'account.readOnly': {
    kind: 'invalid_state',
    en: 'These data are registered by the organisation; open a ticket to have them corrected.',
    fa: 'این مشخصات را سازمان ثبت کرده است؛ برای اصلاح آن تیکت مغایرت اطلاعات شخصی بفرستید.',
  },
  'account.reasonMissing': {
    kind: 'invalid_input',
    en: 'Say why these data are changed.',
    fa: 'دلیل تغییر این مشخصات را بنویسید.',
  },
  'barcode.invalid': {
    kind: 'invalid_state',
    en: 'This barcode is not valid or has expired.',
    fa: 'این بارکد معتبر نیست یا زمان آن گذشته است.',
  },
  'code.wrong': {
    kind: 'invalid_state',
    en: 'The code is wrong.',
    fa: 'کد واردشده نادرست است.',
  },
  'code.expired': {
    kind: 'invalid_state',
    en: 'This code is no longer valid; ask for a new one.',
    fa: 'این کد دیگر معتبر نیست؛ کد تازه بگیرید.',
  },
  'code.tooManyTries': {
    kind: 'invalid_state',
    en: 'The code was tried too often; ask for a new one.',
    fa: 'این کد بیش از اندازه آزموده شده است؛ کد تازه بگیرید.',
  },
  'code.tooSoon': {
    kind: 'limited',
    en: 'A code was sent a moment ago; wait before asking for another.',
    fa: 'کد همین چند لحظه پیش فرستاده شد؛ برای کد تازه کمی صبر کنید.',
  },
  'code.tooMany': {
    kind: 'limited',
    en: 'Too many codes were asked for; try later.',
    fa: 'شمار کدهای درخواست‌شده به بیشینه رسیده است؛ بعداً دوباره تلاش کنید.',
  },
  'bale.off': {
    kind: 'invalid_state',
    en: 'This installation has no Bale bot.',
    fa: 'اتصال به بله در این سامانه فعال نیست.',
  },
  'contactChange.noMobile': {
    kind: 'invalid_state',
    en: 'The account has no mobile to which a code could go.',
    fa: 'برای این حساب شماره‌ای ثبت نیست که کد به آن برود؛ شماره را مدیر سامانه ثبت می‌کند.',
  },
  'contactChange.mobileHeld': {
    kind: 'invalid_state',
    en: 'The mobile was changed by somebody else a short time ago; it cannot be changed by codes yet.',
    fa: 'شماره‌ی این حساب به‌تازگی از سوی کس دیگری عوض شده است؛ تا پایان مهلت آن با کد عوض نمی‌شود.',
  },
  'contactChange.notHeld': {
    kind: 'invalid_state',
    en: 'No change of this account is held: it was decided already, or its time is over.',
    fa: 'تغییری در انتظار نیست: پیش‌تر تعیین تکلیف شده یا مهلت آن گذشته است.',
  },
  'contactChange.needsOther': {
    kind: 'forbidden',
    en: 'A second person of another role has to agree.',
    fa: 'موافقت فرد دومی با نقش دیگر لازم است.',
  },
  'bale.noMobile': {
    kind: 'invalid_state',
    en: 'No mobile is registered for this account.',
    fa: 'برای این حساب شماره‌ی همراهی ثبت نشده است.',
  },
  'terms.outdated': {
    kind: 'conflict',
    en: 'These terms are no longer in force; read and accept the current ones.',
    fa: 'شرایط و قوانین تغییر کرده است؛ نسخه‌ی تازه را بخوانید و بپذیرید.',
  },
  'referral.unknown': {
    kind: 'invalid_input',
    en: 'Nobody has this referral code.',
    fa: 'کد معرف نادرست است.',
  },
  'account.disabled': {
    kind: 'forbidden',
    en: 'The account is disabled.',
    fa: 'حساب کاربری غیرفعال است.',
  },
  'apiKey.invalid': {
    kind: 'unauthenticated',
    en: 'The API key is not valid.',
    fa: 'کلید API معتبر نیست.',
  },
  'apiKey.addressRefused': {
    kind: 'forbidden',
    en: 'The API key is not accepted from this address.',
    fa: 'کلید API از این نشانی پذیرفته نمی‌شود.',
  },
  'apiKey.notFound': { kind: 'not_found', en: 'No such API key.', fa: 'چنین کلید API وجود ندارد.' },
  'apiKey.tooMany': {
    kind: 'invalid_state',
    en: 'There are as many API keys as allowed; revoke one first.',
    fa: 'شمار کلیدهای API به بیشینه رسیده است؛ نخست یکی را لغو کنید.',
  },

  'import.notFound': { kind: 'not_found', en: 'No such import.', fa: 'چنین ورود اطلاعاتی وجود ندارد.' },
  'import.wrongState': {
    kind: 'invalid_state',
    en: 'The import is in a state that does not allow this.',
    fa: 'ورود اطلاعات در وضعیتی است که این کار ممکن نیست.',
  },

  // Billing
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

  // Top-ups
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

  // Recipient lists
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
  'file.empty': { kind: 'invalid_input', en: 'The file is empty.', fa: 'فایل خالی است.' },
  'file.noMobileColumn': {
    kind: 'invalid_input',
    en: 'No column with mobile numbers was found.',
    fa: 'ستونی با شماره‌ی همراه پیدا نشد.',
  },
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

  // SMS
  'line.notFound': { kind: 'not_found', en: 'No such sender line.', fa: 'چنین خط فرستنده‌ای ندارید.' },
  'optOut.notFound': {
    kind: 'not_found',
    en: 'No such opt-out.',
    fa: 'چنین لغوی در فهرست نیست.',
  },
  'optOut.consentMissing': {
    kind: 'invalid_state',
    en: 'The subscriber asked for it by a text: it is taken back with the consent of the subscriber only.',
    fa: 'این شماره خودش با پیامک لغو کرده است؛ تنها با رضایت خود او برداشته می‌شود. رضایت را تأیید کنید و در دلیل بنویسید.',
  },
  'line.numberTaken': {
    kind: 'conflict',
    en: 'A line has this number already, or waits with it in the pool.',
    fa: 'خطی با این شماره وجود دارد یا در مخزن خطوط است.',
  },
  'line.inUse': {
    kind: 'invalid_state',
    en: 'Sends of this line are not finished, or the platform needs it itself.',
    fa: 'این خط ارسال ناتمام دارد یا خود سامانه به آن نیاز دارد؛ نخست ارسال‌ها را لغو کنید یا تا پایان آن‌ها صبر کنید.',
  },
  'line.disabled': { kind: 'invalid_state', en: 'This line is switched off.', fa: 'این خط غیرفعال است.' },
  'send.notFound': { kind: 'not_found', en: 'No such send.', fa: 'چنین ارسالی وجود ندارد.' },
  'send.messagesRemoved': {
    kind: 'not_found',
    en: 'The messages of this send are too old to be kept; its counts and costs are still there.',
    fa: 'ریز پیام‌های این ارسال قدیمی است و دیگر نگهداری نمی‌شود؛ شمار و هزینه‌ی آن مانده است.',
  },
  'send.textEmpty': { kind: 'invalid_input', en: 'The text is empty.', fa: 'متن پیام خالی است.' },
  'send.textTooLong': {
    kind: 'invalid_input',
    en: 'The text makes more parts than allowed.',
    fa: 'متن پیام از بیشترین تعداد بخش مجاز بلندتر است.',
  },
  'send.timePast': {
    kind: 'invalid_input',
    en: 'The send time is in the past.',
    fa: 'زمان ارسال گذشته است.',
  },
  'send.timeBehindNext': {
    kind: 'invalid_input',
    en: 'The send time must be before the next occurrence of the repetition.',
    fa: 'زمان تازه باید پیش از نوبت بعدی این ارسال دوره‌ای باشد.',
  },
  'send.late': {
    kind: 'invalid_state',
    en: 'Its time had passed by more than the platform allows before it could begin; nothing was sent or charged.',
    fa: 'پیش از آنکه ارسال آغاز شود، بیش از مهلت مجاز از زمان آن گذشته بود؛ چیزی فرستاده نشد و هزینه‌ای برداشته نشد.',
  },
  'send.superseded': {
    kind: 'invalid_state',
    en: 'A newer occurrence of the repetition was due already; nothing was sent or charged.',
    fa: 'زمان نوبت تازه‌تری از این ارسال دوره‌ای رسیده بود؛ این نوبت فرستاده نشد و هزینه‌ای برداشته نشد.',
  },
  'send.timeTooFar': {
    kind: 'invalid_input',
    en: 'The send time is too far in the future.',
    fa: 'زمان ارسال بیش از حد دور است.',
  },
  'send.laneNotAllowed': {
    kind: 'invalid_input',
    en: 'This kind of send does not allow so many recipients.',
    fa: 'این نوع ارسال برای این تعداد گیرنده مجاز نیست.',
  },
  'send.wrongState': {
    kind: 'invalid_state',
    en: 'The send is in a state that does not allow this.',
    fa: 'ارسال در وضعیتی است که این کار ممکن نیست.',
  },
  'message.notFound': {
    kind: 'not_found',
    en: 'The send has no such message.',
    fa: 'چنین پیامی در این ارسال نیست.',
  },
  'thread.notFound': {
    kind: 'not_found',
    en: 'No such conversation in the inbox.',
    fa: 'چنین گفتگویی در صندوق دریافت شما نیست.',
  },
  'message.wrongState': {
    kind: 'invalid_state',
    en: 'The message is not in doubt.',
    fa: 'این پیام در وضعیت نامعلوم نیست.',
  },
  'template.notFound': {
    kind: 'not_found',
    en: 'No such template.',
    fa: 'چنین پیام پیش‌فرضی وجود ندارد.',
  },
  'template.tooMany': {
    kind: 'invalid_state',
    en: 'There are as many templates as allowed; delete one first.',
    fa: 'شمار پیام‌های پیش‌فرض به بیشینه رسیده است؛ نخست یکی را پاک کنید.',
  },
  'templateGroup.notFound': {
    kind: 'not_found',
    en: 'No such template group.',
    fa: 'چنین گروهی از پیام‌های پیش‌فرض وجود ندارد.',
  },
  'templateGroup.nameTaken': {
    kind: 'conflict',
    en: 'A template group has this name already.',
    fa: 'گروهی از پیام‌های پیش‌فرض با این نام وجود دارد.',
  },
  'templateGroup.tooMany': {
    kind: 'invalid_state',
    en: 'There are as many template groups as allowed; delete one first.',
    fa: 'شمار گروه‌های پیام پیش‌فرض به بیشینه رسیده است؛ نخست یکی را پاک کنید.',
  },
  'queue.notFound': { kind: 'not_found', en: 'No such queue.', fa: 'چنین صفی وجود ندارد.' },
  'deadLetter.notFound': {
    kind: 'not_found',
    en: 'The queue has no such dead letter.',
    fa: 'چنین پیامی در میان پیام‌های مرده‌ی این صف نیست.',
  },
  'link.notFound': { kind: 'not_found', en: 'No such operator link.', fa: 'چنین لینک اپراتوری وجود ندارد.' },
  'link.nameTaken': {
    kind: 'conflict',
    en: 'A link has this name already.',
    fa: 'لینکی با این نام وجود دارد.',
  },
  'link.inUse': {
    kind: 'invalid_state',
    en: 'The link has or had lines; it can be switched off, not deleted.',
    fa: 'این لینک خط دارد یا داشته است؛ می‌توانید آن را خاموش کنید، اما پاک نمی‌شود.',
  },
  'link.testRuns': {
    kind: 'conflict',
    en: 'A test of this link is under way.',
    fa: 'آزمایش این لینک هم‌اکنون در جریان است؛ چند ثانیه صبر کنید.',
  },
} as const satisfies Record<string, ErrorEntry>;

export type ErrorCode = keyof typeof table;
export const errorTable: Readonly<Record<ErrorCode, ErrorEntry>> = table;
export const errorCodes = Object.keys(table) as ErrorCode[];

/** Details name fields and bounds only; never a secret, never another person's data. */
export type ErrorDetails = Readonly<Record<string, unknown>>;

/** One refused field, as it stands in `details.fields` of `input.invalid`. */
export interface FieldError {
  /** Path in the body, e.g. `recipients.numbers[3]`. */
  readonly field: string;
  readonly rule: string;
  readonly message: string;
}

export class DomainError extends Error {
  constructor(
    readonly code: ErrorCode,
    readonly details?: ErrorDetails,
    cause?: unknown,
  ) {
    super(`${code}: ${errorTable[code].en}`, cause === undefined ? undefined : { cause });
    this.name = 'DomainError';
  }
  get kind(): ErrorKind {
    return errorTable[this.code].kind;
  }
}

export function isErrorCode(code: unknown): code is ErrorCode {
  return typeof code === 'string' && Object.hasOwn(table, code);
}

const httpByKind: Readonly<Record<ErrorKind, number>> = {
  invalid_input: 400,
  unauthenticated: 401,
  payment_required: 402,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  too_large: 413,
  invalid_state: 422,
  limited: 429,
  internal: 500,
  upstream_failed: 502,
  unavailable: 503,
};

/** Used by the HTTP gateway only. */
export function httpStatusOf(code: ErrorCode): number {
  return httpByKind[errorTable[code].kind];
}
