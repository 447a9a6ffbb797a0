import { StopOutlined } from '@ant-design/icons';
import { customers } from '../../parts/screens/screen';
import type { Screen } from '../../parts/screens/screen';
import fa from './fa.json';

export const optOutsScreens: readonly Screen[] = [
  {
    path: '/opt-outs',
    title: fa.optOuts,
    who: customers,
    section: 'inbox',
    icon: StopOutlined,
    words: fa.optOutsWords,
    load: () => import('./opt-outs.screen').then(({ OptOutsScreen }) => ({ Component: OptOutsScreen })),
  },
  {
    path: '/sms/opt-outs',
    title: fa.optOuts,
    who: ['admin'],
    section: 'sms',
    icon: StopOutlined,
    words: fa.optOutsWords,
    load: () =>
      import('./all-opt-outs.screen').then(({ AllOptOutsScreen }) => ({ Component: AllOptOutsScreen })),
  },
];
