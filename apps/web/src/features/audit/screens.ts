import { AuditOutlined } from '@ant-design/icons';
import type { Feature } from '../../parts/screens/feature';
import fa from './fa.json';

export const feature: Feature = {
  screens: [
    {
      path: '/system/audit',
      title: fa.audit,
      who: ['admin'],
      menu: { group: 'system', order: 1 },
      icon: AuditOutlined,
      words: fa.auditWords,
      load: () => import('./audit.screen').then(({ AuditScreen }) => ({ Component: AuditScreen })),
    },
  ],
};
