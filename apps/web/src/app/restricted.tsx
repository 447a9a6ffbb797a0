import type { ReactNode } from 'react';
import { Forbidden } from '../ui/states';
import { mayOpen } from '../parts/screens/screen';
import type { Screen } from '../parts/screens/screen';
import { useSessionState } from '../api/use-session';

/** A page that is not for this person says so; what it would show, the server refuses too. */
export function Restricted({ screen, children }: { screen: Screen; children: ReactNode }) {
  const state = useSessionState();
  if (screen.who === 'public') return children;
  const account = state.kind === 'signedIn' || state.kind === 'expired' ? state.account : undefined;
  if (!account) return null;
  return mayOpen(screen, account.roles) ? children : <Forbidden />;
}
