import { AuditOutlined } from '@ant-design/icons';
import type { Screen } from '../../parts/screens/screen';
import fa from './fa.json';

export const promotionsScreens: readonly Screen[] = [
  {
    path: '/money/promotions',
    title: fa.promotions,
    who: ['admin'],
    section: 'money',
    icon: AuditOutlined,
    words: fa.promotionsWords,
    load: () =>
      import('./promotions.screen').then(({ PromotionsScreen }) => ({ Component: PromotionsScreen })),
  },
];
