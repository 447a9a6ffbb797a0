import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { NavigateFunction } from 'react-router';

/** A page in a menu that unfolds from a button. The first row is focused as a whole: Enter presses no link there. */
export function rowOf(path: string, label: ReactNode, navigate: NavigateFunction, icon?: ReactNode) {
  return {
    key: path,
    icon,
    label: (
      <Link to={path} tabIndex={-1}>
        {label}
      </Link>
    ),
    onClick: ({
      domEvent,
    }: {
      readonly domEvent: { readonly type: string; readonly target: EventTarget };
    }) => {
      if (domEvent.type === 'keydown' && !(domEvent.target instanceof HTMLAnchorElement)) void navigate(path);
    },
  };
}
