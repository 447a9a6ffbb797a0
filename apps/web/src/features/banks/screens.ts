import { BankOutlined } from '@ant-design/icons';
import type { Feature } from '../../parts/screens/feature';
import fa from './fa.json';

export const feature: Feature = {
  screens: [
    {
      path: '/money/banks',
      title: fa.banks,
      who: ['admin'],
      menu: { group: 'wallets', order: 4 },
      icon: BankOutlined,
      words: fa.banksWords,
      load: () => import('./banks.screen').then(({ BanksScreen }) => ({ Component: BanksScreen })),
    },
  ],
};
