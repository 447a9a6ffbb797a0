import { AuditOutlined } from '@ant-design/icons';
import type { Feature } from '../../parts/screens/feature';
import fa from './fa.json';

export const feature: Feature = {
  screens: [
    {
      path: '/money/campaigns',
      title: fa.campaigns,
      who: ['admin'],
      menu: { group: 'prices', order: 5 },
      icon: AuditOutlined,
      words: fa.campaignsWords,
      load: () =>
        import('./campaigns.screen').then(({ CampaignsScreen }) => ({ Component: CampaignsScreen })),
    },
  ],
};
