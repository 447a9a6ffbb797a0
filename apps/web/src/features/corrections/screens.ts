import { SafetyCertificateOutlined } from '@ant-design/icons';
import type { Screen } from '../../parts/screens/screen';
import fa from './fa.json';

export const correctionsScreens: readonly Screen[] = [
  {
    path: '/money/corrections',
    title: fa.corrections,
    who: ['admin'],
    section: 'money',
    icon: SafetyCertificateOutlined,
    load: () =>
      import('./corrections.screen').then(({ CorrectionsScreen }) => ({ Component: CorrectionsScreen })),
  },
];
