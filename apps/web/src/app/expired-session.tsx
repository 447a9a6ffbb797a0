import { lazy, Suspense, useEffect } from 'react';
import { useSessionState } from './use-session';

const loadDialog = () => import('./expired-dialog');
const Dialog = lazy(() => loadDialog().then(({ ExpiredDialog }) => ({ default: ExpiredDialog })));

/** Where a session that is over is opened again, above the page. */
export function ExpiredSession() {
  const state = useSessionState();
  const signedIn = state.kind === 'signedIn';
  // After the first page, and long before it is needed: a release may have taken its file away by then.
  useEffect(() => {
    if (signedIn) void loadDialog().catch(() => undefined);
  }, [signedIn]);
  if (state.kind !== 'expired') return null;
  return (
    <Suspense>
      <Dialog account={state.account} />
    </Suspense>
  );
}
