import { Flex, theme } from 'antd';
import { Link } from 'react-router';
import type { Role } from '../../api/client';
import { quickOf, useOffered } from '../../parts/screens/offered';
import fa from './fa.json';
import './home.css';

/** Buttons to the most used parts (WEB-012). */
export function QuickActions({ roles }: { roles: readonly Role[] }) {
  const { token } = theme.useToken();
  const screens = quickOf(useOffered(), roles).filter(({ path }) => path !== '/home');
  if (screens.length === 0) return null;
  return (
    <Flex
      component="nav"
      aria-label={fa.quick}
      gap="small"
      wrap
      className="quick-actions"
      style={{ marginBlockEnd: 16 }}
    >
      {screens.map(({ path, title, icon: Icon }) => (
        <Link
          key={path}
          to={path}
          style={{
            background: token.colorBgContainer,
            color: token.colorText,
            borderColor: token.colorBorderSecondary,
          }}
        >
          {Icon && (
            <span style={{ color: token.colorPrimary, fontSize: 18 }}>
              <Icon />
            </span>
          )}
          {title}
        </Link>
      ))}
    </Flex>
  );
}
