import { MenuOutlined } from '@ant-design/icons';
import { Badge } from 'antd';
import { NavLink } from 'react-router';
import type { Role } from '../api/client';
import { quickOf, useOffered } from '../parts/screens/offered';
import { fill, number } from '../ui/format';
import fa from '../i18n/fa.json';

/** More would be too narrow for their names on a small phone, beside the button of the menu. */
const quickMax = 4;

interface Props {
  readonly roles: readonly Role[];
  readonly menuOpen: boolean;
  readonly onMenu: () => void;
}

/** The most used pages and the menu, one touch away at the bottom of a phone (WEB-009, WEB-010). */
export function QuickBar({ roles, menuOpen, onMenu }: Props) {
  const offered = useOffered();
  return (
    <nav aria-label={fa.quickAccess} className="quick-bar no-print">
      {quickOf(offered, roles)
        .slice(0, quickMax)
        .map(({ path, title, icon: Icon }) => {
          const count = offered.counts[path] ?? 0;
          return (
            <NavLink key={path} to={path} end className="quick-link">
              {Icon && (
                <Badge
                  count={count > 0 ? number(count) : 0}
                  title={fill(fa.unreadCount, { count })}
                  size="small"
                >
                  <Icon />
                </Badge>
              )}
              <span>{title}</span>
            </NavLink>
          );
        })}
      <button
        type="button"
        className="quick-link"
        aria-haspopup="dialog"
        aria-expanded={menuOpen}
        onClick={onMenu}
      >
        <MenuOutlined />
        <span>{fa.menu}</span>
      </button>
    </nav>
  );
}
