import { MessageOutlined } from '@ant-design/icons';
import { customers } from '../../parts/screens/screen';
import type { Screen } from '../../parts/screens/screen';
import fa from './fa.json';

export const newSendScreens: readonly Screen[] = [
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
];
