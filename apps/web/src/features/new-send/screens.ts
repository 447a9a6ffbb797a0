import { MessageOutlined } from '@ant-design/icons';
import type { Feature } from '../../parts/screens/feature';
import { customers } from '../../parts/screens/screen';
import fa from './fa.json';

export const feature: Feature = {
  screens: [
    {
      path: '/sends/new',
      title: fa.newSend,
      who: customers,
      menu: { group: 'sending', order: 1 },
      icon: MessageOutlined,
      quick: ['sms_customer', 'reseller'],
      words: fa.newSendWords,
      load: () => import('./new-send.screen').then(({ NewSendScreen }) => ({ Component: NewSendScreen })),
    },
  ],
};
