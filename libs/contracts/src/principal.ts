/**
 * Who acts. Travels as a signed token with every RPC; each service verifies it itself (architecture.md section 3).
 * Roles of requirement IDN-201; their scopes come with the identity service's full model.
 */
export const roles = [
  'student',
  'school_manager',
  'professor',
  'district_expert',
  'support_agent',
  'helpdesk_supervisor',
  'sms_customer',
  'reseller',
  'portal_user',
  'office_user',
  'admin',
] as const;
export type Role = (typeof roles)[number];

export interface UserPrincipal {
  readonly kind: 'user';
  /** Account id (UUID); an SMS customer's lines, sends and wallet belong to it. */
  readonly accountId: string;
  readonly sessionId: string;
  readonly name: string;
  readonly roles: readonly Role[];
}
export interface ServicePrincipal {
  readonly kind: 'service';
  readonly service: string;
}
export type Principal = UserPrincipal | ServicePrincipal;

export function hasRole(principal: Principal, ...wanted: readonly Role[]): boolean {
  return principal.kind === 'user' && principal.roles.some((role) => wanted.includes(role));
}
