import { TeamOutlined } from '@ant-design/icons';
import type { Feature } from '../../parts/screens/feature';
import fa from './fa.json';

export const feature: Feature = {
  screens: [
    {
      path: '/reseller/users',
      title: fa.users,
      who: ['reseller'],
      menu: { group: 'reseller', order: 1 },
      icon: TeamOutlined,
      quick: ['reseller'],
      words: fa.usersWords,
      load: () => import('./users.screen').then(({ UsersScreen }) => ({ Component: UsersScreen })),
    },
  ],
};
