import { Alert } from 'antd';
import { useEffect } from 'react';
import { Outlet, ScrollRestoration, useMatches } from 'react-router';
import { useOnline } from './online';
import { ExpiredSession } from './expired-session';
import type { Screen } from '../parts/screens/screen';
import fa from '../i18n/fa.json';
import { fill } from '../ui/format';

/** Around every page: its title, what is said while the line is down, and where an expired session is opened again. */
export function RootLayout() {
  const online = useOnline();
  const title = (useMatches().at(-1)?.handle as Screen | undefined)?.title;
  useEffect(() => {
    document.title = title ? fill(fa.titled, { title }) : fa.brand;
  }, [title]);
  return (
    <>
      {!online && <Alert banner type="warning" role="status" title={fa.offline} />}
      <Outlet />
      <ExpiredSession />
      <ScrollRestoration />
    </>
  );
}
