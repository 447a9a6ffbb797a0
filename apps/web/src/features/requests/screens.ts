import { InboxOutlined, UserSwitchOutlined } from '@ant-design/icons';
import type { Screen } from '../../parts/screens/screen';
import fa from './fa.json';

export const requestsScreens: readonly Screen[] = [
  {
    path: '/reseller/requests',
    title: fa.userRequests,
    who: ['reseller', 'admin'],
    section: 'reseller',
    icon: InboxOutlined,
    words: fa.userRequestsWords,
    load: () =>
      import('./user-requests.screen').then(({ UserRequestsScreen }) => ({ Component: UserRequestsScreen })),
  },
  {
    path: '/wallet/requests',
    title: fa.ownRequests,
    who: ['sms_customer', 'reseller'],
    section: 'wallet',
    icon: UserSwitchOutlined,
    words: fa.ownRequestsWords,
    when: 'hasReseller',
    load: () =>
      import('./own-requests.screen').then(({ OwnRequestsScreen }) => ({ Component: OwnRequestsScreen })),
  },
];
