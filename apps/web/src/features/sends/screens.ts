import { BarChartOutlined, MessageOutlined } from '@ant-design/icons';
import { customers } from '../../app/screens';
import type { Screen } from '../../app/screens';
import fa from './fa.json';

export const sendScreens: readonly Screen[] = [
  {
    path: '/sends/new',
    title: fa.newSend,
    who: customers,
    section: 'send',
    icon: MessageOutlined,
    quick: ['sms_customer', 'reseller'],
    words: fa.newSendWords,
    load: () => import('./new-send.screen').then(({ NewSendScreen }) => ({ Component: NewSendScreen })),
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
