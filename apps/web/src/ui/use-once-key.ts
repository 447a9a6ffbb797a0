import { useCallback, useRef } from 'react';

/**
 * The idempotency key of a form: the same terms sent again (a lost answer, an impatient second click) keep their key and
 * are done once; other terms get another. `renew` after success: asking for the same once more is then meant.
 */
export function useOnceKey(): { readonly keyOf: (terms: unknown) => string; readonly renew: () => void } {
  const last = useRef<{ terms: string; key: string }>(undefined);
  const keyOf = useCallback((terms: unknown): string => {
    const said = JSON.stringify(terms);
    if (last.current?.terms !== said) last.current = { terms: said, key: crypto.randomUUID() };
    return last.current.key;
  }, []);
  const renew = useCallback(() => (last.current = undefined), []);
  return { keyOf, renew };
}
