import { BankOutlined } from '@ant-design/icons';
import type { Screen } from '../../parts/screens/screen';
import fa from './fa.json';

export const banksScreens: readonly Screen[] = [
  {
    path: '/money/banks',
    title: fa.banks,
    who: ['admin'],
    section: 'money',
    icon: BankOutlined,
    words: fa.banksWords,
    load: () => import('./banks.screen').then(({ BanksScreen }) => ({ Component: BanksScreen })),
  },
];
