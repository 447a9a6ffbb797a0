import { HomeOutlined } from '@ant-design/icons';
import type { Feature } from '../../parts/screens/feature';
import fa from './fa.json';

export const feature: Feature = {
  screens: [
    {
      path: '/home',
      title: fa.home,
      who: 'everyone',
      menu: { group: 'home', order: 1 },
      icon: HomeOutlined,
      quick: 'everyone',
      words: fa.homeWords,
      load: () => import('./home.screen').then(({ HomeScreen }) => ({ Component: HomeScreen })),
    },
  ],
};
