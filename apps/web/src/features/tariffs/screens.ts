import { TagsOutlined } from '@ant-design/icons';
import { customers } from '../../parts/screens/screen';
import type { Screen } from '../../parts/screens/screen';
import fa from './fa.json';

export const tariffsScreens: readonly Screen[] = [
  {
    path: '/money/tariffs',
    title: fa.levelTariffs,
    who: ['admin'],
    section: 'money',
    icon: TagsOutlined,
    load: () =>
      import('./level-tariffs.screen').then(({ LevelTariffsScreen }) => ({ Component: LevelTariffsScreen })),
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
    section: 'reseller',
    icon: TagsOutlined,
    load: () =>
      import('./user-tariffs.screen').then(({ UserTariffsScreen }) => ({ Component: UserTariffsScreen })),
  },
  {
    path: '/wallet/tariffs',
    title: fa.ownTariffs,
    who: customers,
    section: 'wallet',
    icon: TagsOutlined,
    load: () =>
      import('./own-tariffs.screen').then(({ OwnTariffsScreen }) => ({ Component: OwnTariffsScreen })),
  },
];
