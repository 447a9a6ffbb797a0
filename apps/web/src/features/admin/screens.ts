import { AuditOutlined, QrcodeOutlined, TeamOutlined, UploadOutlined } from '@ant-design/icons';
import type { Screen } from '../../app/screens';
import audit from './audit/fa.json';
import imports from './imports/fa.json';
import { moneyScreens } from './money/screens';
import people from './people/fa.json';

/** Administration: people, operator links, money and the system itself (WEB-211). */
export const adminScreens: readonly Screen[] = [
  {
    path: '/people',
    title: people.people,
    who: ['admin', 'support_agent', 'reseller'],
    section: 'people',
    icon: TeamOutlined,
    quick: ['admin', 'support_agent'],
    words: people.peopleWords,
    load: () => import('./people/people.screen').then(({ PeopleScreen }) => ({ Component: PeopleScreen })),
  },
  {
    path: '/people/new',
    title: people.newAccount,
    who: ['admin', 'reseller'],
    parent: '/people',
    load: () =>
      import('./people/new-account.screen').then(({ NewAccountScreen }) => ({ Component: NewAccountScreen })),
  },
  {
    path: '/people/import',
    title: imports.imports,
    who: ['admin'],
    section: 'people',
    icon: UploadOutlined,
    words: imports.importsWords,
    load: () =>
      import('./imports/imports.screen').then(({ ImportsScreen }) => ({ Component: ImportsScreen })),
  },
  {
    path: '/people/import/:importId',
    title: imports.import,
    who: ['admin'],
    parent: '/people/import',
    load: () => import('./imports/import.screen').then(({ ImportScreen }) => ({ Component: ImportScreen })),
  },
  {
    path: '/people/barcode',
    title: people.barcode,
    who: ['admin', 'support_agent', 'professor', 'school_manager'],
    section: 'people',
    icon: QrcodeOutlined,
    quick: ['professor', 'school_manager', 'support_agent'],
    load: () => import('./people/barcode.screen').then(({ BarcodeScreen }) => ({ Component: BarcodeScreen })),
  },
  {
    path: '/people/:accountId',
    title: people.person,
    who: ['admin', 'support_agent', 'reseller'],
    parent: '/people',
    load: () => import('./people/account.screen').then(({ AccountScreen }) => ({ Component: AccountScreen })),
  },
  ...moneyScreens,
  {
    path: '/system/audit',
    title: audit.audit,
    who: ['admin'],
    section: 'system',
    icon: AuditOutlined,
    words: audit.auditWords,
    load: () => import('./audit/audit.screen').then(({ AuditScreen }) => ({ Component: AuditScreen })),
  },
];
