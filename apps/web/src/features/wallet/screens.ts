import { FileTextOutlined, WalletOutlined } from '@ant-design/icons';
import type { Feature } from '../../parts/screens/feature';
import { customers } from '../../parts/screens/screen';
import fa from './fa.json';

export const feature: Feature = {
  screens: [
    {
      path: '/money/wallets',
      title: fa.wallets,
      who: ['admin'],
      menu: { group: 'wallets', order: 1 },
      icon: WalletOutlined,
      quick: ['admin'],
      words: fa.walletsWords,
      load: () => import('./wallets.screen').then(({ WalletsScreen }) => ({ Component: WalletsScreen })),
    },
    {
      path: '/money/wallets/:customerId',
      title: fa.wallet,
      who: ['admin'],
      parent: '/money/wallets',
      load: () =>
        import('./customer-wallet.screen').then(({ CustomerWalletScreen }) => ({
          Component: CustomerWalletScreen,
        })),
    },
    {
      path: '/wallet',
      title: fa.topUp,
      who: customers,
      menu: { group: 'wallet', order: 1 },
      icon: WalletOutlined,
      quick: ['sms_customer', 'reseller'],
      words: fa.topUpWords,
      load: () => import('./wallet.screen').then(({ WalletScreen }) => ({ Component: WalletScreen })),
    },
    {
      path: '/wallet/statement',
      title: fa.statement,
      who: customers,
      menu: { group: 'wallet', order: 2 },
      icon: FileTextOutlined,
      words: fa.statementWords,
      load: () =>
        import('./statement.screen').then(({ StatementScreen }) => ({ Component: StatementScreen })),
    },
  ],
};
