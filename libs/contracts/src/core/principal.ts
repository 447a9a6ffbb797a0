/**
 * Who acts. Travels as a signed token with every RPC; each service verifies it itself (architecture.md section 3) and
 * looks up in `permissions.ts` what its roles may do. Roles of requirement IDN-201.
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

/** What a role may be limited to. */
export const scopeKinds = ['school', 'district', 'portal', 'department', 'office'] as const;

export type ScopeKind = (typeof scopeKinds)[number];

/** Kinds of scope that a role is held with; a role that is not here has none: it reaches its own things, or all. */
export const scopeKindsOf: Readonly<Partial<Record<Role, readonly ScopeKind[]>>> = {
  school_manager: ['school'],
  district_expert: ['district'],
  support_agent: ['portal', 'department'],
  helpdesk_supervisor: ['portal', 'department'],
  portal_user: ['portal'],
  office_user: ['office'],
};

/** `<kind>:<code>`, such as `school:10023` (codes are given by the owner of the thing). */
export type Scope = `${ScopeKind}:${string}`;

export const scopePattern = /^(school|district|portal|department|office):[\p{L}\p{N}_-]{1,64}$/u;

export type RoleScopes = Readonly<Partial<Record<Role, readonly Scope[]>>>;

/** What a customer's program may do with an API key; each key has some of them. */
export const keyScopes = ['sms.send', 'sms.read', 'lists.write', 'wallet.read'] as const;

export type KeyScope = (typeof keyScopes)[number];

export interface UserPrincipal {
  readonly kind: 'user';
  /** Account id (UUID); an SMS customer's lines, sends and wallet belong to it. */
  readonly accountId: string;
  /** The session, or the API key, that the token was given for: when it ends, the token is refused everywhere. */
  readonly sessionId: string;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly scopes: RoleScopes;
  /** Permission stamp of the account when the token was made: a later change of its roles refuses the token. */
  readonly stamp: number;
  /** Present: a program with an API key, which may do no more than this. */
  readonly keyScopes?: readonly KeyScope[];
}

export interface ServicePrincipal {
  readonly kind: 'service';
  readonly service: string;
}

export type Principal = UserPrincipal | ServicePrincipal;

export function hasRole(principal: Principal, ...wanted: readonly Role[]): boolean {
  return principal.kind === 'user' && principal.roles.some((role) => wanted.includes(role));
}
