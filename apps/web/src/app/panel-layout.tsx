import { Breadcrumb, Grid, Layout, Spin } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { Link, Navigate, Outlet, useLocation, useMatches, useNavigation } from 'react-router';
import type { Role } from '../api/client';
import { useSessionState } from '../api/use-session';
import { OfferedContext } from '../parts/screens/offered';
import type { Screen } from '../parts/screens/screen';
import { fill } from '../ui/format';
import { placeOf, sectionsOf, trailOf, useMenu } from './menu';
import { MenuDrawer } from './menu-drawer';
import { PanelHeader } from './panel-header';
import { QuickBar } from './quick-bar';
import { SectionBar } from './section-bar';
import { SectionPages } from './section-pages';
import fa from '../i18n/fa.json';

/** The panel of the person who is signed in; visitors are led to the sign-in and back. */
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
  const offered = useMenu(roles);
  const sections = sectionsOf(offered);
  const place = placeOf(here);
  const current = sections.find(({ key }) => key === place?.section);
  const side = large && current && !current.isPage ? current : undefined;
  const position = place && { path: place.path, isDetail: place.path !== here?.path };
  useEffect(() => setMenuOpen(false), [pathname]);
  useFocusOnChange(pathname);
  return (
    <OfferedContext value={offered}>
      <Layout style={{ minHeight: '100dvh' }}>
        <a className="skip-link" href="#content">
          {fa.skipToContent}
        </a>
        <PanelHeader large={large}>
          {large && <SectionBar sections={sections} current={current} />}
        </PanelHeader>
        <Layout hasSider={side !== undefined}>
          {side && (
            <Layout.Sider width={232} className="panel-menu">
              <nav aria-label={fill(fa.pagesOf, { section: side.title })}>
                <SectionPages section={side} position={position} />
              </nav>
            </Layout.Sider>
          )}
          <Layout.Content id="content" className="panel-content" tabIndex={-1}>
            <Crumbs screen={here} />
            <Progress />
            <Outlet />
          </Layout.Content>
        </Layout>
        {!large && (
          <>
            <MenuDrawer
              sections={sections}
              current={current}
              position={position}
              open={menuOpen}
              onClose={() => setMenuOpen(false)}
            />
            <QuickBar roles={roles} menuOpen={menuOpen} onMenu={() => setMenuOpen(true)} />
          </>
        )}
      </Layout>
    </OfferedContext>
  );
}

/** A person who does not see the page learns that it is another one, and Tab goes on in it. */
function useFocusOnChange(pathname: string): void {
  const shown = useRef(pathname);
  useEffect(() => {
    if (shown.current === pathname) return;
    shown.current = pathname;
    const content = document.getElementById('content');
    // A field that wants the focus keeps it.
    if (!content?.contains(document.activeElement)) content?.focus({ preventScroll: true });
  }, [pathname]);
}

/** The code of the next page is on its way. */
function Progress() {
  const { state } = useNavigation();
  return state === 'loading' ? (
    <div className="page-progress" role="progressbar" aria-label={fa.openingPage} />
  ) : null;
}

function Crumbs({ screen }: { screen: Screen | undefined }) {
  const home = { path: '/home', title: fa.home };
  const trail = screen?.path === home.path ? [] : [home, ...trailOf(screen)];
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
