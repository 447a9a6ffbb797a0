import { UploadOutlined } from '@ant-design/icons';
import type { Screen } from '../../parts/screens/screen';
import fa from './fa.json';

export const importsScreens: readonly Screen[] = [
  {
    path: '/people/import',
    title: fa.imports,
    who: ['admin'],
    section: 'people',
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
];
