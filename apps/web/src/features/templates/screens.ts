import { SnippetsOutlined } from '@ant-design/icons';
import { customers } from '../../parts/screens/screen';
import type { Screen } from '../../parts/screens/screen';
import fa from './fa.json';

export const templatesScreens: readonly Screen[] = [
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
