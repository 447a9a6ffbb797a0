import { LogoutOutlined, SearchOutlined, UserOutlined } from '@ant-design/icons';
import { useQueryClient } from '@tanstack/react-query';
import { Avatar, Button, Dropdown, Flex, Layout, Tooltip, theme } from 'antd';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { Link, useNavigate } from 'react-router';
import { api } from '../api/client';
import { session } from '../api/session';
import { Bell } from './bell';
import { CommandPalette, usePaletteKey } from './command-palette';
import { Brand } from './public-layout';
import { rowOf } from './menu-row';
import { ThemeButton } from './theme-button';
import { useAccount } from '../api/use-session';
import fa from '../i18n/fa.json';
import { fill } from '../ui/format';

interface Props {
  readonly large: boolean;
  /** The bar of sections, where there is room for it. */
  readonly children?: ReactNode;
}

/** Profile, sections, search, bell and theme (WEB-006, WEB-024). */
export function PanelHeader({ large, children }: Props) {
  const { token } = theme.useToken();
  const [searching, setSearching] = useState(false);
  usePaletteKey(() => setSearching(true));
  return (
    <Layout.Header
      className="panel-header no-print"
      style={{ borderBlockEnd: `1px solid ${token.colorBorderSecondary}` }}
    >
      <Flex align="center" gap="small" style={{ height: '100%' }}>
        <Link to="/home" aria-label={fa.brandHome}>
          <Brand />
        </Link>
        {children ?? <span style={{ flex: 1 }} />}
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
    rowOf('/profile', fa.myProfile, navigate, <UserOutlined />),
    { key: 'out', icon: <LogoutOutlined />, label: fa.signOut, danger: true, onClick: () => void signOut() },
  ];
  return (
    <Dropdown autoFocus menu={{ items }} trigger={['click']}>
      <Button type="text" aria-label={fill(fa.accountOf, { name })} style={{ paddingInline: 4 }}>
        <Avatar size="small" icon={<UserOutlined />} />
        {large && <span className="person-name">{name}</span>}
      </Button>
    </Dropdown>
  );
}
