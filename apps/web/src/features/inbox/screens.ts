import { InboxOutlined, PhoneOutlined } from '@ant-design/icons';
import { customers } from '../../app/screens';
import type { Screen } from '../../app/screens';
import fa from './fa.json';

export const inboxScreens: readonly Screen[] = [
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
  {
    path: '/lines',
    title: fa.lines,
    who: customers,
    section: 'inbox',
    icon: PhoneOutlined,
    words: fa.linesWords,
    load: () => import('../sends/lines.screen').then(({ LinesScreen }) => ({ Component: LinesScreen })),
  },
];
