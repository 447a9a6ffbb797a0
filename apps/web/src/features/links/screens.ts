import { ApiOutlined } from '@ant-design/icons';
import type { Feature } from '../../parts/screens/feature';
import fa from './fa.json';

export const feature: Feature = {
  screens: [
    {
      path: '/sms/links',
      title: fa.links,
      who: ['admin'],
      menu: { group: 'operators', order: 1 },
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
  ],
};
