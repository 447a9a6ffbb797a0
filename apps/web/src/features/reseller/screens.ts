import { GiftOutlined, InboxOutlined, TagsOutlined, TeamOutlined } from '@ant-design/icons';
import type { Screen } from '../../app/screens';
import fa from './fa.json';

export const resellerScreens: readonly Screen[] = [
  {
    path: '/reseller/users',
    title: fa.users,
    who: ['reseller'],
    section: 'reseller',
    icon: TeamOutlined,
    quick: ['reseller'],
    words: fa.usersWords,
    load: () => import('./users.screen').then(({ UsersScreen }) => ({ Component: UsersScreen })),
  },
  {
    path: '/reseller/requests',
    title: fa.requests,
    who: ['reseller', 'admin'],
    section: 'reseller',
    icon: InboxOutlined,
    words: fa.requestsWords,
    load: () => import('./requests.screen').then(({ RequestsScreen }) => ({ Component: RequestsScreen })),
  },
  {
    path: '/reseller/tariffs',
    title: fa.tariffs,
    who: ['reseller'],
    section: 'reseller',
    icon: TagsOutlined,
    load: () => import('./tariffs.screen').then(({ TariffsScreen }) => ({ Component: TariffsScreen })),
  },
  {
    path: '/reseller/club',
    title: fa.clubRules,
    who: ['reseller', 'admin'],
    section: 'reseller',
    icon: GiftOutlined,
    words: fa.clubWords,
    load: () => import('./club-rules.screen').then(({ ClubRulesScreen }) => ({ Component: ClubRulesScreen })),
  },
];
