import { Badge, Breadcrumb, Drawer, Flex, Grid, Layout, Menu, Spin } from 'antd';
import type { MenuProps } from 'antd';
import { useEffect, useMemo, useRef, useState } from 'react';
import { Link, Navigate, Outlet, useLocation, useMatches, useNavigation } from 'react-router';
import type { Role } from '../api/client';
import { allScreens } from './all-screens';
import { useUnread } from './badges';
import { PanelHeader } from './panel-header';
import { QuickBar } from './quick-bar';
import { useFacts } from './facts';
import { isOffered, sections } from '../parts/screens/screen';
import type { Fact, Screen, SectionKey } from '../parts/screens/screen';
import { useSessionState } from '../api/use-session';
import fa from '../i18n/fa.json';
import { fill, number } from '../ui/format';

/** The panel of who is signed in; visitors are led to the sign-in and back. */
export function PanelLayout() {
  const state = useSessionState();
  const { pathname, search } = useLocation();
  if (state.kind === 'starting') return <Spin fullscreen description={fa.opening} />;
  if (state.kind === 'signedOut') {
    const back = state.left || pathname === '/home' ? '' : `?to=${encodeURIComponent(pathname + search)}`;
    return <Navigate to={`/sign-in${back}`} replace />;
  }
  return <Panel roles={state.account.roles} />;
}

function Panel({ roles }: { roles: readonly Role[] }) {
  const large = Grid.useBreakpoint().lg ?? true;
  const [menuOpen, setMenuOpen] = useState(false);
  const { pathname } = useLocation();
  const here = useMatches().at(-1)?.handle as Screen | undefined;
  const unread = useUnread();
  const facts = useFacts();
  const menu = useMemo(() => menuOf(roles, facts, { '/inbox': unread }), [roles, facts, unread]);
  const section = sectionOf(here);
  // A section that is chosen shows its options, the others fold away (WEB-026).
  const [open, setOpen] = useState<string[]>(section ? [section] : []);
  useEffect(() => setOpen(section ? [section] : []), [section]);
  useEffect(() => setMenuOpen(false), [pathname]);
  const shown = useRef(pathname);
  // Who does not see the page is told that it is another one, and Tab goes on in it.
  useEffect(() => {
    if (shown.current === pathname) return;
    shown.current = pathname;
    const content = document.getElementById('content');
    // A field that wants the focus keeps it.
    if (!content?.contains(document.activeElement)) content?.focus({ preventScroll: true });
  }, [pathname]);

  const mainMenu = (
    <Menu
      mode="inline"
      items={menu}
      selectedKeys={here ? [menuPathOf(here)] : []}
      openKeys={open}
      onOpenChange={(keys) => setOpen(keys.slice(-1))}
      style={{ borderInlineEnd: 0, paddingBlockEnd: 24 }}
    />
  );
  return (
    <Layout style={{ minHeight: '100dvh' }}>
      <a className="skip-link" href="#content">
        {fa.skipToContent}
      </a>
      <PanelHeader large={large} section={section} onMenu={() => setMenuOpen(true)} />
      <Layout hasSider={large}>
        {large ? (
          <Layout.Sider width={232} className="panel-menu">
            <nav aria-label={fa.mainMenu}>{mainMenu}</nav>
          </Layout.Sider>
        ) : (
          <Drawer
            title={fa.userMenu}
            placement="right"
            size={280}
            open={menuOpen}
            onClose={() => setMenuOpen(false)}
            styles={{ body: { padding: 0 } }}
          >
            <nav aria-label={fa.mainMenu}>{mainMenu}</nav>
          </Drawer>
        )}
        <Layout.Content id="content" className="panel-content" tabIndex={-1}>
          <Crumbs screen={here} />
          <Progress />
          <Outlet />
        </Layout.Content>
      </Layout>
      {!large && <QuickBar roles={roles} />}
    </Layout>
  );
}

/** The code of the next page is on its way. */
function Progress() {
  const { state } = useNavigation();
  return state === 'loading' ? (
    <div className="page-progress" role="progressbar" aria-label={fa.openingPage} />
  ) : null;
}

function Crumbs({ screen }: { screen: Screen | undefined }) {
  const trail = trailOf(screen);
  if (trail.length < 2) return null;
  return (
    <Breadcrumb
      className="no-print"
      style={{ marginBlockEnd: 8 }}
      items={trail.map(({ path, title }, index) => ({
        title: index < trail.length - 1 && !path.includes(':') ? <Link to={path}>{title}</Link> : title,
      }))}
    />
  );
}

function trailOf(screen: Screen | undefined): readonly { path: string; title: string }[] {
  const trail: { path: string; title: string }[] = [];
  for (let at = screen; at; at = at.parent ? screenAt(at.parent) : undefined) trail.unshift(at);
  if (trail[0] && trail[0].path !== '/home') trail.unshift({ path: '/home', title: fa.sectionHome });
  return trail;
}

function screenAt(path: string): Screen | undefined {
  return allScreens.find((screen) => screen.path === path);
}

export function sectionOf(screen: Screen | undefined): SectionKey | undefined {
  for (let at = screen; at; at = at.parent ? screenAt(at.parent) : undefined)
    if (at.section) return at.section;
  return undefined;
}

function menuPathOf(screen: Screen): string {
  for (let at: Screen | undefined = screen; at; at = at.parent ? screenAt(at.parent) : undefined)
    if (at.section) return at.path;
  return screen.path;
}

/** A section with one page is that page. `counts`: what is unread, by path (WEB-022). */
function menuOf(
  roles: readonly Role[],
  facts: ReadonlySet<Fact>,
  counts: Readonly<Record<string, number>>,
): NonNullable<MenuProps['items']> {
  return sections.flatMap(({ key, title }): NonNullable<MenuProps['items']> => {
    const screens = screensOf(key, roles, facts);
    const [first] = screens;
    if (!first) return [];
    if (screens.length === 1) return [itemOf(first, counts, title)];
    const unread = screens.reduce((sum, { path }) => sum + (counts[path] ?? 0), 0);
    return [
      {
        key,
        label: <Counted label={title} count={unread} />,
        icon: first.icon && <first.icon />,
        children: screens.map((screen) => itemOf(screen, counts)),
      },
    ];
  });
}

export function screensOf(
  section: SectionKey,
  roles: readonly Role[],
  facts: ReadonlySet<Fact>,
): readonly Screen[] {
  return allScreens.filter((screen) => screen.section === section && isOffered(screen, roles, facts));
}

function itemOf(
  { path, title, icon: Icon }: Screen,
  counts: Readonly<Record<string, number>>,
  label = title,
) {
  return {
    key: path,
    label: (
      <Link to={path}>
        <Counted label={label} count={counts[path] ?? 0} />
      </Link>
    ),
    icon: Icon && <Icon />,
  };
}

function Counted({ label, count }: { label: string; count: number }) {
  if (count === 0) return label;
  return (
    <Flex justify="space-between" align="center" component="span">
      {label}
      <Badge count={number(count)} title={fill(fa.unreadCount, { count })} size="small" />
    </Flex>
  );
}
