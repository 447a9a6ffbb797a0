import { InboxOutlined } from '@ant-design/icons';
import type { Screen } from '../../parts/screens/screen';
import fa from './fa.json';

export const deadLettersScreens: readonly Screen[] = [
  {
    path: '/system/dead-letters',
    title: fa.deadLetters,
    who: ['admin'],
    section: 'system',
    icon: InboxOutlined,
    words: fa.words,
    load: () =>
      import('./dead-letters.screen').then(({ DeadLettersScreen }) => ({
        Component: DeadLettersScreen,
      })),
  },
];
