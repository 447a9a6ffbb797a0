import { LogoutOutlined, MenuOutlined, SearchOutlined, UserOutlined } from '@ant-design/icons';
import { useQueryClient } from '@tanstack/react-query';
import { Avatar, Button, Dropdown, Flex, Layout, Tooltip, theme } from 'antd';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { api } from '../api/client';
import { session } from '../api/session';
import { Bell } from './bell';
import { CommandPalette, usePaletteKey } from './command-palette';
import { screensOf } from './panel-layout';
import { Brand } from './public-layout';
import { sections } from './screens';
import type { SectionKey } from './screens';
import { ThemeButton } from './theme-button';
import { useAccount } from './use-session';
import fa from '../i18n/fa.json';
import { fill } from '../ui/format';

interface Props {
  readonly large: boolean;
  readonly section: SectionKey | undefined;
  readonly onMenu: () => void;
}

/** Welcome and profile, the toolbar of sections, search, bell and theme (WEB-006, WEB-024, WEB-025). */
export function PanelHeader({ large, section, onMenu }: Props) {
  const { token } = theme.useToken();
  const [searching, setSearching] = useState(false);
  usePaletteKey(() => setSearching(true));
  return (
    <Layout.Header
      className="panel-header no-print"
      style={{ borderBlockEnd: `1px solid ${token.colorBorderSecondary}` }}
    >
      <Flex align="center" gap="small" style={{ height: '100%' }}>
        {!large && <Button type="text" icon={<MenuOutlined />} aria-label={fa.userMenu} onClick={onMenu} />}
        <Link to="/home" aria-label={fa.brandHome}>
          <Brand />
        </Link>
        {large ? <Toolbar section={section} /> : <span style={{ flex: 1 }} />}
        <Tooltip title={fa.searchKey}>
          <Button
            type="text"
            icon={<SearchOutlined />}
            aria-label={fa.searchPanel}
            onClick={() => setSearching(true)}
          />
        </Tooltip>
        <Bell />
        <ThemeButton />
        <Person large={large} />
      </Flex>
      <CommandPalette open={searching} onClose={() => setSearching(false)} />
    </Layout.Header>
  );
}

function Toolbar({ section }: { section: SectionKey | undefined }) {
  const { roles } = useAccount();
  const { token } = theme.useToken();
  return (
    <nav aria-label={fa.sectionsNav} className="toolbar">
      {sections.map(({ key, title }) => {
        const [first] = screensOf(key, roles);
        if (!first) return null;
        const active = key === section;
        return (
          <Link
            key={key}
            to={first.path}
            aria-current={active ? 'true' : undefined}
            style={{
              color: active ? token.colorLink : token.colorText,
              borderBlockEndColor: active ? token.colorLink : 'transparent',
            }}
          >
            {title}
          </Link>
        );
      })}
    </nav>
  );
}

function Person({ large }: { large: boolean }) {
  const { name } = useAccount();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const signOut = async (): Promise<void> => {
    await api.DELETE('/api/v1/sessions/current').catch(() => undefined);
    queries.clear();
    session.close();
    await navigate('/sign-in');
  };
  const items = [
    { key: 'profile', icon: <UserOutlined />, label: <Link to="/profile">{fa.myProfile}</Link> },
    { key: 'out', icon: <LogoutOutlined />, label: fa.signOut, danger: true, onClick: () => void signOut() },
  ];
  return (
    <Dropdown menu={{ items }} trigger={['click']}>
      <Button type="text" aria-label={fill(fa.accountOf, { name })} style={{ paddingInline: 4 }}>
        <Avatar size="small" icon={<UserOutlined />} />
        {large && <span className="person-name">{name}</span>}
      </Button>
    </Dropdown>
  );
}
