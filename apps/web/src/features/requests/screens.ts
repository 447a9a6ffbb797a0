import { InboxOutlined, UserSwitchOutlined } from '@ant-design/icons';
import { api, ok } from '../../api/client';
import type { Feature } from '../../parts/screens/feature';
import { question } from '../../parts/screens/question';
import fa from './fa.json';

export const feature: Feature = {
  screens: [
    {
      path: '/reseller/requests',
      title: fa.userRequests,
      who: ['reseller', 'admin'],
      menu: { group: 'reseller', order: 2 },
      icon: InboxOutlined,
      words: fa.userRequestsWords,
      load: () =>
        import('./user-requests.screen').then(({ UserRequestsScreen }) => ({
          Component: UserRequestsScreen,
        })),
    },
    {
      path: '/wallet/requests',
      title: fa.ownRequests,
      who: ['sms_customer', 'reseller'],
      menu: { group: 'wallet', order: 4 },
      icon: UserSwitchOutlined,
      words: fa.ownRequestsWords,
      when: question({
        queryKey: ['me'],
        read: () => ok(api.GET('/api/v1/me')),
        answerOf: ({ reseller }) => Boolean(reseller),
      }),
      load: () =>
        import('./own-requests.screen').then(({ OwnRequestsScreen }) => ({ Component: OwnRequestsScreen })),
    },
  ],
};
