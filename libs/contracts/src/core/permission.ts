import type { KeyScope, Role } from './principal';

/**
 * How far a role reaches with an action. The owning service turns it into its WHERE clause.
 * - `own`: what belongs to the account that calls.
 * - `users`: what belongs to accounts below the calling reseller.
 * - `scope`: what lies in the scopes that the role is held with (`UserPrincipal.scopes`).
 * - `any`: everything.
 */
export type Reach = 'own' | 'users' | 'scope' | 'any';

/** At least one role: a permission without a role does not compile. */
export type RolesWithReach = {
  [R in Role]: Readonly<Record<R, Reach> & Partial<Record<Role, Reach>>>;
}[Role];

export interface Permission {
  /** Who may; `everyone` is everybody who is signed in, with reach `own`. */
  readonly roles: 'everyone' | RolesWithReach;
  /** API keys with this scope may too; absent: no API key may. */
  readonly key?: KeyScope;
  /** Other programs may too, in their own name, with reach `any`; absent: no program may. */
  readonly services?: true;
}

// Rules that several rooms use; a rule of one room stands in its own table.
export const customers = { sms_customer: 'own', reseller: 'own', admin: 'own' } as const;
export const ownOrAll = { sms_customer: 'own', reseller: 'own', admin: 'any' } as const;
export const administers = { roles: { admin: 'any' } } as const;
export const managesUsers = { roles: { admin: 'any', reseller: 'users' } } as const;

/** The table of one room: only names of its own RPCs. */
export type Permissions<Room extends string> = Readonly<Record<`${Room}.${string}.${string}`, Permission>>;
