import type { ChangerRole, ContactField } from '@peyk/contracts/identity';

const titles: Readonly<Record<ContactField, string>> = {
  mobile: 'شماره‌ی همراه',
  email: 'رایانامه‌ی',
  nationalCode: 'کد ملی',
  password: 'رمز عبور',
};

/** What the owner reads at the old address; at most 300 letters, for an SMS. */
export function contactChangeText(
  siteName: string,
  {
    field,
    as,
    stopUrl,
  }: { readonly field: ContactField; readonly as: ChangerRole; readonly stopUrl: string },
): string {
  const what = field === 'password' ? 'بازنشانده شد' : 'عوض شد';
  const by = as === 'owner' ? 'با کدهای تأیید' : 'را کسی دیگر';
  return `${siteName}\n${titles[field]} حساب شما ${by} ${what}. اگر شما نخواسته‌اید، این‌جا جلویش را بگیرید:\n${stopUrl}`;
}

export function contactChangeSubject(siteName: string, field: ContactField): string {
  return `${titles[field]} حساب شما در ${siteName} عوض شد`;
}
