import { Flex, theme } from 'antd';
import { NavLink } from 'react-router';
import type { Role } from '../api/client';
import { allScreens } from './all-screens';
import fa from '../i18n/fa.json';

/** The most used pages, one touch away at the bottom of a phone (WEB-010). */
export function QuickBar({ roles }: { roles: readonly Role[] }) {
  const { token } = theme.useToken();
  const quick = quickScreens(roles);
  return (
    <Flex
      component="nav"
      aria-label={fa.quickAccess}
      justify="space-around"
      className="quick-bar no-print"
      style={{
        background: token.colorBgElevated,
        borderBlockStart: `1px solid ${token.colorBorderSecondary}`,
      }}
    >
      {quick.map(({ path, title, icon: Icon }) => (
        <NavLink
          key={path}
          to={path}
          end
          className="quick-link"
          style={({ isActive }) => ({ color: isActive ? token.colorLink : token.colorText })}
        >
          {Icon && <Icon />}
          <span>{title}</span>
        </NavLink>
      ))}
    </Flex>
  );
}

export function quickScreens(roles: readonly Role[]) {
  return allScreens
    .filter(({ quick }) => quick === 'everyone' || quick?.some((role) => roles.includes(role)))
    .slice(0, 5);
}
