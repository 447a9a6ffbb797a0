import { AuditOutlined } from '@ant-design/icons';
import type { Feature } from '../../parts/screens/feature';
import fa from './fa.json';

export const feature: Feature = {
  screens: [
    {
      path: '/money/promotions',
      title: fa.promotions,
      who: ['admin'],
      menu: { group: 'prices', order: 5 },
      icon: AuditOutlined,
      words: fa.promotionsWords,
      load: () =>
        import('./promotions.screen').then(({ PromotionsScreen }) => ({ Component: PromotionsScreen })),
    },
  ],
};
