import { TagsOutlined } from '@ant-design/icons';
import type { Feature } from '../../parts/screens/feature';
import { customers } from '../../parts/screens/screen';
import fa from './fa.json';

export const feature: Feature = {
  screens: [
    {
      path: '/money/tariffs',
      title: fa.levelTariffs,
      who: ['admin'],
      menu: { group: 'prices', order: 1 },
      icon: TagsOutlined,
      load: () =>
        import('./level-tariffs.screen').then(({ LevelTariffsScreen }) => ({
          Component: LevelTariffsScreen,
        })),
    },
    {
      path: '/money/tariffs/schedule',
      title: fa.schedule,
      who: ['admin'],
      parent: '/money/tariffs',
      words: fa.scheduleWords,
      load: () => import('./schedule.screen').then(({ ScheduleScreen }) => ({ Component: ScheduleScreen })),
    },
    {
      path: '/reseller/tariffs',
      title: fa.userTariffs,
      who: ['reseller'],
      menu: { group: 'reseller', order: 3 },
      icon: TagsOutlined,
      load: () =>
        import('./user-tariffs.screen').then(({ UserTariffsScreen }) => ({ Component: UserTariffsScreen })),
    },
    {
      path: '/wallet/tariffs',
      title: fa.ownTariffs,
      who: customers,
      menu: { group: 'wallet', order: 6 },
      icon: TagsOutlined,
      load: () =>
        import('./own-tariffs.screen').then(({ OwnTariffsScreen }) => ({ Component: OwnTariffsScreen })),
    },
  ],
};
