import { AuditOutlined, ProfileOutlined } from '@ant-design/icons';
import { customers } from '../../parts/screens/screen';
import type { Screen } from '../../parts/screens/screen';
import fa from './fa.json';

export const plansScreens: readonly Screen[] = [
  {
    path: '/money/plans',
    title: fa.plans,
    who: ['admin'],
    section: 'money',
    icon: ProfileOutlined,
    load: () => import('./plans.screen').then(({ PlansScreen }) => ({ Component: PlansScreen })),
  },
  {
    path: '/wallet/plan',
    title: fa.plan,
    who: customers,
    section: 'wallet',
    icon: AuditOutlined,
    words: fa.planWords,
    load: () => import('./own-plan.screen').then(({ OwnPlanScreen }) => ({ Component: OwnPlanScreen })),
  },
];
