import { TrophyOutlined } from '@ant-design/icons';
import type { Screen } from '../../parts/screens/screen';
import fa from './fa.json';

export const levelsScreens: readonly Screen[] = [
  {
    path: '/money/levels',
    title: fa.levels,
    who: ['admin'],
    section: 'money',
    icon: TrophyOutlined,
    load: () => import('./levels.screen').then(({ LevelsScreen }) => ({ Component: LevelsScreen })),
  },
];
