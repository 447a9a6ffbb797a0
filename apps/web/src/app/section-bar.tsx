import { DownOutlined } from '@ant-design/icons';
import { Button, Dropdown } from 'antd';
import { useLayoutEffect, useRef, useState } from 'react';
import type { RefObject } from 'react';
import { Link, useNavigate } from 'react-router';
import { Counted } from './counted';
import type { MenuSection } from './menu';
import { rowOf } from './menu-row';
import fa from '../i18n/fa.json';

interface Props {
  readonly sections: readonly MenuSection[];
  readonly current: MenuSection | undefined;
}

/** The sections that the person has, in a row (WEB-025). */
export function SectionBar(props: Props) {
  // Other words are measured again.
  const words = props.sections.map(({ key, count }) => `${key} ${count}`).join();
  return <FittingBar key={words} {...props} />;
}

/** Sections as far as there is room for whole words; the rest opens behind a button. */
function FittingBar({ sections, current }: Props) {
  const navigate = useNavigate();
  const { holder, fitting } = useFitting(sections.length);
  const rest = sections
    .slice(fitting)
    .map(({ title, path, count }) => rowOf(path, <Counted title={title} count={count} />, navigate));
  return (
    <nav aria-label={fa.sectionsNav} className="section-bar" ref={holder}>
      {sections.slice(0, fitting).map((section) => (
        <Link
          key={section.key}
          to={section.path}
          aria-current={section !== current ? undefined : section.isPage ? 'page' : 'true'}
        >
          <Counted title={section.title} count={section.count} />
        </Link>
      ))}
      {rest.length > 0 && (
        <Dropdown
          autoFocus
          menu={{ items: rest, selectedKeys: current ? [current.path] : [] }}
          trigger={['click']}
        >
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
