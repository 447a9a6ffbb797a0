import type { Role, RoleScopes } from '@peyk/contracts';
import type {
  AccountDetailsDto,
  AccountSummaryDto,
  PasswordState,
  ProfileDto,
  RoleGrantDto,
  UsernameDto,
} from '@peyk/contracts/identity';
import { masked } from './personal-data';
import type { PersonalData } from './personal-data';

/** Who buys here, and signs in to do so. */
export const customerRoles: readonly Role[] = ['sms_customer', 'reseller'];

/**
 * SQL: account `a` is a customer's or a reseller's and lacks what the entry needs: a mobile, to which codes go, or while
 * it has no own password the national code, which is its first one (IDN-011).
 */
export const isIncomplete = `(a.roles && '{${customerRoles.join(',')}}' AND (a.mobile_sealed IS NULL
  OR a.national_code_sealed IS NULL AND (a.password_hash IS NULL OR a.must_set_password)))`;

/** SQL: all of account `a` that is shown to those who manage it; `accountViewFrom` goes with it. */
export const accountView = `a.id, a.name, a.roles, a.scopes, a.disabled, a.national_code_sealed, a.mobile_sealed, a.email,
  ${isIncomplete} AS incomplete, a.reseller_id, r.name AS reseller_name, a.created_at, a.updated_at, a.mobile_changed_at,
  CASE WHEN a.must_set_password AND coalesce(a.password_hash, a.national_code_index::text) IS NOT NULL THEN 'issued'
    WHEN a.password_hash IS NULL THEN 'none' ELSE 'own' END AS password,
  coalesce((SELECT jsonb_agg(jsonb_build_object('username', u.username, 'kind', u.kind) ORDER BY u.created_at, u.username)
    FROM usernames u WHERE u.account_id = a.id), '[]') AS usernames`;
export const accountViewFrom = 'accounts a LEFT JOIN accounts r ON r.id = a.reseller_id';

export interface AccountView {
  readonly id: string;
  readonly name: string;
  readonly roles: Role[];
  readonly scopes: RoleScopes;
  readonly disabled: boolean;
  readonly national_code_sealed: Buffer | null;
  readonly mobile_sealed: Buffer | null;
  readonly email: string | null;
  readonly incomplete: boolean;
  readonly reseller_id: string | null;
  readonly reseller_name: string | null;
  readonly created_at: Date;
  readonly updated_at: Date;
  readonly mobile_changed_at: Date | null;
  readonly password: PasswordState;
  readonly usernames: UsernameDto[];
}

export function toSummaryDto(view: AccountView, personal: PersonalData): AccountSummaryDto {
  return {
    id: view.id,
    name: view.name,
    usernames: view.usernames,
    grants: grantsOf(view),
    disabled: view.disabled,
    ...maskedOf(view, personal),
    resellerId: view.reseller_id,
    incomplete: view.incomplete,
    createdAt: view.created_at.toISOString(),
  };
}

export function toDetailsDto(view: AccountView, personal: PersonalData): AccountDetailsDto {
  return {
    ...toSummaryDto(view, personal),
    email: view.email,
    reseller: resellerOf(view),
    password: view.password,
    mobileChangedAt: view.mobile_changed_at?.toISOString() ?? null,
    updatedAt: view.updated_at.toISOString(),
  };
}

export function toProfileDto(view: AccountView, personal: PersonalData): ProfileDto {
  return {
    id: view.id,
    username: view.usernames[0]?.username ?? '',
    name: view.name,
    roles: view.roles,
    usernames: view.usernames,
    grants: grantsOf(view),
    ...maskedOf(view, personal),
    email: view.email,
    reseller: resellerOf(view),
    editable: isOwnEditor(view.roles),
  };
}

const registeredThemselves: readonly Role[] = ['sms_customer', 'reseller', 'portal_user'];

/** Whose name and e-mail are their own to change (IDN-022); the others' come from the organisation (IDN-015). */
export function isOwnEditor(roles: readonly Role[]): boolean {
  return roles.length > 0 && roles.every((role) => registeredThemselves.includes(role));
}

function grantsOf({ roles, scopes }: AccountView): RoleGrantDto[] {
  return roles.map((role) => ({ role, scopes: [...(scopes[role] ?? [])] }));
}

function resellerOf({ reseller_id: id, reseller_name: name }: AccountView): ProfileDto['reseller'] {
  return id === null || name === null ? null : { id, name };
}

function maskedOf(
  { id, national_code_sealed, mobile_sealed }: AccountView,
  personal: PersonalData,
): Pick<AccountSummaryDto, 'nationalCode' | 'mobile'> {
  return {
    nationalCode:
      national_code_sealed && masked('nationalCode', personal.open(id, 'nationalCode', national_code_sealed)),
    mobile: mobile_sealed && masked('mobile', personal.open(id, 'mobile', mobile_sealed)),
  };
}
