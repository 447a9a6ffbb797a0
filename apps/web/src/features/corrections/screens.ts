import { SafetyCertificateOutlined } from '@ant-design/icons';
import type { Feature } from '../../parts/screens/feature';
import fa from './fa.json';

export const feature: Feature = {
  screens: [
    {
      path: '/money/corrections',
      title: fa.corrections,
      who: ['admin'],
      menu: { group: 'wallets', order: 2 },
      icon: SafetyCertificateOutlined,
      load: () =>
        import('./corrections.screen').then(({ CorrectionsScreen }) => ({ Component: CorrectionsScreen })),
    },
  ],
};
