import { useQueries } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Role } from '../api/client';
import type { Offered } from '../parts/screens/offered';
import type { Question } from '../parts/screens/question';
import { mayOpen } from '../parts/screens/screen';
import type { Screen } from '../parts/screens/screen';
import { sections } from '../parts/screens/sections';
import type { SectionKey } from '../parts/screens/sections';
import { allScreens } from './features';

/** What decides whether a page is offered changes seldom, and a page that became empty says so itself. */
const staleMs = 5 * 60_000;
const countEveryMs = 60_000;

/** By the path of the page; one that is not answered yet is not there. */
function useAnswers<Answer>(
  asked: readonly { readonly path: string; readonly question: Question<Answer> }[],
  often: { readonly staleTime?: number; readonly refetchInterval?: number },
): Readonly<Record<string, Answer>> {
  const said = useQueries({
    queries: asked.map(({ question: { queryKey, read } }) => ({ queryKey, queryFn: read, ...often })),
    combine: (results) => results.map(({ data }) => data),
  });
  return useMemo(
    () =>
      Object.fromEntries(
        asked.flatMap(({ path, question }, index) =>
          said[index] === undefined ? [] : [[path, question.answerOf(said[index])] as const],
        ),
      ),
    [asked, said],
  );
}

/** What menus offer to a person with these roles. Nothing is offered that is not known yet. */
export function useMenu(roles: readonly Role[]): Offered {
  const { open, conditions, counted } = useMemo(() => {
    const mine = allScreens.filter((screen) => screen.who !== 'public' && mayOpen(screen, roles));
    return {
      open: mine,
      conditions: mine.flatMap(({ path, when }) => (when ? [{ path, question: when }] : [])),
      counted: mine.flatMap(({ path, count }) => (count ? [{ path, question: count }] : [])),
    };
  }, [roles]);
  const holds = useAnswers(conditions, { staleTime: staleMs });
  const counts = useAnswers(counted, { refetchInterval: countEveryMs });
  return useMemo(
    () => ({ screens: open.filter(({ path, when }) => !when || holds[path]), counts }),
    [open, holds, counts],
  );
}

export interface MenuGroup {
  readonly key: string;
  readonly title: string;
  readonly screens: readonly Screen[];
}
/** A section of the bar, with the pages that the person has in it. */
export interface MenuSection {
  readonly key: SectionKey;
  readonly title: string;
  /** The page that the section opens with. */
  readonly path: string;
  readonly groups: readonly MenuGroup[];
  /** It has no other page than the first, whose name it has: there is nothing to list. */
  readonly isPage: boolean;
  /** What is new on all of its pages. */
  readonly count: number;
}

export function sectionsOf({ screens, counts }: Offered): readonly MenuSection[] {
  return sections.flatMap(({ key, title, groups: plans }) => {
    const groups: readonly MenuGroup[] = plans
      .map((plan) => ({ ...plan, screens: screens.filter(({ menu }) => menu?.group === plan.key) }))
      .filter((group) => group.screens.length > 0);
    const pages = groups.flatMap((group) => group.screens);
    const [first] = pages;
    if (!first) return [];
    const isPage = pages.length === 1;
    const count = pages.reduce((sum, { path }) => sum + (counts[path] ?? 0), 0);
    return [{ key, title: isPage ? first.title : title, path: first.path, groups, isPage, count }];
  });
}

function screenAt(path: string): Screen | undefined {
  return allScreens.find((screen) => screen.path === path);
}

/** The page and those that it is a detail of, the outermost first. */
export function trailOf(screen: Screen | undefined): readonly Screen[] {
  const trail: Screen[] = [];
  for (let at = screen; at; at = at.parent ? screenAt(at.parent) : undefined) trail.unshift(at);
  return trail;
}

/** Where a page is found in the menu: the nearest page around it that has a place there, and the section of that. */
export function placeOf(
  screen: Screen | undefined,
): { readonly path: string; readonly section: SectionKey } | undefined {
  const listed = trailOf(screen).findLast(({ menu }) => menu);
  const section = sections.find(({ groups }) => groups.some(({ key }) => key === listed?.menu?.group));
  return listed && section && { path: listed.path, section: section.key };
}
