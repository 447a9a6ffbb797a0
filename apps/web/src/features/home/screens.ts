import { HomeOutlined } from '@ant-design/icons';
import type { Screen } from '../../parts/screens/screen';
import fa from './fa.json';

export const homeScreens: readonly Screen[] = [
  {
    path: '/home',
    title: fa.home,
    who: 'everyone',
    section: 'home',
    icon: HomeOutlined,
    quick: 'everyone',
    words: fa.homeWords,
    load: () => import('./home.screen').then(({ HomeScreen }) => ({ Component: HomeScreen })),
  },
];
