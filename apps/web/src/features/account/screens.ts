import { IdcardOutlined, KeyOutlined, LaptopOutlined } from '@ant-design/icons';
import { customers } from '../../parts/screens/screen';
import type { Screen } from '../../parts/screens/screen';
import fa from './fa.json';

export const accountScreens: readonly Screen[] = [
  {
    path: '/profile',
    title: fa.profile,
    who: 'everyone',
    section: 'account',
    icon: IdcardOutlined,
    words: fa.profileWords,
    load: () => import('./profile.screen').then(({ ProfileScreen }) => ({ Component: ProfileScreen })),
  },
  {
    path: '/profile/sessions',
    title: fa.sessions,
    who: 'everyone',
    section: 'account',
    icon: LaptopOutlined,
    words: fa.sessionsWords,
    load: () => import('./sessions.screen').then(({ SessionsScreen }) => ({ Component: SessionsScreen })),
  },
  {
    path: '/api-keys',
    title: fa.apiKeys,
    who: customers,
    section: 'account',
    icon: KeyOutlined,
    words: fa.apiKeysWords,
    load: () => import('./api-keys.screen').then(({ ApiKeysScreen }) => ({ Component: ApiKeysScreen })),
  },
];
