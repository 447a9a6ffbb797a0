import {
  ApiOutlined,
  AuditOutlined,
  InboxOutlined,
  NumberOutlined,
  QrcodeOutlined,
  QuestionCircleOutlined,
  SendOutlined,
  TeamOutlined,
  UploadOutlined,
} from '@ant-design/icons';
import type { Screen } from '../../app/screens';
import audit from './audit/fa.json';
import deadLetters from './dead-letters/fa.json';
import imports from './imports/fa.json';
import { allOptOutScreens } from '../opt-outs/screens';
import { moneyScreens } from './money/screens';
import people from './people/fa.json';
import sms from './sms/fa.json';

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
  {
    path: '/sms/links',
    title: sms.links,
    who: ['admin'],
    section: 'sms',
    icon: ApiOutlined,
    quick: ['admin'],
    words: sms.linksWords,
    load: () => import('./sms/links.screen').then(({ LinksScreen }) => ({ Component: LinksScreen })),
  },
  {
    path: '/sms/links/:linkId',
    title: sms.link,
    who: ['admin'],
    parent: '/sms/links',
    load: () => import('./sms/link.screen').then(({ LinkScreen }) => ({ Component: LinkScreen })),
  },
  {
    path: '/sms/doubts',
    title: sms.doubts,
    who: ['admin'],
    section: 'sms',
    icon: QuestionCircleOutlined,
    words: sms.doubtsWords,
    load: () => import('./sms/doubts.screen').then(({ DoubtsScreen }) => ({ Component: DoubtsScreen })),
  },
  {
    path: '/sms/lines',
    title: sms.lines,
    who: ['admin'],
    section: 'sms',
    icon: NumberOutlined,
    words: sms.linesWords,
    load: () => import('./sms/lines.screen').then(({ LinesScreen }) => ({ Component: LinesScreen })),
  },
  {
    path: '/sms/line-pool',
    title: sms.pool,
    who: ['admin'],
    parent: '/sms/lines',
    words: sms.poolWords,
    load: () =>
      import('./sms/line-pool.screen').then(({ LinePoolScreen }) => ({ Component: LinePoolScreen })),
  },
  {
    path: '/sms/sends',
    title: sms.allSends,
    who: ['admin'],
    section: 'sms',
    icon: SendOutlined,
    words: sms.allSendsWords,
    load: () => import('./sms/sends.screen').then(({ AllSendsScreen }) => ({ Component: AllSendsScreen })),
  },
  {
    path: '/sms/sends/:sendId',
    title: sms.anySend,
    who: ['admin'],
    parent: '/sms/sends',
    load: () => import('./sms/send.screen').then(({ AnySendScreen }) => ({ Component: AnySendScreen })),
  },
  {
    path: '/sms/unlined',
    title: sms.unlined,
    who: ['admin'],
    section: 'sms',
    icon: InboxOutlined,
    words: sms.unlinedWords,
    load: () => import('./sms/unlined.screen').then(({ UnlinedScreen }) => ({ Component: UnlinedScreen })),
  },
  ...allOptOutScreens,
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
  {
    path: '/system/dead-letters',
    title: deadLetters.deadLetters,
    who: ['admin'],
    section: 'system',
    icon: InboxOutlined,
    words: deadLetters.words,
    load: () =>
      import('./dead-letters/dead-letters.screen').then(({ DeadLettersScreen }) => ({
        Component: DeadLettersScreen,
      })),
  },
];
