import { AuditOutlined } from '@ant-design/icons';
import type { Screen } from '../../parts/screens/screen';
import fa from './fa.json';

export const campaignsScreens: readonly Screen[] = [
  {
    path: '/money/campaigns',
    title: fa.campaigns,
    who: ['admin'],
    section: 'money',
    icon: AuditOutlined,
    words: fa.campaignsWords,
    load: () => import('./campaigns.screen').then(({ CampaignsScreen }) => ({ Component: CampaignsScreen })),
  },
];
