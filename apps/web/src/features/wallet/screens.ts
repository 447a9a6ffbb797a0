import { FileTextOutlined, WalletOutlined } from '@ant-design/icons';
import { customers } from '../../parts/screens/screen';
import type { Screen } from '../../parts/screens/screen';
import fa from './fa.json';

export const walletScreens: readonly Screen[] = [
  {
    path: '/money/wallets',
    title: fa.wallets,
    who: ['admin'],
    section: 'money',
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
    section: 'wallet',
    icon: WalletOutlined,
    quick: ['sms_customer', 'reseller'],
    words: fa.topUpWords,
    load: () => import('./wallet.screen').then(({ WalletScreen }) => ({ Component: WalletScreen })),
  },
  {
    path: '/wallet/statement',
    title: fa.statement,
    who: customers,
    section: 'wallet',
    icon: FileTextOutlined,
    words: fa.statementWords,
    load: () => import('./statement.screen').then(({ StatementScreen }) => ({ Component: StatementScreen })),
  },
];
