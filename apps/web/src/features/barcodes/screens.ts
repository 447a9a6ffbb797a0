import { QrcodeOutlined } from '@ant-design/icons';
import type { Feature } from '../../parts/screens/feature';
import fa from './fa.json';

export const feature: Feature = {
  screens: [
    {
      path: '/people/barcode',
      title: fa.barcode,
      who: ['admin', 'support_agent', 'professor', 'school_manager'],
      menu: { group: 'people', order: 3 },
      icon: QrcodeOutlined,
      quick: ['professor', 'school_manager', 'support_agent'],
      load: () => import('./barcode.screen').then(({ BarcodeScreen }) => ({ Component: BarcodeScreen })),
    },
  ],
};
