import { Button, Flex, Layout } from 'antd';
import { Link, Outlet } from 'react-router';
import { ThemeButton } from './theme-button';
import { SupportContact } from '../ui/support';
import { useSessionState } from '../api/use-session';
import fa from '../i18n/fa.json';

/** Pages for visitors: home, sign-in, sign-up, tariffs, terms. */
export function PublicLayout() {
  const signedIn = useSessionState().kind === 'signedIn';
  return (
    <Layout style={{ minHeight: '100dvh' }}>
      <a className="skip-link" href="#content">
        {fa.skipToContent}
      </a>
      <Layout.Header style={{ paddingInline: 16 }}>
        <Flex align="center" gap="small" style={{ height: '100%', maxWidth: 1200, marginInline: 'auto' }}>
          <Link to="/" aria-label={fa.brandStart}>
            <Brand />
          </Link>
          <Flex component="nav" aria-label={fa.publicNav} flex={1} gap={0} wrap={false}>
            <Link to="/tariffs">
              <Button type="text" tabIndex={-1}>
                {fa.tariffs}
              </Button>
            </Link>
          </Flex>
          <ThemeButton />
          <Link to={signedIn ? '/home' : '/sign-in'}>
            <Button type="primary" tabIndex={-1}>
              {signedIn ? fa.myPanel : fa.signIn}
            </Button>
          </Link>
        </Flex>
      </Layout.Header>
      <Layout.Content id="content" style={{ padding: 16 }}>
        <Outlet />
      </Layout.Content>
      <Layout.Footer style={{ textAlign: 'center' }}>
        <SupportContact />
        <Link to="/terms">{fa.terms}</Link>
      </Layout.Footer>
    </Layout>
  );
}

export function Brand() {
  return (
    <Flex align="center" gap={8} className="brand">
      <img src="/icon.svg" alt="" width={32} height={32} />
      <strong style={{ fontSize: 20 }}>{fa.brand}</strong>
    </Flex>
  );
}
