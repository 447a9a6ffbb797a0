import { IdcardOutlined, KeyOutlined, LaptopOutlined } from '@ant-design/icons';
import type { Feature } from '../../parts/screens/feature';
import { customers } from '../../parts/screens/screen';
import fa from './fa.json';

export const feature: Feature = {
  screens: [
    {
      path: '/profile',
      title: fa.profile,
      who: 'everyone',
      menu: { group: 'account', order: 1 },
      icon: IdcardOutlined,
      words: fa.profileWords,
      load: () => import('./profile.screen').then(({ ProfileScreen }) => ({ Component: ProfileScreen })),
    },
    {
      path: '/profile/sessions',
      title: fa.sessions,
      who: 'everyone',
      menu: { group: 'account', order: 2 },
      icon: LaptopOutlined,
      words: fa.sessionsWords,
      load: () => import('./sessions.screen').then(({ SessionsScreen }) => ({ Component: SessionsScreen })),
    },
    {
      path: '/api-keys',
      title: fa.apiKeys,
      who: customers,
      menu: { group: 'account', order: 3 },
      icon: KeyOutlined,
      words: fa.apiKeysWords,
      load: () => import('./api-keys.screen').then(({ ApiKeysScreen }) => ({ Component: ApiKeysScreen })),
    },
  ],
};
