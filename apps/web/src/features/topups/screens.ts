import { CreditCardOutlined } from '@ant-design/icons';
import type { Feature } from '../../parts/screens/feature';
import { customers } from '../../parts/screens/screen';
import fa from './fa.json';

export const feature: Feature = {
  screens: [
    {
      path: '/money/topups',
      title: fa.allTopups,
      who: ['admin'],
      menu: { group: 'wallets', order: 3 },
      icon: CreditCardOutlined,
      words: fa.allTopupsWords,
      load: () =>
        import('./all-topups.screen').then(({ AllTopupsScreen }) => ({ Component: AllTopupsScreen })),
    },
    {
      path: '/wallet/topups',
      title: fa.ownTopups,
      who: customers,
      menu: { group: 'wallet', order: 3 },
      icon: CreditCardOutlined,
      words: fa.ownTopupsWords,
      load: () =>
        import('./own-topups.screen').then(({ OwnTopupsScreen }) => ({ Component: OwnTopupsScreen })),
    },
    {
      path: '/wallet/topups/:topupId',
      title: fa.topup,
      who: ['sms_customer', 'reseller', 'admin'],
      parent: '/wallet/topups',
      load: () => import('./topup.screen').then(({ TopupScreen }) => ({ Component: TopupScreen })),
    },
    {
      path: '/payments/:topupId',
      title: fa.payment,
      who: 'public',
      load: () => import('./payment.screen').then(({ PaymentScreen }) => ({ Component: PaymentScreen })),
    },
  ],
};
