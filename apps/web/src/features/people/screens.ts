import { TeamOutlined } from '@ant-design/icons';
import { api, ok } from '../../api/client';
import { foundMax } from '../../parts/screens/feature';
import type { Feature, Found } from '../../parts/screens/feature';
import fa from './fa.json';

export const feature: Feature = {
  screens: [
    {
      path: '/people',
      title: fa.people,
      who: ['admin', 'support_agent', 'reseller'],
      menu: { group: 'people', order: 1 },
      icon: TeamOutlined,
      quick: ['admin', 'support_agent'],
      words: fa.peopleWords,
      load: () => import('./people.screen').then(({ PeopleScreen }) => ({ Component: PeopleScreen })),
    },
    {
      path: '/people/new',
      title: fa.newAccount,
      who: ['admin', 'reseller'],
      parent: '/people',
      load: () =>
        import('./new-account.screen').then(({ NewAccountScreen }) => ({ Component: NewAccountScreen })),
    },
    {
      path: '/people/:accountId',
      title: fa.person,
      who: ['admin', 'support_agent', 'reseller'],
      parent: '/people',
      load: () => import('./account.screen').then(({ AccountScreen }) => ({ Component: AccountScreen })),
    },
  ],
  search: { who: ['admin', 'support_agent', 'reseller'], find: findPeople },
};

async function findPeople(search: string): Promise<readonly Found[]> {
  const page = await ok(api.GET('/api/v1/accounts', { params: { query: { search, limit: foundMax } } }));
  return page.accounts.map(({ id, name, usernames }) => ({
    key: id,
    title: name,
    note: usernames[0]?.username ?? '',
    to: `/people/${id}`,
  }));
}
