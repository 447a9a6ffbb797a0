import type { Role } from '../api/client';
import { api, ok } from '../api/client';
import { customers } from '../parts/screens/screen';
import fa from '../i18n/fa.json';

export interface Thing {
  readonly key: string;
  readonly title: string;
  readonly note: string;
  readonly to: string;
}
const eachMax = 5;

/** What the command palette finds beside pages. A part that does not answer finds nothing. */
export async function findThings(wanted: string, roles: readonly Role[]): Promise<readonly Thing[]> {
  const found = await Promise.allSettled([
    roles.some((role) => customers.includes(role)) ? sends(wanted) : [],
    roles.some((role) => role === 'admin' || role === 'support_agent' || role === 'reseller')
      ? accounts(wanted)
      : [],
  ]);
  return found.flatMap((result) => (result.status === 'fulfilled' ? result.value : []));
}

async function sends(search: string): Promise<readonly Thing[]> {
  const page = await ok(api.GET('/api/v1/sends', { params: { query: { search, limit: eachMax } } }));
  return page.sends.map(({ id, title, text }) => ({
    key: id,
    title: title || text.slice(0, 60),
    note: fa.thingSend,
    to: `/sends/${id}`,
  }));
}

async function accounts(search: string): Promise<readonly Thing[]> {
  const page = await ok(api.GET('/api/v1/accounts', { params: { query: { search, limit: eachMax } } }));
  return page.accounts.map(({ id, name, usernames }) => ({
    key: id,
    title: name,
    note: usernames[0]?.username ?? '',
    to: `/people/${id}`,
  }));
}
