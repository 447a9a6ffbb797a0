import { administers, customers, ownOrAll } from '../core/permission';
import type { Permissions } from '../core/permission';

const sends = { roles: customers, key: 'sms.send' } as const;

const readsSms = { roles: customers, key: 'sms.read' } as const;

/** Reports: an administrator reads those of all customers, which the audit log keeps; with an API key only its own. */
const readsReports = { roles: ownOrAll, key: 'sms.read' } as const;

export const smsPermissions = {
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
} as const satisfies Permissions<'sms'>;
