import { toPersianDigits } from '@peyk/persian';
import type { SentPurpose } from './code-channel';

const opens: Readonly<Record<SentPurpose, string>> = {
  sign_in: 'ورود',
  reset_password: 'تعیین رمز عبور تازه',
  verify_mobile: 'تأیید شماره‌ی همراه',
  leave_mobile: 'تغییر شماره‌ی همراه حساب شما',
  take_mobile: 'تأیید شماره‌ی همراه تازه',
};

/** What a person reads; the digits are Latin, since phones offer only such to be filled in. */
export function codeText(siteName: string, purpose: SentPurpose, code: string): string {
  return `${siteName}\nکد ${opens[purpose]}: ${code}\nاین کد ${toPersianDigits('2')} دقیقه اعتبار دارد؛ آن را به هیچ‌کس نگویید.`;
}

/**
 * The text of an SMS, at most two parts. With a domain its last line lets browsers fill in the code on that site and
 * nowhere else (WICG "SMS one-time codes": the line is `@domain #code` and the last).
 */
export function codeSms(
  siteName: string,
  purpose: SentPurpose,
  code: string,
  domain: string | undefined,
): string {
  const text = `${siteName}\nکد ${opens[purpose]}: ${code}\nبه هیچ‌کس نگویید.`;
  return domain ? `${text}\n\n@${domain} #${code}` : text;
}

export function codeSubject(siteName: string, purpose: SentPurpose): string {
  return `کد ${opens[purpose]} به ${siteName}`;
}
