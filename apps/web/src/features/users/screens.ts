import { TeamOutlined } from '@ant-design/icons';
import type { Screen } from '../../parts/screens/screen';
import fa from './fa.json';

export const usersScreens: readonly Screen[] = [
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
];
