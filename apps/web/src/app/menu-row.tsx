import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { NavigateFunction } from 'react-router';

/** A page in a menu that unfolds from a button. By the keyboard the row is pressed, and not the link in it. */
export function rowOf(path: string, label: ReactNode, navigate: NavigateFunction, icon?: ReactNode) {
  return {
    key: path,
    icon,
    label: (
      <Link to={path} tabIndex={-1}>
        {label}
      </Link>
    ),
    onClick: ({ domEvent }: { readonly domEvent: { readonly type: string } }) => {
      if (domEvent.type === 'keydown') void navigate(path);
    },
  };
}
