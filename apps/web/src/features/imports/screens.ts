import { UploadOutlined } from '@ant-design/icons';
import type { Feature } from '../../parts/screens/feature';
import fa from './fa.json';

export const feature: Feature = {
  screens: [
    {
      path: '/people/import',
      title: fa.imports,
      who: ['admin'],
      menu: { group: 'people', order: 2 },
      icon: UploadOutlined,
      words: fa.importsWords,
      load: () => import('./imports.screen').then(({ ImportsScreen }) => ({ Component: ImportsScreen })),
    },
    {
      path: '/people/import/:importId',
      title: fa.import,
      who: ['admin'],
      parent: '/people/import',
      load: () => import('./import.screen').then(({ ImportScreen }) => ({ Component: ImportScreen })),
    },
  ],
};
