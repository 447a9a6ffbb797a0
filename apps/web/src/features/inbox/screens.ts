import { InboxOutlined } from '@ant-design/icons';
import { customers } from '../../parts/screens/screen';
import type { Screen } from '../../parts/screens/screen';
import fa from './fa.json';

export const inboxScreens: readonly Screen[] = [
  {
    path: '/sms/unlined',
    title: fa.unlined,
    who: ['admin'],
    section: 'sms',
    icon: InboxOutlined,
    words: fa.unlinedWords,
    load: () => import('./unlined.screen').then(({ UnlinedScreen }) => ({ Component: UnlinedScreen })),
  },
  {
    path: '/inbox',
    title: fa.inbox,
    who: customers,
    section: 'inbox',
    icon: InboxOutlined,
    quick: ['sms_customer', 'reseller'],
    words: fa.inboxWords,
    load: () => import('./inbox.screen').then(({ InboxScreen }) => ({ Component: InboxScreen })),
  },
  {
    path: '/inbox/:threadId',
    title: fa.thread,
    who: customers,
    parent: '/inbox',
    load: () => import('./thread.screen').then(({ ThreadScreen }) => ({ Component: ThreadScreen })),
  },
];
