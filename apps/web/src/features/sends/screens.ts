import { MessageOutlined } from '@ant-design/icons';
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
    load: () => import('./new-send.screen').then(({ NewSendScreen }) => ({ Component: NewSendScreen })),
  },
];
