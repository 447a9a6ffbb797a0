import type { KeyScope, Principal, Role } from './principal';

/**
 * How far a role reaches with an action. The owning service turns it into its WHERE clause.
 * - `own`: what belongs to the account that calls.
 * - `users`: what belongs to accounts below the calling reseller.
 * - `scope`: what lies in the scopes that the role is held with (`UserPrincipal.scopes`).
 * - `any`: everything.
 */
export type Reach = 'own' | 'users' | 'scope' | 'any';
const width: Readonly<Record<Reach, number>> = { own: 0, users: 1, scope: 2, any: 3 };

export interface Permission {
  /** Who may; `everyone` is everybody who is signed in, with reach `own`. */
  readonly roles: 'everyone' | Readonly<Partial<Record<Role, Reach>>>;
  /** API keys with this scope may too; absent: no API key may. */
  readonly key?: KeyScope;
  /** Other programs may too, in their own name, with reach `any`; absent: no program may. */
  readonly services?: true;
}

const customers = { sms_customer: 'own', reseller: 'own', admin: 'own' } as const;
const ownOrAll = { sms_customer: 'own', reseller: 'own', admin: 'any' } as const;
const sends = { roles: customers, key: 'sms.send' } as const;
const readsSms = { roles: customers, key: 'sms.read' } as const;
/** Reports: an administrator reads those of all customers, which the audit log keeps; with an API key only its own. */
const readsReports = { roles: ownOrAll, key: 'sms.read' } as const;
const writesLists = { roles: customers, key: 'lists.write' } as const;
const administers = { roles: { admin: 'any' } } as const;
const managesUsers = { roles: { admin: 'any', reseller: 'users' } } as const;
const correctsUsers = { roles: { admin: 'any', support_agent: 'any', reseller: 'users' } } as const;

/**
 * The one table of who may do what (IDN-201, guarantee 7): a line for each RPC whose access is `user`. An RPC without a
 * line cannot be defined. The gateway looks here so that a refusal costs no call; every service looks here again.
 */
const table = {
  // Identity
  'identity.accounts.me': { roles: 'everyone' },
  'identity.accounts.updateMe': { roles: 'everyone' },
  'identity.accounts.list': correctsUsers,
  'identity.accounts.read': correctsUsers,
  'identity.accounts.create': managesUsers,
  'identity.accounts.update': correctsUsers,
  'identity.accounts.setRoles': managesUsers,
  'identity.accounts.disable': managesUsers,
  'identity.accounts.enable': managesUsers,
  'identity.accounts.signOut': managesUsers,
  'identity.accounts.unlock': managesUsers,
  'identity.accounts.addUsername': managesUsers,
  'identity.accounts.removeUsername': managesUsers,
  'identity.accounts.issuePassword': managesUsers,
  'identity.contacts.changes': correctsUsers,
  'identity.contacts.approve': { roles: { admin: 'any', support_agent: 'any', helpdesk_supervisor: 'any' } },
  'identity.contacts.requestOwnMobile': { roles: 'everyone' },
  'identity.contacts.changeOwnMobile': { roles: 'everyone' },
  'identity.audit.list': administers,
  'identity.imports.open': administers,
  'identity.imports.append': administers,
  'identity.imports.close': administers,
  'identity.imports.read': administers,
  'identity.imports.list': administers,
  'identity.imports.errors': administers,
  'identity.imports.apply': administers,
  'identity.imports.cancel': administers,
  'identity.barcodes.mine': { roles: 'everyone' },
  'identity.barcodes.read': {
    roles: { professor: 'any', school_manager: 'any', support_agent: 'any', admin: 'any' },
  },
  'identity.accounts.warnings': { roles: 'everyone' },
  'identity.accounts.seeWarnings': { roles: 'everyone' },
  'identity.sessions.list': { roles: 'everyone' },
  'identity.sessions.end': { roles: 'everyone' },
  'identity.sessions.endOthers': { roles: 'everyone' },
  'identity.sessions.endAll': { roles: 'everyone' },
  'identity.signIns.list': { roles: 'everyone' },
  'identity.passwords.change': { roles: 'everyone' },
  'identity.apiKeys.create': { roles: customers },
  'identity.apiKeys.list': { roles: customers },
  'identity.apiKeys.revoke': { roles: customers },
  'identity.referrals.read': { roles: customers },
  'identity.bale.link': { roles: 'everyone' },
  'identity.bale.status': { roles: 'everyone' },
  'identity.bale.unlink': { roles: 'everyone' },

  // Billing
  'billing.wallets.read': {
    roles: { sms_customer: 'own', reseller: 'own', admin: 'any' },
    key: 'wallet.read',
    services: true,
  },
  'billing.wallets.statement': {
    roles: { sms_customer: 'own', reseller: 'own', admin: 'any' },
    key: 'wallet.read',
  },
  'billing.wallets.summary': {
    roles: { sms_customer: 'own', reseller: 'own', admin: 'any' },
    key: 'wallet.read',
  },
  'billing.wallets.setAlert': { roles: customers },
  'billing.corrections.request': administers,
  'billing.corrections.read': administers,
  'billing.corrections.list': administers,
  'billing.corrections.approve': administers,
  'billing.corrections.refuse': administers,
  'billing.plans.own': { roles: customers },
  'billing.users.list': managesUsers,
  'billing.users.transfer': { roles: { reseller: 'users' } },
  'billing.resellerTariffs.list': { roles: { reseller: 'own' } },
  'billing.resellerTariffs.set': { roles: { reseller: 'own' } },
  'billing.topupRequests.create': { roles: { sms_customer: 'own', reseller: 'own' } },
  'billing.topupRequests.mine': { roles: { sms_customer: 'own', reseller: 'own' } },
  'billing.topupRequests.withdraw': { roles: { sms_customer: 'own', reseller: 'own' } },
  'billing.topupRequests.list': managesUsers,
  'billing.topupRequests.approve': { roles: { reseller: 'users' } },
  'billing.topupRequests.refuse': { roles: { reseller: 'users' } },
  'billing.club.read': { roles: customers },
  'billing.clubSettings.read': managesUsers,
  'billing.clubSettings.save': managesUsers,
  'billing.clubRewards.list': managesUsers,
  'billing.clubRewards.approve': managesUsers,
  'billing.clubRewards.refuse': managesUsers,
  'billing.plans.buy': { roles: customers },
  'billing.plans.listAll': administers,
  'billing.plans.save': administers,
  'billing.campaigns.list': administers,
  'billing.campaigns.save': administers,
  'billing.campaigns.end': administers,
  'billing.tariffs.own': { roles: customers, key: 'wallet.read' },
  'billing.tariffs.schedule': administers,
  'billing.tariffs.add': administers,
  'billing.tariffs.withdraw': administers,
  'billing.levels.list': administers,
  'billing.levels.save': administers,
  'billing.levels.set': administers,
  'billing.levels.changes': administers,
  'billing.gifts.quote': { roles: customers },
  'billing.tiers.sets': administers,
  'billing.tiers.replace': administers,
  'billing.tiers.withdraw': administers,

  'billing.banks.list': { roles: ownOrAll },
  'billing.banks.switch': administers,
  'billing.bankReports.list': administers,
  'billing.bankReports.run': administers,
  'billing.topups.create': { roles: customers },
  'billing.topups.read': { roles: ownOrAll },
  'billing.topups.list': { roles: ownOrAll },
  'billing.topups.receipt': { roles: ownOrAll },
  'billing.topups.check': administers,

  // Recipient lists
  'targeting.uploads.open': writesLists,
  'targeting.uploads.append': writesLists,
  'targeting.uploads.close': writesLists,
  'targeting.uploads.abort': writesLists,
  'targeting.lists.combine': writesLists,
  'targeting.lists.read': writesLists,
  'targeting.lists.list': writesLists,
  'targeting.lists.errors': writesLists,
  'targeting.lists.delete': writesLists,

  // SMS
  'sms.lines.list': readsSms,
  'sms.lines.setSecretary': { roles: customers },
  'sms.sends.quote': sends,
  'sms.sends.create': sends,
  'sms.sends.read': readsReports,
  'sms.sends.list': readsSms,
  // Of a statement, so by the key that reads it.
  'sms.sends.titles': { roles: ownOrAll, key: 'wallet.read' },
  'sms.sends.change': sends,
  'sms.sends.pause': sends,
  'sms.sends.resume': sends,
  'sms.sends.cancel': sends,
  'sms.sends.recipients': readsReports,
  'sms.messages.list': readsReports,
  'sms.sends.breakdown': readsReports,
  'sms.messages.read': readsReports,
  'sms.messages.report': readsReports,
  'sms.messages.settleDoubt': administers,
  'sms.inbox.list': readsSms,
  'sms.inbox.threads': readsSms,
  'sms.inbox.thread': readsSms,
  'sms.inbox.unread': readsSms,
  'sms.inbox.seen': { roles: customers },
  'sms.optOuts.list': readsSms,
  'sms.optOuts.add': sends,
  // A person answers for the consent, not a program.
  'sms.optOuts.remove': { roles: customers },
  'sms.optOuts.listAll': administers,
  'sms.optOuts.addForAll': administers,
  'sms.optOuts.removeAny': administers,
  'sms.links.list': administers,
  'sms.links.read': administers,
  'sms.links.create': administers,
  'sms.links.change': administers,
  'sms.links.delete': administers,
  'sms.links.test': administers,
  'sms.messages.doubts': administers,
  'sms.sends.listAll': administers,
  'sms.sends.readOfAll': administers,
  'sms.sends.intervene': administers,
  'sms.lines.listAll': administers,
  'sms.lines.change': administers,
  'sms.lines.create': administers,
  'sms.lines.retire': administers,
  'sms.linePool.list': administers,
  'sms.linePool.add': administers,
  'sms.linePool.remove': administers,
  'sms.lineClasses.list': administers,
  'sms.inbox.unlined': administers,
  'sms.activity.read': { roles: ownOrAll, key: 'sms.read' },
  'sms.templates.create': { roles: customers },
  'sms.templates.list': readsSms,
  'sms.templates.read': readsSms,
  'sms.templates.update': { roles: customers },
  'sms.templates.delete': { roles: customers },
  'sms.templateGroups.create': { roles: customers },
  'sms.templateGroups.list': readsSms,
  'sms.templateGroups.rename': { roles: customers },
  'sms.templateGroups.delete': { roles: customers },
} as const satisfies Readonly<Record<string, Permission>>;

/** The rule of an RPC; undefined when the table has none. */
export function permissionOf(rpc: string): Permission | undefined {
  return (table as Readonly<Record<string, Permission>>)[rpc];
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
