import { AuditOutlined } from '@ant-design/icons';
import type { Screen } from '../../parts/screens/screen';
import fa from './fa.json';

export const auditScreens: readonly Screen[] = [
  {
    path: '/system/audit',
    title: fa.audit,
    who: ['admin'],
    section: 'system',
    icon: AuditOutlined,
    words: fa.auditWords,
    load: () => import('./audit.screen').then(({ AuditScreen }) => ({ Component: AuditScreen })),
  },
];
