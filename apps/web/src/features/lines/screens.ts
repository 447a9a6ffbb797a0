import { NumberOutlined, PhoneOutlined } from '@ant-design/icons';
import { customers } from '../../parts/screens/screen';
import type { Screen } from '../../parts/screens/screen';
import fa from './fa.json';

export const linesScreens: readonly Screen[] = [
  {
    path: '/sms/lines',
    title: fa.allLines,
    who: ['admin'],
    section: 'sms',
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
    section: 'inbox',
    icon: PhoneOutlined,
    words: fa.ownLinesWords,
    load: () => import('./own-lines.screen').then(({ OwnLinesScreen }) => ({ Component: OwnLinesScreen })),
  },
];
