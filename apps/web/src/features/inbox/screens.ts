import { InboxOutlined } from '@ant-design/icons';
import { api, ok } from '../../api/client';
import type { Feature } from '../../parts/screens/feature';
import { question } from '../../parts/screens/question';
import { customers } from '../../parts/screens/screen';
import fa from './fa.json';

export const feature: Feature = {
  screens: [
    {
      path: '/sms/unlined',
      title: fa.unlined,
      who: ['admin'],
      menu: { group: 'operators', order: 5 },
      icon: InboxOutlined,
      words: fa.unlinedWords,
      load: () => import('./unlined.screen').then(({ UnlinedScreen }) => ({ Component: UnlinedScreen })),
    },
    {
      path: '/inbox',
      title: fa.inbox,
      who: customers,
      menu: { group: 'receiving', order: 1 },
      icon: InboxOutlined,
      quick: ['sms_customer', 'reseller'],
      words: fa.inboxWords,
      count: {
        ...question({
          queryKey: ['inbox', 'unread'],
          read: () => ok(api.GET('/api/v1/inbox/unread')),
          answerOf: ({ messages }) => messages,
        }),
        said: fa.unreadInbox,
      },
      load: () => import('./inbox.screen').then(({ InboxScreen }) => ({ Component: InboxScreen })),
    },
    {
      path: '/inbox/:threadId',
      title: fa.thread,
      who: customers,
      parent: '/inbox',
      load: () => import('./thread.screen').then(({ ThreadScreen }) => ({ Component: ThreadScreen })),
    },
  ],
};
