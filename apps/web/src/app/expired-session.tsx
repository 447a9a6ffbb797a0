import { Suspense, useEffect } from 'react';
import { useSessionState } from '../api/use-session';
import { lazyPart } from '../ui/lazy-part';

const loadDialog = () => import('./expired-dialog');
const Dialog = lazyPart(() => loadDialog().then(({ ExpiredDialog }) => ExpiredDialog));

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
