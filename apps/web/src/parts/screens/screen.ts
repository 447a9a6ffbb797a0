import type { ComponentType } from 'react';
import type { Role } from '../../api/client';
import type { Question } from './question';
import type { GroupKey } from './sections';

/** Where a page stands in the menu. */
export interface MenuPlace {
  readonly group: GroupKey;
  /** Its position among the pages of its group, the smallest first; unique in the group. */
  readonly order: number;
}

/** How many things of a page nobody has looked at yet. */
export interface Count extends Question<number> {
  /** Says it behind the bell; `{count}` stands for the number. */
  readonly said: string;
}

/**
 * One page of the panel. The router, the menu, the breadcrumbs, the quick access and the command palette are made from
 * these; the server decides again who may do what.
 */
export interface Screen {
  /** As React Router writes it; unique. */
  readonly path: string;
  readonly title: string;
  /** `public`: without signing in; `everyone`: who is signed in. */
  readonly who: 'public' | 'everyone' | readonly Role[];
  /** Absent: the page has no place in the menu; it is reached from its parent. */
  readonly menu?: MenuPlace;
  readonly icon?: ComponentType;
  /** Path of the screen that this one is a detail of. */
  readonly parent?: string;
  /** Of the phone's bottom bar and the home page's buttons, for these roles (WEB-010, WEB-012). */
  readonly quick?: 'everyone' | readonly Role[];
  /** Other words by which people look for it in the command palette. */
  readonly words?: string;
  /** Offered only where the answer is yes; the page itself says why it is empty. */
  readonly when?: Question<boolean>;
  /** The number beside it in the menu, and a part of the number at the bell (WEB-022). */
  readonly count?: Count;
  /** Code of its own, loaded when it is opened. */
  readonly load: () => Promise<{ readonly Component: ComponentType }>;
}

/**
 * Who sends, receives and pays for it. An administrator's own wallet and lines are empty: one who sends too holds the
 * role sms_customer beside the other.
 */
export const customers: readonly Role[] = ['sms_customer', 'reseller'];

export function mayOpen({ who }: Pick<Screen, 'who'>, roles: readonly Role[]): boolean {
  return who === 'public' || who === 'everyone' || who.some((role) => roles.includes(role));
}
