import { InboxOutlined } from '@ant-design/icons';
import type { Feature } from '../../parts/screens/feature';
import fa from './fa.json';

export const feature: Feature = {
  screens: [
    {
      path: '/system/dead-letters',
      title: fa.deadLetters,
      who: ['admin'],
      menu: { group: 'system', order: 2 },
      icon: InboxOutlined,
      words: fa.words,
      load: () =>
        import('./dead-letters.screen').then(({ DeadLettersScreen }) => ({
          Component: DeadLettersScreen,
        })),
    },
  ],
};
