import type { Role, Schemas } from '../../api/client';
import fa from './fa.json';

export const roleNames: Readonly<Record<Role, string>> = {
  admin: fa.roleAdmin,
  support_agent: fa.roleSupportAgent,
  helpdesk_supervisor: fa.roleHelpdeskSupervisor,
  reseller: fa.roleReseller,
  sms_customer: fa.roleSmsCustomer,
  student: fa.roleStudent,
  professor: fa.roleProfessor,
  school_manager: fa.roleSchoolManager,
  district_expert: fa.roleDistrictExpert,
  portal_user: fa.rolePortalUser,
  office_user: fa.roleOfficeUser,
};

/** Who buys here and needs a mobile and a national code to get in; as in identity. */
export function isCustomerRole(role: Role): boolean {
  return role === 'sms_customer' || role === 'reseller';
}

export type UsernameKind = Schemas['UsernameDto']['kind'];
export const usernameKindNames: Readonly<Record<UsernameKind, string>> = {
  chosen: fa.kindChosen,
  student_code: fa.kindStudentCode,
  professor_code: fa.kindProfessorCode,
  school_code: fa.kindSchoolCode,
  personnel_code: fa.kindPersonnelCode,
  office_number: fa.kindOfficeNumber,
};

export const scopeKinds = ['school', 'district', 'portal', 'department', 'office'] as const;
export type ScopeKind = (typeof scopeKinds)[number];
export const scopeKindNames: Readonly<Record<ScopeKind, string>> = {
  school: fa.scopeSchool,
  district: fa.scopeDistrict,
  portal: fa.scopePortal,
  department: fa.scopeDepartment,
  office: fa.scopeOffice,
};

/** What a role may be limited to (IDN-201); the same as in the contracts, which the browser does not load. */
export const scopeKindsOf: Readonly<Partial<Record<Role, readonly ScopeKind[]>>> = {
  school_manager: ['school'],
  district_expert: ['district'],
  support_agent: ['portal', 'department'],
  helpdesk_supervisor: ['portal', 'department'],
  portal_user: ['portal'],
  office_user: ['office'],
};

/** `school:10023` -> `مدرسه 10023`. */
export function scopeName(scope: string): string {
  const [kind = '', code = ''] = scope.split(':');
  const name = (scopeKindNames as Readonly<Record<string, string>>)[kind];
  return name ? `${name} ${code}` : scope;
}

/** What a person may do with accounts of others; the server decides again (IDN-201, IDN-204, IDN-216). */
export interface Powers {
  /** Make them, and everything but their personal data. */
  readonly manages: boolean;
  readonly isAdmin: boolean;
  /** Says why with every correction. */
  readonly mustSayWhy: boolean;
  /** Roles that it may give. */
  readonly gives: readonly Role[];
}

export function powersOf(roles: readonly Role[]): Powers {
  const isAdmin = roles.includes('admin');
  const isReseller = roles.includes('reseller');
  // Who is a support agent too reaches all accounts, but changes no more than personal data.
  const isSupport = roles.includes('support_agent');
  return {
    isAdmin,
    manages: isAdmin || isReseller,
    mustSayWhy: !isAdmin && isSupport,
    gives: isAdmin ? (Object.keys(roleNames) as Role[]) : ['sms_customer'],
  };
}
