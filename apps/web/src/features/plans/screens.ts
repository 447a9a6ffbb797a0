import { AuditOutlined, ProfileOutlined } from '@ant-design/icons';
import type { Feature } from '../../parts/screens/feature';
import { customers } from '../../parts/screens/screen';
import fa from './fa.json';

export const feature: Feature = {
  screens: [
    {
      path: '/money/plans',
      title: fa.plans,
      who: ['admin'],
      menu: { group: 'prices', order: 4 },
      icon: ProfileOutlined,
      load: () => import('./plans.screen').then(({ PlansScreen }) => ({ Component: PlansScreen })),
    },
    {
      path: '/wallet/plan',
      title: fa.plan,
      who: customers,
      menu: { group: 'wallet', order: 5 },
      icon: AuditOutlined,
      words: fa.planWords,
      load: () => import('./own-plan.screen').then(({ OwnPlanScreen }) => ({ Component: OwnPlanScreen })),
    },
  ],
};
