import { SnippetsOutlined } from '@ant-design/icons';
import { customers } from '../../app/screens';
import type { Screen } from '../../app/screens';
import fa from './fa.json';

export const templateScreens: readonly Screen[] = [
  {
    path: '/templates',
    title: fa.templates,
    who: customers,
    section: 'templates',
    icon: SnippetsOutlined,
    words: fa.words,
    load: () => import('./templates.screen').then(({ TemplatesScreen }) => ({ Component: TemplatesScreen })),
  },
];
