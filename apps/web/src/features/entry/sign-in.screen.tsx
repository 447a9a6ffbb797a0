import { Card, Flex, Grid, Segmented, Typography } from 'antd';
import { useState } from 'react';
import { Navigate, useLocation } from 'react-router';
import { useSessionState } from '../../api/use-session';
import { CodeSignIn } from './code-sign-in';
import { PasswordSignIn } from './password-sign-in';
import { returnTo } from './return-to';
import { UsernameGuide } from './username-guide';
import fa from './fa.json';

/** Both ways side by side, one at a time on a phone (WEB-001). Turning a tablet keeps what was typed. */
export function SignInScreen() {
  const { search } = useLocation();
  const wide = Grid.useBreakpoint().md ?? true;
  const [chosen, setChosen] = useState(() =>
    new URLSearchParams(search).get('step') === 'code' ? 'code' : 'password',
  );
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
      {!wide && (
        <Segmented
          block
          size="large"
          aria-label={fa.signInTitle}
          options={ways.map(({ key, short }) => ({ value: key, label: short }))}
          value={chosen}
          onChange={setChosen}
        />
      )}
      <Flex gap="middle" align="stretch">
        {ways.map(({ key, label, way }) => (
          <Card key={key} style={{ flex: 1 }} hidden={!wide && key !== chosen}>
            <Typography.Title
              level={2}
              className={wide ? undefined : 'only-read'}
              style={{ fontSize: 16, marginBlockStart: 0 }}
            >
              {label}
            </Typography.Title>
            {way}
          </Card>
        ))}
      </Flex>
      <UsernameGuide />
    </Flex>
  );
}
