import { DownOutlined, LogoutOutlined, MenuOutlined, SearchOutlined, UserOutlined } from '@ant-design/icons';
import { useQueryClient } from '@tanstack/react-query';
import { Avatar, Button, Dropdown, Flex, Layout, Tooltip, theme } from 'antd';
import { useLayoutEffect, useRef, useState } from 'react';
import type { RefObject } from 'react';
import { Link, useNavigate } from 'react-router';
import { api } from '../api/client';
import { session } from '../api/session';
import { Bell } from './bell';
import { CommandPalette, usePaletteKey } from './command-palette';
import { useFacts } from './facts';
import { screensOf } from './panel-layout';
import { Brand } from './public-layout';
import { sections } from '../parts/screens/screen';
import type { SectionKey } from '../parts/screens/screen';
import { ThemeButton } from './theme-button';
import { useAccount } from '../api/use-session';
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

interface Shown {
  readonly key: SectionKey;
  readonly title: string;
  readonly path: string;
}

function Toolbar({ section }: { section: SectionKey | undefined }) {
  const { roles } = useAccount();
  const facts = useFacts();
  const shown: readonly Shown[] = sections.flatMap(({ key, title }) => {
    const [first] = screensOf(key, roles, facts);
    return first ? [{ key, title, path: first.path }] : [];
  });
  // Other sections are measured anew.
  return <FittingBar key={shown.map(({ key }) => key).join()} shown={shown} section={section} />;
}

/** Sections as far as there is room for whole words; the rest opens behind a button. */
function FittingBar({ shown, section }: { shown: readonly Shown[]; section: SectionKey | undefined }) {
  const { token } = theme.useToken();
  const { holder, fitting } = useFitting(shown.length);
  const rest = shown.slice(fitting).map(({ key, title, path }) => ({
    key,
    label: <Link to={path}>{title}</Link>,
  }));
  return (
    <nav aria-label={fa.sectionsNav} className="toolbar" ref={holder}>
      {shown.slice(0, fitting).map(({ key, title, path }) => {
        const active = key === section;
        return (
          <Link
            key={key}
            to={path}
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
      {rest.length > 0 && (
        <Dropdown menu={{ items: rest, selectedKeys: section ? [section] : [] }} trigger={['click']}>
          <Button type="text" icon={<DownOutlined />} iconPlacement="end" style={{ alignSelf: 'center' }}>
            {fa.moreSections}
          </Button>
        </Dropdown>
      )}
    </nav>
  );
}

/** Room for the button behind which the rest is, px. */
const moreWidth = 96;

/** How many of the holder's children fit into its width; measured once while all are shown. */
function useFitting(count: number): { readonly holder: RefObject<HTMLElement | null>; fitting: number } {
  const holder = useRef<HTMLElement>(null);
  const widths = useRef<readonly number[]>([]);
  const [fitting, setFitting] = useState(count);
  useLayoutEffect(() => {
    const { current } = holder;
    if (!current) return;
    const measure = (): void => {
      if (widths.current.length !== count && current.children.length === count)
        widths.current = [...current.children].map((child) => child.getBoundingClientRect().width);
      const room = current.clientWidth;
      const whole = widths.current.reduce((sum, width) => sum + width, 0);
      let left = whole <= room ? room : room - moreWidth;
      setFitting(widths.current.filter((width) => (left -= width) >= 0).length);
    };
    const observer = new ResizeObserver(measure);
    observer.observe(current);
    // Words are wider or narrower once the font is there.
    void document.fonts.ready.then(measure);
    return () => observer.disconnect();
  }, [count]);
  return { holder, fitting };
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
