import { Card, Flex, Grid, Tabs, Typography } from 'antd';
import { Navigate, useLocation } from 'react-router';
import { useSessionState } from '../../app/use-session';
import { CodeSignIn } from './code-sign-in';
import { PasswordSignIn } from './password-sign-in';
import { returnTo } from './return-to';
import { UsernameGuide } from './username-guide';
import fa from './fa.json';

/** Both ways side by side, as tabs on a phone (WEB-001). */
export function SignInScreen() {
  const { search } = useLocation();
  const wide = Grid.useBreakpoint().md ?? true;
  const ways = [
    { key: 'password', label: fa.byPassword, short: fa.byPasswordShort, way: <PasswordSignIn /> },
    { key: 'code', label: fa.byCode, short: fa.byCodeShort, way: <CodeSignIn /> },
  ];
  if (useSessionState().kind === 'signedIn') return <Navigate to={returnTo(search)} replace />;
  return (
    <Flex
      vertical
      gap="middle"
      style={{ maxWidth: wide ? 880 : 440, marginInline: 'auto', paddingBlock: 24 }}
    >
      <Typography.Title level={1} style={{ fontSize: 24, textAlign: 'center', margin: 0 }}>
        {fa.signInTitle}
      </Typography.Title>
      {wide ? (
        <Flex gap="middle" align="stretch">
          {ways.map(({ key, label, way }) => (
            <Card key={key} style={{ flex: 1 }}>
              <Typography.Title level={2} style={{ fontSize: 16, marginBlockStart: 0 }}>
                {label}
              </Typography.Title>
              {way}
            </Card>
          ))}
        </Flex>
      ) : (
        <Card styles={{ body: { paddingBlockStart: 8 } }}>
          <Tabs
            centered
            items={ways.map(({ key, short, way }) => ({
              key,
              label: short,
              children: way,
              forceRender: true,
            }))}
          />
        </Card>
      )}
      <UsernameGuide />
    </Flex>
  );
}
