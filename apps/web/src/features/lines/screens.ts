import { NumberOutlined, PhoneOutlined } from '@ant-design/icons';
import type { Feature } from '../../parts/screens/feature';
import { customers } from '../../parts/screens/screen';
import fa from './fa.json';

export const feature: Feature = {
  screens: [
    {
      path: '/sms/lines',
      title: fa.allLines,
      who: ['admin'],
      menu: { group: 'operators', order: 2 },
      icon: NumberOutlined,
      words: fa.allLinesWords,
      load: () => import('./all-lines.screen').then(({ AllLinesScreen }) => ({ Component: AllLinesScreen })),
    },
    {
      path: '/sms/line-pool',
      title: fa.pool,
      who: ['admin'],
      parent: '/sms/lines',
      words: fa.poolWords,
      load: () => import('./line-pool.screen').then(({ LinePoolScreen }) => ({ Component: LinePoolScreen })),
    },
    {
      path: '/lines',
      title: fa.ownLines,
      who: customers,
      menu: { group: 'receiving', order: 2 },
      icon: PhoneOutlined,
      words: fa.ownLinesWords,
      load: () => import('./own-lines.screen').then(({ OwnLinesScreen }) => ({ Component: OwnLinesScreen })),
    },
  ],
};
