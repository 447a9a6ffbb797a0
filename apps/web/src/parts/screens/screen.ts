import type { ComponentType } from 'react';
import type { Role } from '../../api/client';
import fa from '../../i18n/fa.json';

/** Sections of the toolbar and the menu, in this order (WEB-025, WEB-031). Later parts of the platform add theirs. */
export const sections = [
  { key: 'home', title: fa.sectionHome },
  { key: 'send', title: fa.sectionSend },
  { key: 'reports', title: fa.sectionReports },
  { key: 'inbox', title: fa.sectionInbox },
  { key: 'templates', title: fa.sectionTemplates },
  { key: 'wallet', title: fa.sectionWallet },
  { key: 'reseller', title: fa.sectionReseller },
  { key: 'club', title: fa.sectionClub },
  { key: 'account', title: fa.sectionAccount },
  { key: 'people', title: fa.sectionPeople },
  { key: 'sms', title: fa.sectionSms },
  { key: 'money', title: fa.sectionMoney },
  { key: 'system', title: fa.sectionSystem },
] as const;
export type SectionKey = (typeof sections)[number]['key'];

/** What is so of some accounts of a role: it belongs to a reseller, its club gives points. */
export type Fact = 'hasReseller' | 'clubRuns';

/**
 * One page of the panel. This list is the router, the menu, the breadcrumbs, the quick access and the command palette
 * at once; the server decides again who may what.
 */
export interface Screen {
  /** As React Router writes it; unique. */
  readonly path: string;
  readonly title: string;
  /** `public`: without signing in; `everyone`: who is signed in. */
  readonly who: 'public' | 'everyone' | readonly Role[];
  /** Absent: the page has no place in the menu; it is reached from its parent. */
  readonly section?: SectionKey;
  readonly icon?: ComponentType;
  /** Path of the screen that this one is a detail of. */
  readonly parent?: string;
  /** Of the phone's bottom bar and the home page's buttons, for these roles (WEB-010, WEB-012); at most four a role. */
  readonly quick?: 'everyone' | readonly Role[];
  /** Other words by which people look for it in the command palette. */
  readonly words?: string;
  /** Offered only where this is so of the account; the page itself says why it is empty (app/facts). */
  readonly when?: Fact;
  /** Code of its own, loaded when it is opened. */
  readonly load: () => Promise<{ readonly Component: ComponentType }>;
}

/**
 * Who sends, receives and pays for it. An administrator's own wallet and lines are empty: one who sends too holds the
 * role sms_customer beside the other.
 */
export const customers: readonly Role[] = ['sms_customer', 'reseller'];

export function mayOpen(screen: Screen, roles: readonly Role[]): boolean {
  return (
    screen.who === 'public' || screen.who === 'everyone' || screen.who.some((role) => roles.includes(role))
  );
}

/** Whether it is offered in menus: by role, and by what is so of the account. */
export function isOffered(screen: Screen, roles: readonly Role[], facts: ReadonlySet<Fact>): boolean {
  return screen.who !== 'public' && mayOpen(screen, roles) && (!screen.when || facts.has(screen.when));
}
