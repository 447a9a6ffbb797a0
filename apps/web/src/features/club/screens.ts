import { GiftOutlined } from '@ant-design/icons';
import { api, ok } from '../../api/client';
import type { Feature } from '../../parts/screens/feature';
import { question } from '../../parts/screens/question';
import { customers } from '../../parts/screens/screen';
import fa from './fa.json';

export const feature: Feature = {
  screens: [
    {
      path: '/reseller/club',
      title: fa.clubRules,
      who: ['reseller', 'admin'],
      menu: { group: 'reseller', order: 4 },
      icon: GiftOutlined,
      words: fa.userClubWords,
      load: () =>
        import('./club-rules.screen').then(({ ClubRulesScreen }) => ({ Component: ClubRulesScreen })),
    },
    {
      path: '/club',
      title: fa.club,
      who: customers,
      menu: { group: 'wallet', order: 7 },
      icon: GiftOutlined,
      words: fa.ownClubWords,
      when: question({
        queryKey: ['club', 'own'],
        read: () => ok(api.GET('/api/v1/club')),
        answerOf: ({ status }) => status !== 'inactive',
      }),
      load: () => import('./club.screen').then(({ ClubScreen }) => ({ Component: ClubScreen })),
    },
  ],
};
