import type { Schemas } from '../../api/client';

export interface CorrectionValues {
  readonly name: string;
  readonly nationalCode?: string;
  readonly nationalCodeCleared?: boolean;
  readonly mobile?: string;
  readonly mobileCleared?: boolean;
  readonly email?: string;
  readonly resellerId?: string;
  readonly reason?: string;
}

/**
 * Only what changes goes to the server, and so into the audit log: what is absent stays, null removes (IDN-204). The
 * values of masked fields are not known here, so that an empty one keeps what is there.
 */
export function correctionOf(
  account: Pick<Schemas['AccountDetailsDto'], 'name' | 'email' | 'resellerId'>,
  { name, email = '', resellerId, reason, ...values }: CorrectionValues,
  setsReseller: boolean,
): Schemas['AccountUpdateBodyDto'] {
  const masked = (typed: string | undefined, cleared: boolean | undefined): string | null | undefined =>
    cleared ? null : typed?.trim() || undefined;
  const nationalCode = masked(values.nationalCode, values.nationalCodeCleared);
  const mobile = masked(values.mobile, values.mobileCleared);
  const newEmail = email.trim() || null;
  const newReseller = resellerId ?? null;
  return {
    ...(name === account.name ? {} : { name }),
    ...(nationalCode === undefined ? {} : { nationalCode }),
    ...(mobile === undefined ? {} : { mobile }),
    ...(newEmail === account.email ? {} : { email: newEmail }),
    ...(setsReseller && newReseller !== account.resellerId ? { resellerId: newReseller } : {}),
    ...(reason?.trim() ? { reason: reason.trim() } : {}),
  };
}
