import { SnippetsOutlined } from '@ant-design/icons';
import type { Feature } from '../../parts/screens/feature';
import { customers } from '../../parts/screens/screen';
import fa from './fa.json';

export const feature: Feature = {
  screens: [
    {
      path: '/templates',
      title: fa.templates,
      who: customers,
      menu: { group: 'sending', order: 3 },
      icon: SnippetsOutlined,
      words: fa.words,
      load: () =>
        import('./templates.screen').then(({ TemplatesScreen }) => ({ Component: TemplatesScreen })),
    },
  ],
};
