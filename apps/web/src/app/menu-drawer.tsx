import { DownOutlined } from '@ant-design/icons';
import { Drawer } from 'antd';
import { Link } from 'react-router';
import { Counted } from './counted';
import type { MenuSection } from './menu';
import { currentOf, SectionPages } from './section-pages';
import type { MenuPosition } from './section-pages';
import fa from '../i18n/fa.json';

interface Props {
  readonly sections: readonly MenuSection[];
  readonly current: MenuSection | undefined;
  readonly position: MenuPosition | undefined;
  readonly open: boolean;
  readonly onClose: () => void;
}

/** The whole menu of a phone, at the bottom of it where a thumb reaches: one section is unfolded at a time (WEB-009). */
export function MenuDrawer({ sections, current, position, open, onClose }: Props) {
  return (
    <Drawer
      title={fa.allSections}
      placement="bottom"
      open={open}
      onClose={onClose}
      destroyOnHidden
      styles={{
        wrapper: { height: 'auto', maxHeight: '85dvh' },
        body: { padding: '8px 8px calc(16px + env(safe-area-inset-bottom))' },
      }}
    >
      {/* A link to the page that is open already changes no address: the menu closes all the same. */}
      <nav aria-label={fa.allSections} onClick={({ target }) => isLink(target) && onClose()}>
        {sections.map((section) => {
          const title = <Counted title={section.title} count={section.count} />;
          return section.isPage ? (
            <Link
              key={section.key}
              to={section.path}
              className="menu-row menu-section"
              aria-current={currentOf(section.path, position)}
            >
              {title}
            </Link>
          ) : (
            <details key={section.key} name="sections" open={section === current}>
              <summary className="menu-row menu-section">
                {title}
                <DownOutlined className="menu-fold" />
              </summary>
              <SectionPages section={section} position={position} />
            </details>
          );
        })}
      </nav>
    </Drawer>
  );
}

const isLink = (target: EventTarget): boolean => target instanceof Element && target.closest('a') !== null;
