import { BarChartOutlined, SendOutlined } from '@ant-design/icons';
import { api, ok } from '../../api/client';
import { foundMax } from '../../parts/screens/feature';
import type { Feature, Found } from '../../parts/screens/feature';
import { customers } from '../../parts/screens/screen';
import fa from './fa.json';

export const feature: Feature = {
  screens: [
    {
      path: '/sms/sends',
      title: fa.allSends,
      who: ['admin'],
      menu: { group: 'operators', order: 3 },
      icon: SendOutlined,
      words: fa.allSendsWords,
      load: () => import('./all-sends.screen').then(({ AllSendsScreen }) => ({ Component: AllSendsScreen })),
    },
    {
      path: '/sms/sends/:sendId',
      title: fa.anySend,
      who: ['admin'],
      parent: '/sms/sends',
      load: () => import('./any-send.screen').then(({ AnySendScreen }) => ({ Component: AnySendScreen })),
    },
    {
      path: '/sends',
      title: fa.sends,
      who: customers,
      menu: { group: 'sending', order: 2 },
      icon: BarChartOutlined,
      quick: ['sms_customer', 'reseller'],
      words: fa.sendsWords,
      load: () => import('./sends.screen').then(({ SendsScreen }) => ({ Component: SendsScreen })),
    },
    {
      path: '/sends/:sendId',
      title: fa.sendReport,
      who: customers,
      parent: '/sends',
      load: () => import('./send.screen').then(({ SendScreen }) => ({ Component: SendScreen })),
    },
  ],
  search: { who: customers, find: findSends },
};

async function findSends(search: string): Promise<readonly Found[]> {
  const page = await ok(api.GET('/api/v1/sends', { params: { query: { search, limit: foundMax } } }));
  return page.sends.map(({ id, title, text }) => ({
    key: id,
    title: title || text.slice(0, 60),
    note: fa.foundSend,
    to: `/sends/${id}`,
  }));
}
