import type { ErrorEntry } from '../core/error-entry';

export const smsErrors = {
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
} as const satisfies Readonly<Record<string, ErrorEntry>>;
