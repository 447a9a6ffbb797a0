import { StopOutlined } from '@ant-design/icons';
import { customers } from '../../app/screens';
import type { Screen } from '../../app/screens';
import fa from './fa.json';

export const optOutScreens: readonly Screen[] = [
  {
    path: '/opt-outs',
    title: fa.optOuts,
    who: customers,
    section: 'inbox',
    icon: StopOutlined,
    words: fa.optOutsWords,
    load: () => import('./opt-outs.screen').then(({ OptOutsScreen }) => ({ Component: OptOutsScreen })),
  },
];

/** Of administrators. */
export const allOptOutScreens: readonly Screen[] = [
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
