import { GiftOutlined } from '@ant-design/icons';
import type { Feature } from '../../parts/screens/feature';
import fa from './fa.json';

export const feature: Feature = {
  screens: [
    {
      path: '/money/gifts',
      title: fa.gifts,
      who: ['admin'],
      menu: { group: 'prices', order: 3 },
      icon: GiftOutlined,
      words: fa.giftsWords,
      load: () => import('./gifts.screen').then(({ GiftsScreen }) => ({ Component: GiftsScreen })),
    },
  ],
};
