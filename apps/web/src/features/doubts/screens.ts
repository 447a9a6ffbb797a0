import { QuestionCircleOutlined } from '@ant-design/icons';
import type { Screen } from '../../parts/screens/screen';
import fa from './fa.json';

export const doubtsScreens: readonly Screen[] = [
  {
    path: '/sms/doubts',
    title: fa.doubts,
    who: ['admin'],
    section: 'sms',
    icon: QuestionCircleOutlined,
    words: fa.doubtsWords,
    load: () => import('./doubts.screen').then(({ DoubtsScreen }) => ({ Component: DoubtsScreen })),
  },
];
