import { useCallback } from 'react';
import { useLocation, useNavigate } from 'react-router';
import type { Schemas } from '../../api/client';
import { session } from '../../api/session';

/** The right to set a first password: in memory only, since it is as good as a password until it is used. */
let toSetPassword: Schemas['SetPasswordDto'] | undefined;

export const firstPassword = {
  token: (): string | undefined => toSetPassword?.token,
  done: (): void => {
    toSetPassword = undefined;
  },
};

/** Takes what a sign-in opened; an issued password leads to the page of an own one first (IDN-207). */
export function useEnter(): (granted: Schemas['SignedInDto']) => Promise<void> {
  const navigate = useNavigate();
  const { search } = useLocation();
  return useCallback(
    async ({ session: granted, setPassword }) => {
      if (setPassword) {
        toSetPassword = setPassword;
        await navigate(`/first-password${search}`);
      }
      if (granted) session.open(granted);
    },
    [navigate, search],
  );
}
