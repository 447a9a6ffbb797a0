import { billingPermissions } from './billing/permissions';
import type { Permission, Reach } from './core/permission';
import type { Principal } from './core/principal';
import { identityPermissions } from './identity/permissions';
import { smsPermissions } from './sms/permissions';
import { targetingPermissions } from './targeting/permissions';

const width: Readonly<Record<Reach, number>> = { own: 0, users: 1, scope: 2, any: 3 };

/**
 * The one table of who may do what (IDN-201, guarantee 7): a line for each RPC whose access is `user`. An RPC without a
 * line cannot be defined. The gateway looks here so that a refusal costs no call; every service looks here again.
 */
const table: Readonly<Record<string, Permission>> = {
  ...identityPermissions,
  ...billingPermissions,
  ...targetingPermissions,
  ...smsPermissions,
};

/** The rule of an RPC; undefined when the table has none. */
export function permissionOf(rpc: string): Permission | undefined {
  return table[rpc];
}

/** Every rule of the table, by RPC name. */
export function permissions(): readonly (readonly [rpc: string, permission: Permission])[] {
  return Object.entries(table);
}

/** The widest reach that the caller's roles give it; undefined: it may not. */
export function reachOf(permission: Permission, principal: Principal): Reach | undefined {
  if (principal.kind === 'service') return permission.services && 'any';
  if (principal.keyScopes && (!permission.key || !principal.keyScopes.includes(permission.key)))
    return undefined;
  if (permission.roles === 'everyone') return 'own';
  let widest: Reach | undefined;
  for (const role of principal.roles) {
    const reach = permission.roles[role];
    if (reach && (!widest || width[reach] > width[widest])) widest = reach;
  }
  return widest;
}
