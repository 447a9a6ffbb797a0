import type { ErrorEntry } from '../core/error-entry';

export const identityErrors = {
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
} as const satisfies Readonly<Record<string, ErrorEntry>>;
