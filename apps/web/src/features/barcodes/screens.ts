import { QrcodeOutlined } from '@ant-design/icons';
import type { Screen } from '../../parts/screens/screen';
import fa from './fa.json';

export const barcodesScreens: readonly Screen[] = [
  {
    path: '/people/barcode',
    title: fa.barcode,
    who: ['admin', 'support_agent', 'professor', 'school_manager'],
    section: 'people',
    icon: QrcodeOutlined,
    quick: ['professor', 'school_manager', 'support_agent'],
    load: () => import('./barcode.screen').then(({ BarcodeScreen }) => ({ Component: BarcodeScreen })),
  },
];
