import { BarChartOutlined, SendOutlined } from '@ant-design/icons';
import { customers } from '../../parts/screens/screen';
import type { Screen } from '../../parts/screens/screen';
import fa from './fa.json';

export const sendsScreens: readonly Screen[] = [
  {
    path: '/sms/sends',
    title: fa.allSends,
    who: ['admin'],
    section: 'sms',
    icon: SendOutlined,
    words: fa.allSendsWords,
    load: () => import('./all-sends.screen').then(({ AllSendsScreen }) => ({ Component: AllSendsScreen })),
  },
  {
    path: '/sms/sends/:sendId',
    title: fa.anySend,
    who: ['admin'],
    parent: '/sms/sends',
    load: () => import('./any-send.screen').then(({ AnySendScreen }) => ({ Component: AnySendScreen })),
  },
  {
    path: '/sends',
    title: fa.sends,
    who: customers,
    section: 'reports',
    icon: BarChartOutlined,
    quick: ['sms_customer', 'reseller'],
    words: fa.sendsWords,
    load: () => import('./sends.screen').then(({ SendsScreen }) => ({ Component: SendsScreen })),
  },
  {
    path: '/sends/:sendId',
    title: fa.sendReport,
    who: customers,
    parent: '/sends',
    load: () => import('./send.screen').then(({ SendScreen }) => ({ Component: SendScreen })),
  },
];
