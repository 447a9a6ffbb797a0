import { StopOutlined } from '@ant-design/icons';
import type { Feature } from '../../parts/screens/feature';
import { customers } from '../../parts/screens/screen';
import fa from './fa.json';

export const feature: Feature = {
  screens: [
    {
      path: '/opt-outs',
      title: fa.optOuts,
      who: customers,
      menu: { group: 'receiving', order: 3 },
      icon: StopOutlined,
      words: fa.optOutsWords,
      load: () => import('./opt-outs.screen').then(({ OptOutsScreen }) => ({ Component: OptOutsScreen })),
    },
    {
      path: '/sms/opt-outs',
      title: fa.optOuts,
      who: ['admin'],
      menu: { group: 'operators', order: 6 },
      icon: StopOutlined,
      words: fa.optOutsWords,
      load: () =>
        import('./all-opt-outs.screen').then(({ AllOptOutsScreen }) => ({ Component: AllOptOutsScreen })),
    },
  ],
};
