import { TeamOutlined } from '@ant-design/icons';
import type { Screen } from '../../parts/screens/screen';
import fa from './fa.json';

export const peopleScreens: readonly Screen[] = [
  {
    path: '/people',
    title: fa.people,
    who: ['admin', 'support_agent', 'reseller'],
    section: 'people',
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
];
