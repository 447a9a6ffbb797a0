import { useSyncExternalStore } from 'react';
import { session } from './session';
import type { Account, SessionState } from './session';

export function useSessionState(): SessionState {
  return useSyncExternalStore(session.subscribe, session.current);
}

/** Who is signed in. Only below the guard of the panel, which shows nothing to others. */
export function useAccount(): Account {
  const state = useSessionState();
  if (state.kind === 'signedIn' || state.kind === 'expired') return state.account;
  throw new Error('nobody is signed in');
}
