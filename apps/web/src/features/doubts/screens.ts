import { QuestionCircleOutlined } from '@ant-design/icons';
import type { Feature } from '../../parts/screens/feature';
import fa from './fa.json';

export const feature: Feature = {
  screens: [
    {
      path: '/sms/doubts',
      title: fa.doubts,
      who: ['admin'],
      menu: { group: 'operators', order: 4 },
      icon: QuestionCircleOutlined,
      words: fa.doubtsWords,
      load: () => import('./doubts.screen').then(({ DoubtsScreen }) => ({ Component: DoubtsScreen })),
    },
  ],
};
