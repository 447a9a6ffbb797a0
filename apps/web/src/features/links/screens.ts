import { ApiOutlined } from '@ant-design/icons';
import type { Screen } from '../../parts/screens/screen';
import fa from './fa.json';

export const linksScreens: readonly Screen[] = [
  {
    path: '/sms/links',
    title: fa.links,
    who: ['admin'],
    section: 'sms',
    icon: ApiOutlined,
    quick: ['admin'],
    words: fa.linksWords,
    load: () => import('./links.screen').then(({ LinksScreen }) => ({ Component: LinksScreen })),
  },
  {
    path: '/sms/links/:linkId',
    title: fa.link,
    who: ['admin'],
    parent: '/sms/links',
    load: () => import('./link.screen').then(({ LinkScreen }) => ({ Component: LinkScreen })),
  },
];
