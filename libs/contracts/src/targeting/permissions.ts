import { customers } from '../core/permission';
import type { Permissions } from '../core/permission';

const writesLists = { roles: customers, key: 'lists.write' } as const;

export const targetingPermissions = {
  'targeting.uploads.open': writesLists,
  'targeting.uploads.append': writesLists,
  'targeting.uploads.close': writesLists,
  'targeting.uploads.abort': writesLists,
  'targeting.lists.combine': writesLists,
  'targeting.lists.read': writesLists,
  'targeting.lists.list': writesLists,
  'targeting.lists.errors': writesLists,
  'targeting.lists.delete': writesLists,
} as const satisfies Permissions<'targeting'>;
