import { GiftOutlined } from '@ant-design/icons';
import { customers } from '../../parts/screens/screen';
import type { Screen } from '../../parts/screens/screen';
import fa from './fa.json';

export const clubScreens: readonly Screen[] = [
  {
    path: '/reseller/club',
    title: fa.clubRules,
    who: ['reseller', 'admin'],
    section: 'reseller',
    icon: GiftOutlined,
    words: fa.userClubWords,
    load: () => import('./club-rules.screen').then(({ ClubRulesScreen }) => ({ Component: ClubRulesScreen })),
  },
  {
    path: '/club',
    title: fa.club,
    who: customers,
    section: 'club',
    icon: GiftOutlined,
    words: fa.ownClubWords,
    when: 'clubRuns',
    load: () => import('./club.screen').then(({ ClubScreen }) => ({ Component: ClubScreen })),
  },
];
