import { GiftOutlined } from '@ant-design/icons';
import type { Screen } from '../../parts/screens/screen';
import fa from './fa.json';

export const giftsScreens: readonly Screen[] = [
  {
    path: '/money/gifts',
    title: fa.gifts,
    who: ['admin'],
    section: 'money',
    icon: GiftOutlined,
    words: fa.giftsWords,
    load: () => import('./gifts.screen').then(({ GiftsScreen }) => ({ Component: GiftsScreen })),
  },
];
