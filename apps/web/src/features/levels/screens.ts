import { TrophyOutlined } from '@ant-design/icons';
import type { Feature } from '../../parts/screens/feature';
import fa from './fa.json';

export const feature: Feature = {
  screens: [
    {
      path: '/money/levels',
      title: fa.levels,
      who: ['admin'],
      menu: { group: 'prices', order: 2 },
      icon: TrophyOutlined,
      load: () => import('./levels.screen').then(({ LevelsScreen }) => ({ Component: LevelsScreen })),
    },
  ],
};
